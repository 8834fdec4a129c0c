import type { RecordLog } from '../scan/recordLog';
import { EntryGroups } from './entryGroups';
import { nthLowest } from '../numeric/nthLowest';
import { lowerBound, upperBound } from '../numeric/bisect';
import type { PartOf } from './findingParts';

/** With fewer pauses between records nothing is known of what is usual. */
const MIN_PAUSES = 100;
/** Longer than what is usual are at most so many pauses, or this share of them where that is more. */
const LONGER = 3;
const LONGER_SHARE = 0.001;
/** Times the usual pause, and milliseconds, from which a pause is a silence. */
const SILENCE = 10;
const MIN_SILENCE = 10_000;
/** Milliseconds in which like records are counted. */
const BIN = 60_000;
/** Records of one template within that time, and times what is usual, from which they are a burst. */
const MIN_BURST = 20;
const BURST = 5;
/** The shortest time that is told, in milliseconds. */
const SHORTEST = 1000;
/** At so many other times at least a template has to occur for something to be usual. */
const MIN_BINS = 3;

/** When the records of a log were written: its silences and bursts, to explain what stands beside them. */
export class BurstsAndGaps {
  private readonly byLog = new Map<RecordLog, (template: number) => TemplateBins>();
  private silences: Silences | undefined;
  private readonly onlyBursts = new Map<TemplateBins, PartOf<'burst'>[]>();
  /** Milliseconds from the first to the last record. */
  private span: number | undefined;
  /** Of all records, see sortedTimes. */
  private times: Float64Array | undefined;

  /**
   * @param logs parts of one log: all that was written when nothing was is a silence; nothing is known of a log of which
   * records were left out
   */
  constructor(private readonly logs: readonly RecordLog[]) {}

  /** The silence before or after a record; none if there is no such. */
  silence(line: number): PartOf<'silence'>[] {
    if (this.isSample) {
      return [];
    }
    this.silences ??= findSilences(this.logs);
    const { before, after, usual } = this.silences;
    const part = (where: 'before' | 'after', milliseconds: number | undefined): PartOf<'silence'>[] =>
      milliseconds === undefined ? [] : [{ part: 'silence', where, milliseconds, usual: Math.max(usual, SHORTEST) }];
    return [...part('before', before.get(line)), ...part('after', after.get(line))];
  }

  /**
   * The burst of like records in one of the logs that a record belongs to; none if there is no such.
   * @param template of the record, which is in the log
   * @param time of the record in milliseconds since 1970
   */
  burst(log: RecordLog, template: number, time: number): PartOf<'burst'>[] {
    if (this.isSample) {
      return [];
    }
    const bins = this.binsOf(log, template);
    const own = binOf(time);
    const here = bins.get(own);
    if (here !== undefined && bins.size <= MIN_BINS) {
      return this.onlyBurst(bins);
    }
    if (here === undefined || here.count < MIN_BURST) {
      return [];
    }
    let most = 0;
    bins.forEach(({ count }, bin) => (most = bin === own ? most : Math.max(most, count)));
    const milliseconds = Math.max(SHORTEST, here.last - here.first);
    return here.count < BURST * most ? [] : [{ part: 'burst', count: here.count, milliseconds, most }];
  }

  /** A burst of what was never logged at another time, while other things were. */
  private onlyBurst(bins: TemplateBins): PartOf<'burst'>[] {
    const known = this.onlyBursts.get(bins);
    if (known !== undefined) {
      return known;
    }
    const all = [...bins.values()];
    const count = all.reduce((sum, bin) => sum + bin.count, 0);
    const first = Math.min(...all.map((bin) => bin.first));
    const last = Math.max(...all.map((bin) => bin.last));
    const milliseconds = Math.max(SHORTEST, last - first);
    this.span ??= spanOf(this.logs);
    const isBurst = count >= MIN_BURST && BURST * milliseconds <= this.span && !this.holdsHalf(first, last);
    const burst: PartOf<'burst'>[] = isBurst ? [{ part: 'burst', count, milliseconds }] : [];
    this.onlyBursts.set(bins, burst);
    return burst;
  }

  /** Whether half of all records were written from one time to another. */
  private holdsHalf(first: number, last: number): boolean {
    const times = (this.times ??= sortedTimes(this.logs));
    const within = upperBound(times, last) - lowerBound(times, first);
    return 2 * within >= times.length;
  }

  private get isSample(): boolean {
    return this.logs.some(({ eventLog }) => eventLog.leftOut !== undefined);
  }

  private binsOf(log: RecordLog, template: number): TemplateBins {
    const ofLog = this.byLog.get(log) ?? templateBins(log);
    this.byLog.set(log, ofLog);
    return ofLog(template);
  }
}

/** By minute how many records of a template it has, with the first and last of their times. */
type TemplateBins = Map<number, { count: number; first: number; last: number }>;

/** Counts the records of a template when it is asked for. */
function templateBins({ eventLog, lines, times }: RecordLog): (template: number) => TemplateBins {
  const { events, templates } = eventLog;
  const groups = new EntryGroups(events, templates.length);
  const known = new Map<number, TemplateBins>();
  return (template) => {
    let bins = known.get(template);
    if (bins === undefined) {
      bins = new Map();
      known.set(template, bins);
      let line = 0;
      for (const entry of groups.of(template)) {
        // A record that belongs to several sessions counts once.
        if (lines[entry] !== line && !Number.isNaN(times[entry])) {
          line = lines[entry];
          take(bins, times[entry]);
        }
      }
    }
    return bins;
  };
}

function binOf(time: number): number {
  return Math.floor(time / BIN);
}

function take(bins: TemplateBins, time: number): void {
  const bin = bins.get(binOf(time));
  if (bin === undefined) {
    bins.set(binOf(time), { count: 1, first: time, last: time });
  } else {
    bin.count++;
    bin.first = Math.min(bin.first, time);
    bin.last = Math.max(bin.last, time);
  }
}

/** The times of all records of some logs, ascending, those of records without time at the end. */
function sortedTimes(logs: readonly RecordLog[]): Float64Array {
  const all = new Float64Array(logs.reduce((sum, { times }) => sum + times.length, 0));
  let start = 0;
  for (const { times } of logs) {
    all.set(times, start);
    start += times.length;
  }
  return all.sort();
}

/** Milliseconds between the first and the last time of some logs; 0 where they have none. */
function spanOf(logs: readonly RecordLog[]): number {
  let first = Infinity;
  let last = -Infinity;
  for (const { times } of logs) {
    for (const time of times) {
      first = time < first ? time : first;
      last = time > last ? time : last;
    }
  }
  return Math.max(0, last - first);
}

interface Silences {
  /** By line in milliseconds. */
  before: Map<number, number>;
  after: Map<number, number>;
  /** The longest usual pause. */
  usual: number;
}

/** The pauses between a record and all that were written before it, and which of them are silences. */
function findSilences(logs: readonly RecordLog[]): Silences {
  const next = logs.map(() => 0);
  const total = logs.reduce((sum, { lines }) => sum + lines.length, 0);
  const pauses = new Float64Array(total);
  const lineBefore = new Uint32Array(total);
  const lineAfter = new Uint32Array(total);
  let count = 0;
  let latest = NaN;
  let latestLine = 0;
  for (let k = 0; k < total; k++) {
    const from = logs.length === 1 ? 0 : firstOf(logs, next);
    const { lines, times } = logs[from];
    const entry = next[from]++;
    const time = times[entry];
    // A clock that was put back, or lines out of order, are no silence: times are compared with the latest one so far.
    if (time > latest) {
      pauses[count] = time - latest;
      lineBefore[count] = latestLine;
      lineAfter[count++] = lines[entry];
    }
    if (!(time <= latest) && !Number.isNaN(time)) {
      latest = time;
    }
    if (time === latest) {
      latestLine = lines[entry];
    }
  }
  const result: Silences = { before: new Map(), after: new Map(), usual: 0 };
  if (count < MIN_PAUSES) {
    return result;
  }
  const longer = Math.max(LONGER, Math.ceil(LONGER_SHARE * count));
  result.usual = nthLowest(pauses.slice(0, count), count - 1 - longer);
  for (let i = 0; i < count; i++) {
    if (pauses[i] >= Math.max(MIN_SILENCE, SILENCE * result.usual)) {
      result.before.set(lineAfter[i], pauses[i]);
      result.after.set(lineBefore[i], pauses[i]);
    }
  }
  return result;
}

/** Which of the logs goes on with the lowest line. */
function firstOf(logs: readonly RecordLog[], next: readonly number[]): number {
  let first = 0;
  for (let i = 1; i < logs.length; i++) {
    const line = logs[i].lines[next[i]] ?? Infinity;
    first = line < (logs[first].lines[next[first]] ?? Infinity) ? i : first;
  }
  return first;
}
