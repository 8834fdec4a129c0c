import type { UnsupervisedScores } from '../detect/unsupervised/unsupervisedScores';
import { isoTime } from '../formats/timeLayout';
import type { RecordLog } from '../scan/recordLog';
import type { Finding } from './finding';
import { kindOf } from './findingKind';
import { partOf, type PartOf } from './findingParts';
import { entriesInPassing } from './stretchEntries';
import type { StretchGroup } from './stretchGroups';
import type { RecordExplainer, ToldFinding } from './recordExplainer';
import { windowName } from './windowName';

/**
 * The score of a raw one: 1/(1 + e^(k (c − s))) with s the sum of nats and words that a block has, c the cut of its kind of
 * log and k the slope: it ascends with s and is ½ at the cut. For sessions k is fitted on labelled logs; elsewhere the score
 * only ranks.
 */
export function scoreOf(raw: number, { cut, slope }: Pick<UnsupervisedScores, 'cut' | 'slope'>): number {
  return 1 / (1 + Math.exp(slope * (cut - raw)));
}

/** The raw score that reaches a threshold. */
export function rawThreshold(threshold: number, { cut, slope }: Pick<UnsupervisedScores, 'cut' | 'slope'>): number {
  return threshold <= 0 ? -Infinity : threshold >= 1 ? Infinity : cut + Math.log(threshold / (1 - threshold)) / slope;
}

/**
 * The finding of a session.
 * @param words about the records of the log
 * @param entries of the session, ascending
 */
export function sessionFinding(
  log: RecordLog,
  scores: UnsupervisedScores,
  words: RecordExplainer,
  session: number,
  entries: Uint32Array,
  anomalous: boolean,
): Finding {
  const peak = entries.reduce((best, entry) => (scores.entries[entry] > scores.entries[best] ? entry : best));
  return {
    block: log.keyOf?.(session) ?? '',
    score: scoreOf(scores.blocks[session], scores),
    anomalous,
    count: 1,
    lines: linesOf(log, entries),
    line: log.lines[peak],
    ...timesOf(log, entries),
    ...words.told(peak),
  };
}

/**
 * The finding of like stretches of a log without sessions.
 * @param words about the records of the log
 * @param linesBefore lines that are not counted, those of the files before the one that is shown
 * @param entriesOf tells the entries of a stretch
 */
export function stretchFinding(
  log: RecordLog,
  scores: Pick<UnsupervisedScores, 'cut' | 'slope'>,
  words: RecordExplainer,
  { stretch, score, occurrences }: StretchGroup,
  linesBefore = 0,
  entriesOf = entriesInPassing(log.eventLog),
): Finding {
  const entries = joined(occurrences.map(entriesOf));
  const lastLine = entriesOf(stretch).reduce((last, entry) => Math.max(last, lastLineOf(log, entry)), 0);
  return {
    block: windowName(firstLineOf(log, stretch.first) - linesBefore, lastLine - linesBefore),
    score: scoreOf(score, scores),
    anomalous: true,
    count: occurrences.length,
    lines: linesOf(log, entries).map((line) => line - linesBefore),
    line: log.lines[stretch.peak] - linesBefore,
    ...timesOf(log, entries),
    ...withErrors(log, words.told(stretch.peak), entries),
  };
}

/** Errors that are together from which on they are counted. */
const SEVERAL = 2;

/** What is told of a finding, with how many of the log's few errors are among its entries. */
function withErrors(log: RecordLog, told: ToldFinding, entries: Uint32Array): ToldFinding {
  const errors = partOf(told.parts, 'level')?.errors;
  if (errors === undefined) {
    return told;
  }
  const { templates, events } = log.eventLog;
  const own = entries.filter((entry) => templates[events[entry]].severity === 'error');
  if (own.length < SEVERAL) {
    return told;
  }
  const here: PartOf<'errors-here'> = { part: 'errors-here', count: own.length, errors };
  const times = Float64Array.from(own, (entry) => log.times[entry]).sort();
  const milliseconds = times[times.length - 1] - times[0];
  if (!Number.isNaN(milliseconds)) {
    here.milliseconds = milliseconds;
  }
  const parts = [...told.parts, here];
  return { ...told, kind: kindOf(parts), parts };
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}

/** All physical lines of the records of entries, ascending, each once; a Set has no room for those of a very large log. */
function linesOf(log: RecordLog, entries: Uint32Array): Uint32Array {
  let total = 0;
  for (const entry of entries) {
    total += lastLineOf(log, entry) + 1 - firstLineOf(log, entry);
  }
  const lines = new Uint32Array(total);
  let count = 0;
  for (const entry of entries) {
    const last = lastLineOf(log, entry);
    for (let line = firstLineOf(log, entry); line <= last; line++) {
      lines[count++] = line;
    }
  }
  // What several sources wrote meanwhile interleaves, and a trace has the lines of its record.
  lines.sort();
  count = 0;
  for (const line of lines) {
    if (count === 0 || line !== lines[count - 1]) {
      lines[count++] = line;
    }
  }
  return count === total ? lines : lines.slice(0, count);
}

/** The first physical line of the record of an entry; that of a stack trace is the record that holds it. */
export function firstLineOf({ lines, times, continuations }: RecordLog, entry: number): number {
  const line = lines[entry];
  // A trace has no time of its own.
  if (!Number.isNaN(times[entry]) || continuations.countOf(line) > 0) {
    return line;
  }
  let before = entry - 1;
  while (before >= 0 && lines[before] === line) {
    before--;
  }
  return before >= 0 && lines[before] + continuations.countOf(lines[before]) >= line ? lines[before] : line;
}

/** The last physical line of the record of an entry. */
export function lastLineOf(log: RecordLog, entry: number): number {
  const first = firstLineOf(log, entry);
  return first + log.continuations.countOf(first);
}

/** Times of the first and the last record of entries by the clock. */
export function timesOf(log: RecordLog, entries: ArrayLike<number>): Pick<Finding, 'firstTime' | 'lastTime'> {
  let first = NaN;
  let last = NaN;
  for (let i = 0; i < entries.length; i++) {
    const time = log.times[entries[i]];
    if (!(time >= first)) {
      first = Number.isNaN(time) ? first : time;
    }
    if (!(time <= last)) {
      last = Number.isNaN(time) ? last : time;
    }
  }
  return { firstTime: isoTime(first), lastTime: isoTime(last) };
}
