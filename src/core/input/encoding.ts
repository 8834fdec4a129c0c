import { UserError } from '../errors/userError';

/** The encodings of logs that are read: those of the WHATWG Encoding Standard by its names, and UTF-32, which it lacks. */
const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'utf-32le',
  'utf-32be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-2',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'iso-8859-8-i',
  'iso-8859-10',
  'iso-8859-13',
  'iso-8859-14',
  'iso-8859-15',
  'koi8-r',
  'koi8-u',
  'ibm866',
  'macintosh',
  'x-mac-cyrillic',
  'gbk',
  'gb18030',
  'big5',
  'euc-jp',
  'iso-2022-jp',
  'shift_jis',
  'euc-kr',
] as const;

/** An encoding of a log, by its name. */
export type Encoding = (typeof ENCODINGS)[number];

/** Names of UTF-32, which the standard does not list. */
const UTF_32: Readonly<Record<string, Encoding>> = {
  'utf-32': 'utf-32le',
  'utf-32le': 'utf-32le',
  'utf-32be': 'utf-32be',
  utf32: 'utf-32le',
};

/** What is proposed where no name is near. */
const USUAL: readonly Encoding[] = ['utf-8', 'utf-16le', 'windows-1252', 'shift_jis', 'gbk'];
const MOST_PROPOSED = 4;
/** Share of a name that may be written otherwise for another name to be near. */
const NEAR = 0.4;

/**
 * The encoding that a user asks for, by any label that the WHATWG Encoding Standard has for it (`latin1`, `sjis`).
 * @throws UserError if there is none of that name, or the system has not got it
 */
export function encodingNamed(label: string): Encoding {
  const name = label.trim().toLowerCase();
  const encoding = UTF_32[name] ?? standardName(name);
  if (encoding === undefined) {
    throw new UserError('encoding-unknown', { encoding: JSON.stringify(label), names: namesNear(name).join(', ') });
  }
  return encoding;
}

/** How many bytes a character of ASCII has. */
export function unitBytes(encoding: Encoding): 1 | 2 | 4 {
  return encoding.startsWith('utf-16') ? 2 : encoding.startsWith('utf-32') ? 4 : 1;
}

function standardName(label: string): Encoding | undefined {
  try {
    const { encoding } = new TextDecoder(label);
    return ENCODINGS.find((name) => name === encoding);
  } catch {
    return undefined;
  }
}

/** The names that are written most like the one that was given. */
function namesNear(label: string): readonly Encoding[] {
  const near = ENCODINGS.map((name) => ({ name, distance: distance(folded(label), folded(name)) }))
    .filter(({ name, distance }) => distance <= NEAR * folded(name).length)
    .sort((a, b) => a.distance - b.distance)
    .map(({ name }) => name);
  return near.length === 0 ? USUAL : near.slice(0, MOST_PROPOSED);
}

function folded(name: string): string {
  return name.replace(/[^a-z\d]/g, '').slice(0, 32);
}

/** Letters that are to be changed, added or taken away to make one text of the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[to.length];
}
