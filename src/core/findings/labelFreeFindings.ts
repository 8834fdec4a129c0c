import type { LabelFreeJudgement } from '../detectors/labelFree/labelFree';
import { isoTime } from '../formats/timeLayout';
import { WINDOW_LINES, type RecordLog } from '../recordScan';
import type { Finding } from './finding';
import { NO_CAUSE } from './fingerprint';
import { suspectsAbove, type Suspect } from './suspects';
import { UnusualRecord } from './unusualRecord';

/**
 * The findings of a log that was judged without labels: its sessions by their scores; or, in a log without sessions,
 * suspicious stretches, neighbours merged and like ones collapsed, and after them the rest of the log as windows.
 *
 * A score is 1/(1 + e^(c − s)) with s the sum of nats and words that a block has and c the cut of its kind of log: it
 * ascends with s and is ½ at the cut. It is no calibrated probability, for there are no labels to calibrate it with.
 */
export class LabelFreeFindings {
  /** How many findings reach the threshold; they come first. */
  readonly anomalous: number;
  /** How many blocks there are with those below the threshold. */
  readonly total: number;

  private readonly ranked: Ranked;

  /** @param threshold score from which a block is anomalous, 0…1 */
  constructor(log: RecordLog, judgement: LabelFreeJudgement, threshold: number) {
    this.ranked =
      log.keyOf === undefined ? new Stretches(log, judgement, threshold) : new Sessions(log, judgement, threshold);
    this.anomalous = this.ranked.anomalous;
    this.total = this.ranked.total;
  }

  /** The findings of the ranks `start…end`, highest score first. */
  findings(start: number, end: number): Finding[] {
    return Array.from({ length: Math.max(0, Math.min(end, this.total) - start) }, (_, k) =>
      this.ranked.finding(start + k),
    );
  }
}

interface Ranked {
  anomalous: number;
  total: number;
  finding(rank: number): Finding;
}

/** The score of a raw one, see {@link LabelFreeFindings}. */
function scoreOf(raw: number, cut: number): number {
  return 1 / (1 + Math.exp(cut - raw));
}

/** The raw score that reaches a threshold. */
function rawThreshold(threshold: number, cut: number): number {
  return threshold <= 0 ? -Infinity : threshold >= 1 ? Infinity : cut + Math.log(threshold / (1 - threshold));
}

/** Sessions by falling score. */
class Sessions implements Ranked {
  readonly anomalous: number;
  readonly total: number;
  private readonly order: Uint32Array;
  /** Entries by session: those of session b are `entries[offsets[b]…offsets[b + 1])`. */
  private readonly entries: Uint32Array;
  private readonly offsets: Uint32Array;
  private readonly words: UnusualRecord;

  constructor(
    private readonly log: RecordLog,
    private readonly judgement: LabelFreeJudgement,
    threshold: number,
  ) {
    const { blocks, blockCount } = log.eventLog;
    this.total = blockCount;
    this.offsets = new Uint32Array(blockCount + 1);
    blocks.forEach((block) => this.offsets[block + 1]++);
    for (let block = 0; block < blockCount; block++) {
      this.offsets[block + 1] += this.offsets[block];
    }
    const next = this.offsets.slice();
    this.entries = new Uint32Array(blocks.length);
    blocks.forEach((block, entry) => (this.entries[next[block]++] = entry));
    const scores = judgement.blocks;
    this.order = Uint32Array.from({ length: blockCount }, (_, block) => block);
    this.order.sort((a, b) => scores[b] - scores[a] || a - b);
    const least = rawThreshold(threshold, judgement.cut);
    this.anomalous = this.order.findIndex((block) => scores[block] < least);
    if (this.anomalous < 0) {
      this.anomalous = blockCount;
    }
    this.words = new UnusualRecord(log, judgement);
  }

  finding(rank: number): Finding {
    const { log, judgement } = this;
    const block = this.order[rank];
    const entries = this.entries.subarray(this.offsets[block], this.offsets[block + 1]);
    const peak = entries.reduce((best, entry) => (judgement.entries[entry] > judgement.entries[best] ? entry : best));
    return {
      block: log.keyOf?.(block) ?? '',
      score: scoreOf(judgement.blocks[block], judgement.cut),
      anomalous: rank < this.anomalous,
      count: 1,
      lines: linesOf(log, entries),
      line: log.lines[peak],
      ...timesOf(log, entries),
      reason: this.words.reason(peak, 1),
      ...this.words.cause(peak),
    };
  }
}

/** Suspicious stretches of a log without sessions by falling score, then the rest of the log in windows. */
class Stretches implements Ranked {
  readonly anomalous: number;
  private readonly suspects: Suspect[];
  private rest: RestWindow[] | undefined;
  private readonly words: UnusualRecord;

  constructor(
    private readonly log: RecordLog,
    private readonly judgement: LabelFreeJudgement,
    threshold: number,
  ) {
    const { lines, eventLog } = log;
    const scored = { lines, events: eventLog.events, scores: judgement.entries };
    this.suspects = suspectsAbove(scored, rawThreshold(threshold, judgement.cut));
    this.anomalous = this.suspects.length;
    this.words = new UnusualRecord(log, judgement);
  }

  get total(): number {
    this.rest ??= restWindows(this.log, this.judgement, this.suspects);
    return this.anomalous + this.rest.length;
  }

  finding(rank: number): Finding {
    return rank < this.anomalous ? this.suspicious(this.suspects[rank]) : this.ordinary(rank - this.anomalous);
  }

  private suspicious({ stretch, score, occurrences }: Suspect): Finding {
    const { log, judgement } = this;
    const entries = occurrences.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, k) => first + k),
    );
    const own = linesOf(log, range(stretch.first, stretch.last));
    return {
      block: `L${own[0]}-L${own[own.length - 1]}`,
      score: scoreOf(score, judgement.cut),
      anomalous: true,
      count: occurrences.length,
      lines: linesOf(log, entries),
      line: log.lines[stretch.peak],
      ...timesOf(log, entries),
      reason: this.words.reason(stretch.peak, occurrences.length),
      ...this.words.cause(stretch.peak),
    };
  }

  private ordinary(index: number): Finding {
    const { lines, peak, raw } = this.rest![index];
    const entries = peak < 0 ? [] : [peak];
    return {
      block: `L${lines[0]}-L${lines[lines.length - 1]}`,
      score: scoreOf(raw, this.judgement.cut),
      anomalous: false,
      count: 1,
      lines,
      line: peak < 0 ? lines[0] : this.log.lines[peak],
      ...timesOf(this.log, entries),
      reason: peak < 0 ? 'nothing unusual' : this.words.reason(peak, 1),
      ...(peak < 0 ? NO_CAUSE : this.words.cause(peak)),
    };
  }
}

/** Lines of a window that belong to no finding. */
interface RestWindow {
  lines: Uint32Array;
  /** Their most suspicious entry, −1 if no record begins there. */
  peak: number;
  raw: number;
}

/** What the findings leave of the log, in windows, the most suspicious first. */
function restWindows(log: RecordLog, { entries }: LabelFreeJudgement, suspects: readonly Suspect[]): RestWindow[] {
  const taken = new Uint8Array(log.lineCount + 1);
  for (const { occurrences } of suspects) {
    for (const { first, last } of occurrences) {
      linesOf(log, range(first, last)).forEach((line) => (taken[line] = 1));
    }
  }
  log.linesLeftOut.forEach(({ first, last }) => taken.fill(1, first, last + 1));
  const windows = Array.from({ length: Math.ceil(log.lineCount / WINDOW_LINES) }, (_, window): RestWindow => {
    const first = window * WINDOW_LINES + 1;
    const all = range(first, Math.min(log.lineCount, first + WINDOW_LINES - 1));
    return { lines: Uint32Array.from(all.filter((line) => taken[line] === 0)), peak: -1, raw: 0 };
  });
  log.lines.forEach((line, entry) => {
    const window = windows[Math.floor((line - 1) / WINDOW_LINES)];
    if (taken[line] === 0 && (window.peak < 0 || entries[entry] > window.raw)) {
      window.peak = entry;
      window.raw = entries[entry];
    }
  });
  return windows.filter(({ lines }) => lines.length > 0).sort((a, b) => b.raw - a.raw || a.lines[0] - b.lines[0]);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
}

/** All physical lines of the records of entries, ascending, each once. */
function linesOf(log: RecordLog, entries: ArrayLike<number>): Uint32Array {
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

function timesOf(log: RecordLog, entries: ArrayLike<number>): Pick<Finding, 'firstTime' | 'lastTime'> {
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
