// How well the first lines of records are read, by what other projects' parsers find in them: npm run evaluate:formats
// [-- words of formats]. Prints figures by format and each record that is read otherwise; JSON to out/bench/formats.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { truthOfFormats, truthOfGameServers, type LogTruth, type RecordTruth } from './formats/formatTruth';
import { recordFields, type RecordFields } from './formats/recordFields';

/** What is compared of a record. */
const ASPECTS = ['starts', 'times', 'levels', 'messages'] as const;
type Aspect = (typeof ASPECTS)[number];
type Figures = Record<Aspect, { right: number; of: number }>;

const LEAST_SHARE = 0.97;
/** Instants of the truth may be cut to seconds. */
const TOLERANCE = 1000;
const HOURS = 3_600_000;

/** What a message has before it only if its header was not read. */
const CLOCK = /\d\d:\d\d:\d\d/;
const LEVEL_WORD =
  /(?:^|[^a-z])(?:trace|debug|info|notice|warn|warning|error|severe|fatal|critical|alert|emerg)(?:$|[^a-z])/i;

const words = process.argv.slice(2);
const isWanted = (name: string): boolean => words.length === 0 || words.some((word) => name.includes(word));
const results: Record<string, Figures> = {};
const sets = new Map<string, Figures>();
for (const log of [...truthOfFormats(), ...truthOfGameServers()].filter(({ name }) => isWanted(name))) {
  const { figures, faults } = compare(log);
  results[log.name] = figures;
  for (const set of log.set === 'minecraft' ? [log.set] : [log.set, 'formats']) {
    const sum = sets.get(set) ?? noFigures();
    ASPECTS.forEach((aspect) => {
      sum[aspect].right += figures[aspect].right;
      sum[aspect].of += figures[aspect].of;
    });
    sets.set(set, sum);
  }
  if (faults.length > 0) {
    console.log(rowOf(log.name, figures));
    faults.forEach((fault) => console.log(`  ${fault}`));
  }
}
console.log(`\n${''.padEnd(44)}${ASPECTS.map((aspect) => aspect.padStart(20)).join('')}`);
for (const [set, figures] of sets) {
  console.log(rowOf(set, figures));
}
mkdirSync('out/bench', { recursive: true });
writeFileSync('out/bench/formats.json', JSON.stringify({ sets: Object.fromEntries(sets), formats: results }, null, 1));

function noFigures(): Figures {
  return Object.fromEntries(ASPECTS.map((aspect) => [aspect, { right: 0, of: 0 }])) as Figures;
}

function rowOf(name: string, figures: Figures): string {
  const cells = ASPECTS.map((aspect) => {
    const { right, of } = figures[aspect];
    const share = of === 0 ? '–' : (right / of).toFixed(3) + (right / of < LEAST_SHARE ? '!' : ' ');
    return `${right} of ${of} ${share}`.padStart(20);
  });
  return name.padEnd(44) + cells.join('');
}

function compare({ file, records }: LogTruth): { figures: Figures; faults: string[] } {
  const figures = noFigures();
  const faults: string[] = [];
  const read = recordFields(file);
  const byLine = new Map(read.map((record) => [record.line, record]));
  for (const truth of records) {
    const found = byLine.get(truth.first);
    const wrong: string[] = [];
    const count = (aspect: Aspect, isRight: boolean, told: string): void => {
      figures[aspect].of++;
      figures[aspect].right += isRight ? 1 : 0;
      if (!isRight) {
        wrong.push(`${aspect} ${told}`);
      }
    };
    const within = read.find(({ line }) => line > truth.first && line <= truth.last);
    const begins = found === undefined ? 'begins none' : `is cut at ${within?.line}`;
    count('starts', found !== undefined && within === undefined, begins);
    if (truth.time !== undefined) {
      count('times', found !== undefined && hasTime(found, truth.time), `${timeText(found)} for ${truth.time}`);
    }
    if (truth.level !== undefined) {
      count('levels', found?.level === truth.level, `${found?.level} for ${truth.level}`);
    }
    if (truth.message !== undefined) {
      const isRight = found !== undefined && hasMessage(found, truth.message);
      count('messages', isRight, `${JSON.stringify([found?.message.slice(0, 60), truth.message.slice(0, 60)])}`);
    }
    if (wrong.length > 0) {
      faults.push(`${truth.first} [${found?.format}] ${wrong.join('; ')}\n      ${(found?.text ?? '').slice(0, 150)}`);
    }
  }
  return { figures, faults };
}

function timeText(found: RecordFields | undefined): string {
  return found === undefined || Number.isNaN(found.time) ? 'none' : new Date(found.time).toISOString();
}

/**
 * Whether the time is that of the truth: as an instant, or as the clock of the one who made the truth shows it. Where a log
 * names no year or no day, only what it names is compared.
 */
function hasTime({ time }: RecordFields, truth: NonNullable<RecordTruth['time']>): boolean {
  if (Number.isNaN(time)) {
    return false;
  }
  const year = new Date(time).getUTCFullYear();
  const wanted = Date.parse(/^\d{4}/.test(truth) ? truth : `2000${truth}`);
  const wall = Date.parse(`${/^\d{4}/.test(truth) ? '' : '2000'}${truth}`.replace(/(Z|[+-]\d\d:\d\d)$/, 'Z'));
  const differences = [wanted, wall, wanted - 7 * HOURS, wanted - 8 * HOURS].map((instant) => {
    const there = new Date(instant);
    if (year === 2000) {
      there.setUTCFullYear(2000);
    } else if (year === 1970) {
      there.setUTCFullYear(1970, 0, 1);
      return Math.abs(there.getTime() - (time % (24 * HOURS)));
    }
    return Math.abs(there.getTime() - time);
  });
  return differences.some((difference) => difference < TOLERANCE);
}

/** Whether the message is that of the truth, but for fields that only one of the two takes for a part of the header. */
function hasMessage(found: RecordFields, truth: string): boolean {
  const message = folded(found.message);
  const wanted = folded(truth);
  const firstLine = folded(truth.split('\n')[0]);
  // A parser that names no message keeps the line, or makes a text of its own of an object.
  if (wanted.startsWith('{') || folded(found.text).startsWith(firstLine)) {
    return true;
  }
  const [longer, shorter] = message.length > firstLine.length ? [message, firstLine] : [firstLine, message];
  const at = longer.indexOf(shorter);
  const before = longer.slice(0, at);
  return at >= 0 && shorter !== '' && !CLOCK.test(before) && !LEVEL_WORD.test(before);
}

function folded(text: string): string {
  return text.replace(/\s+/g, '');
}
