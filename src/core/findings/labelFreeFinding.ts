import type { LabelFreeJudgement } from '../detectors/labelFree/labelFree';
import { isoTime } from '../formats/timeLayout';
import type { RecordLog } from '../recordScan';
import type { Finding } from './finding';
import type { Stretch, Suspect } from './suspects';
import type { UnusualRecord } from './unusualRecord';

/**
 * The score of a raw one: 1/(1 + e^(k (c − s))) with s the sum of nats and words that a block has, c the cut of its kind of
 * log and k the slope: it ascends with s and is ½ at the cut. For sessions k is fitted on labelled logs; elsewhere the score
 * only ranks.
 */
export function scoreOf(raw: number, { cut, slope }: Pick<LabelFreeJudgement, 'cut' | 'slope'>): number {
  return 1 / (1 + Math.exp(slope * (cut - raw)));
}

/** The raw score that reaches a threshold. */
export function rawThreshold(threshold: number, { cut, slope }: Pick<LabelFreeJudgement, 'cut' | 'slope'>): number {
  return threshold <= 0 ? -Infinity : threshold >= 1 ? Infinity : cut + Math.log(threshold / (1 - threshold)) / slope;
}

/**
 * The finding of a session.
 * @param words about the records of the log
 * @param entries of the session, ascending
 */
export function sessionFinding(
  log: RecordLog,
  judgement: LabelFreeJudgement,
  words: UnusualRecord,
  session: number,
  entries: Uint32Array,
  anomalous: boolean,
): Finding {
  const peak = entries.reduce((best, entry) => (judgement.entries[entry] > judgement.entries[best] ? entry : best));
  return {
    block: log.keyOf?.(session) ?? '',
    score: scoreOf(judgement.blocks[session], judgement),
    anomalous,
    count: 1,
    lines: linesOf(log, entries),
    line: log.lines[peak],
    ...timesOf(log, entries),
    reason: words.reason(peak, 1),
    ...words.cause(peak),
  };
}

/**
 * The finding of like stretches of a log without sessions.
 * @param words about the records of the log
 * @param linesBefore lines that are not counted, those of the files before the one that is shown
 */
export function stretchFinding(
  log: RecordLog,
  judgement: Pick<LabelFreeJudgement, 'cut' | 'slope'>,
  words: UnusualRecord,
  { stretch, score, occurrences }: Suspect,
  linesBefore = 0,
): Finding {
  const entries = occurrences.flatMap((each) => entriesOf(log, each));
  const own = linesOf(log, entriesOf(log, stretch));
  return {
    block: `L${own[0] - linesBefore}-L${own[own.length - 1] - linesBefore}`,
    score: scoreOf(score, judgement),
    anomalous: true,
    count: occurrences.length,
    lines: linesOf(log, entries).map((line) => line - linesBefore),
    line: log.lines[stretch.peak] - linesBefore,
    ...timesOf(log, entries),
    reason: words.reason(stretch.peak, occurrences.length),
    ...words.cause(stretch.peak),
  };
}

/** The entries of a stretch: those of its source from its first to its last. */
export function entriesOf({ eventLog: { sequences } }: RecordLog, { first, last }: Stretch): number[] {
  return Array.from({ length: last - first + 1 }, (_, k) => first + k).filter(
    (entry) => sequences[entry] === sequences[first],
  );
}

/** All physical lines of the records of entries, ascending, each once. */
export function linesOf(log: RecordLog, entries: ArrayLike<number>): Uint32Array {
  const lines = new Set<number>();
  for (let i = 0; i < entries.length; i++) {
    const first = log.lines[entries[i]];
    const last = first + log.continuations.countOf(first);
    for (let line = first; line <= last; line++) {
      lines.add(line);
    }
  }
  return Uint32Array.from(lines).sort();
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
