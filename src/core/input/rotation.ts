import { COMPRESSED_ENDING } from './logName';

/** The files of a rotated log belong together by what is left of their names: `app.log` of `app.log.2.gz`. */
interface RotatedName {
  base: string;
  /** How the files are told apart; `none` for the one that is being written. */
  style: 'none' | 'number' | 'date';
  /** Ascends with time, compared number by number. */
  age: readonly number[];
  compressed: boolean;
}

/** `app.log.2` */
const NUMBERED = /^(.+)\.(\d{1,3})$/;
/** A day, and what follows it: an hour, a time, the number of a file of that day. `\3` is the dash of the day, if any. */
const DAY = String.raw`(\d{4})(-?)(0[1-9]|1[0-2])\3(0[1-9]|[12]\d|3[01])(\d{0,6}(?:[-_.T:]\d{1,9})*)`;
/** `app.log.2026-01-01`, `app.log-20260101`, `app.log.2026-01-01-13` */
const DATED_BEHIND = new RegExp(String.raw`^(.+?)[-_.]${DAY}$`);
/** `app-2026-01-01.log`, `app.2026-01-01.1.log` */
const DATED_WITHIN = new RegExp(String.raw`^(.+?)[-_.]${DAY}(\.[A-Za-z]\w*)$`);

/**
 * The files of a folder that together are one rotated log, the oldest first. Numbered files (`app.log.1`) are the older
 * the higher their number; dated ones (`app-2026-01-01.log`, `app.log.2026-01-01`) are as old as they say, and those of
 * a day ascend by the time or number behind it; the file that is being written (`app.log`) is the newest. Each may be
 * compressed. A log that is rotated in both ways is taken for the way of `name`, by numbers if that does not say.
 * @param name a file of the log
 * @param names all files of its folder
 * @returns at least `name`
 */
export function rotatedSiblings(name: string, names: readonly string[]): string[] {
  const { base, style } = parseName(name);
  const family = [...new Set([...names, name])]
    .map((file) => ({ file, ...parseName(file) }))
    .filter((file) => file.base === base);
  const found = (wanted: RotatedName['style']): boolean => family.some((file) => file.style === wanted);
  const way = style !== 'none' ? style : found('number') ? 'number' : 'date';
  const members = family.filter((file) => file.style === way || file.style === 'none');
  return (
    members
      // While a file is being compressed it is there twice.
      .filter(
        (file) =>
          file.file === name ||
          !members.some((other) => other !== file && compareAge(other, file) === 0 && isPreferred(other, file, name)),
      )
      .sort((a, b) => compareAge(a, b) || (a.file < b.file ? -1 : 1))
      .map(({ file }) => file)
  );
}

/**
 * The rotated logs among the files of a folder, each as {@link rotatedSiblings} has it; a file without siblings is one
 * by itself.
 */
export function rotations(names: readonly string[]): string[][] {
  const families = new Map<string, string[]>();
  // The shortest name first: that of the file that is being written, which joins the way in which it is rotated.
  for (const name of [...names].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    const { base } = parseName(name);
    const family = families.get(base);
    if (family === undefined) {
      families.set(base, [name]);
    } else {
      family.push(name);
    }
  }
  return [...families.values()].flatMap((family) => {
    const logs: string[][] = [];
    for (let left = family; left.length > 0;) {
      const log = rotatedSiblings(left[0], left);
      logs.push(log);
      const taken = new Set(log.map((name) => name.replace(COMPRESSED_ENDING, '')));
      left = left.filter((name) => !taken.has(name.replace(COMPRESSED_ENDING, '')));
    }
    return logs;
  });
}

function isPreferred(a: RotatedName & { file: string }, b: RotatedName & { file: string }, name: string): boolean {
  return a.file === name || (!a.compressed && b.compressed);
}

function parseName(name: string): RotatedName {
  const compressed = COMPRESSED_ENDING.test(name);
  const plain = name.replace(COMPRESSED_ENDING, '');
  const within = DATED_WITHIN.exec(plain);
  const dated = within ?? DATED_BEHIND.exec(plain);
  if (dated !== null) {
    const [, stem, year, , month, day, rest, extension = ''] = dated;
    const age = [year, month, day, ...(rest.match(/\d+/g) ?? [])].map(Number);
    return { base: stem + extension, style: 'date', age, compressed };
  }
  const numbered = NUMBERED.exec(plain);
  return numbered === null
    ? { base: plain, style: 'none', age: [], compressed }
    : { base: numbered[1], style: 'number', age: [-Number(numbered[2])], compressed };
}

/** Negative, 0 or positive as `a` is older than, as old as or newer than `b`. */
function compareAge(a: RotatedName, b: RotatedName): number {
  if (a.style === 'none' || b.style === 'none') {
    return Number(a.style === 'none') - Number(b.style === 'none');
  }
  const place = a.age.findIndex((number, i) => number !== b.age[i]);
  return place >= 0 && place < b.age.length ? a.age[place] - b.age[place] : a.age.length - b.age.length;
}
