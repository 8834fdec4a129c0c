import type { LabelFreeJudgement } from '../detectors/labelFree/labelFree';
import { WINDOW_LINES } from '../blocks/streamWindows';
import type { RecordLog } from '../recordScan';
import type { Finding } from './finding';
import { NO_CAUSE } from './fingerprint';
import { LogRhythm } from './logRhythm';
import { entriesOf, linesOf, rawThreshold, scoreOf, sessionFinding, stretchFinding, timesOf } from './labelFreeFinding';
import { isAbove, suspectsAbove, type Suspect } from './suspects';
import { UnusualRecord } from './unusualRecord';
import { UsualRecords } from './usualRecords';

/**
 * The findings of a log that was judged without labels: its sessions by their scores; or, in a log without sessions and
 * among the records that belong to none, suspicious stretches, neighbours merged and like ones collapsed, and after them
 * the rest of the log as windows.
 */
export class LabelFreeFindings {
  /** How many findings reach the threshold; they come first. */
  readonly anomalous: number;
  private readonly ranked: Ranked;

  /**
   * @param threshold score from which a block is anomalous, 0…1
   * @param outside the records that belong to no session, and how they were judged
   */
  constructor(
    log: RecordLog,
    judgement: LabelFreeJudgement,
    threshold: number,
    outside?: { log: RecordLog; judgement: LabelFreeJudgement },
  ) {
    const rhythm = new LogRhythm(outside === undefined ? [log] : [log, outside.log]);
    const words = new UnusualRecord(log, judgement, new UsualRecords(log, rhythm));
    const all =
      log.keyOf === undefined
        ? new Stretches(log, judgement, words, threshold)
        : new Sessions(log, judgement, words, threshold);
    this.ranked = outside === undefined ? all : new Merged(all, outsideStretches(outside, rhythm, threshold));
    this.anomalous = this.ranked.anomalous;
  }

  /** How many blocks there are with those below the threshold. */
  get total(): number {
    return this.ranked.total;
  }

  /** The findings of the ranks `start…end`, highest score first. */
  findings(start: number, end: number): Finding[] {
    return Array.from({ length: Math.max(0, Math.min(end, this.total) - start) }, (_, k) =>
      this.ranked.finding(start + k),
    );
  }
}

/** Findings by falling score: first those that are anomalous, then the others. */
interface Ranked {
  readonly anomalous: number;
  readonly total: number;
  score(rank: number): number;
  finding(rank: number): Finding;
}

/** Two rankings as one. */
class Merged implements Ranked {
  readonly anomalous: number;
  /** Per rank that of one of the two, doubled, plus 1 for the second. */
  private readonly order: number[] = [];
  private isComplete = false;

  constructor(
    private readonly first: Ranked,
    private readonly second: Ranked,
  ) {
    this.merge(0, first.anomalous, 0, second.anomalous);
    this.anomalous = this.order.length;
  }

  /** The others are ranked only where they are asked for: in a stream that takes a look at every line. */
  get total(): number {
    if (!this.isComplete) {
      this.isComplete = true;
      this.merge(this.first.anomalous, this.first.total, this.second.anomalous, this.second.total);
    }
    return this.order.length;
  }

  score(rank: number): number {
    return this.of(rank, (ranked, own) => ranked.score(own));
  }

  finding(rank: number): Finding {
    return this.of(rank, (ranked, own) => ranked.finding(own));
  }

  private of<T>(rank: number, get: (ranked: Ranked, own: number) => T): T {
    const place = this.order[rank];
    return get(place % 2 === 0 ? this.first : this.second, place >> 1);
  }

  private merge(first: number, firstEnd: number, second: number, secondEnd: number): void {
    while (first < firstEnd || second < secondEnd) {
      const takesFirst =
        second === secondEnd || (first < firstEnd && this.first.score(first) >= this.second.score(second));
      this.order.push(takesFirst ? 2 * first++ : 2 * second++ + 1);
    }
  }
}

/** Sessions by falling score. */
class Sessions implements Ranked {
  readonly anomalous: number;
  readonly total: number;
  private readonly order: Uint32Array;
  /** Entries by session: those of session b are `entries[offsets[b]…offsets[b + 1])`. */
  private readonly entries: Uint32Array;
  private readonly offsets: Uint32Array;

  constructor(
    private readonly log: RecordLog,
    private readonly judgement: LabelFreeJudgement,
    private readonly words: UnusualRecord,
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
    const least = rawThreshold(threshold, judgement);
    this.anomalous = this.order.findIndex((block) => scores[block] < least);
    if (this.anomalous < 0) {
      this.anomalous = blockCount;
    }
  }

  score(rank: number): number {
    return scoreOf(this.judgement.blocks[this.order[rank]], this.judgement);
  }

  finding(rank: number): Finding {
    const block = this.order[rank];
    const entries = this.entries.subarray(this.offsets[block], this.offsets[block + 1]);
    return sessionFinding(this.log, this.judgement, this.words, block, entries, rank < this.anomalous);
  }
}

/** Suspicious stretches of a log without sessions by falling score, then the rest of the log in windows. */
class Stretches implements Ranked {
  readonly anomalous: number;
  private readonly suspects: Suspect[];
  private rest: RestWindow[] | undefined;

  constructor(
    private readonly log: RecordLog,
    private readonly judgement: LabelFreeJudgement,
    private readonly words: UnusualRecord,
    threshold: number,
    private readonly isOwnLine: (line: number) => boolean = () => true,
  ) {
    const { lines, sourceCount, eventLog } = log;
    const { events, sequences } = eventLog;
    const scored = { lines, sequences, sourceCount, events, scores: judgement.entries };
    this.suspects = suspectsAbove(scored, rawThreshold(threshold, judgement), log.lineCount);
    this.anomalous = this.suspects.length;
  }

  get total(): number {
    return this.anomalous + this.others.length;
  }

  private get others(): RestWindow[] {
    this.rest ??= restWindows(this.log, this.judgement, this.suspects, this.isOwnLine);
    return this.rest;
  }

  score(rank: number): number {
    const raw = rank < this.anomalous ? this.suspects[rank].score : this.others[rank - this.anomalous].raw;
    return scoreOf(raw, this.judgement);
  }

  finding(rank: number): Finding {
    return rank < this.anomalous
      ? stretchFinding(this.log, this.judgement, this.words, this.suspects[rank])
      : this.ordinary(rank - this.anomalous);
  }

  private ordinary(index: number): Finding {
    const { lines, peak, raw } = this.others[index];
    const entries = peak < 0 ? [] : [peak];
    return {
      block: `L${lines[0]}-L${lines[lines.length - 1]}`,
      score: scoreOf(raw, this.judgement),
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

/** What the findings leave of the log, in windows, the most suspicious first, of equal ones the last. */
function restWindows(
  log: RecordLog,
  { entries }: LabelFreeJudgement,
  suspects: readonly Suspect[],
  isOwnLine: (line: number) => boolean,
): RestWindow[] {
  const scored = { lines: log.lines, scores: entries };
  const taken = new Uint8Array(log.lineCount + 1);
  for (const { occurrences } of suspects) {
    for (const stretch of occurrences) {
      linesOf(log, entriesOf(log, stretch)).forEach((line) => (taken[line] = 1));
    }
  }
  log.linesLeftOut.forEach(({ first, last }) => taken.fill(1, first, last + 1));
  const windowOf = windowsOfLines(log);
  const linesOfWindow = new Map<number, number[]>();
  for (let line = 1; line <= log.lineCount; line++) {
    if (taken[line] === 0 && isOwnLine(line)) {
      const own = linesOfWindow.get(windowOf[line]) ?? [];
      own.push(line);
      linesOfWindow.set(windowOf[line], own);
    }
  }
  const windows = new Map<number, RestWindow>();
  linesOfWindow.forEach((lines, window) => windows.set(window, { lines: Uint32Array.from(lines), peak: -1, raw: 0 }));
  log.lines.forEach((line, entry) => {
    const window = windows.get(windowOf[line]);
    if (window !== undefined && taken[line] === 0 && (window.peak < 0 || isAbove(scored, entry, window.peak))) {
      window.peak = entry;
      window.raw = entries[entry];
    }
  });
  return [...windows.values()].sort((a, b) => b.raw - a.raw || b.lines[0] - a.lines[0]);
}

/** Per physical line its window: so many lines, or where a log has several sources the block of its record. */
function windowsOfLines({ lines, lineCount, sourceCount, eventLog }: RecordLog): Uint32Array {
  if (sourceCount === 1) {
    return Uint32Array.from({ length: lineCount + 1 }, (_, line) => Math.floor((line - 1) / WINDOW_LINES));
  }
  const windows = new Uint32Array(lineCount + 1);
  lines.forEach((line, entry) => (windows[line] = eventLog.blocks[entry] + 1));
  // What follows a record, a trace or an empty line, goes with it.
  for (let line = 1; line <= lineCount; line++) {
    windows[line] = windows[line] || windows[line - 1];
  }
  return windows;
}

/** The stretches of the records that belong to no session. */
function outsideStretches(
  { log, judgement }: { log: RecordLog; judgement: LabelFreeJudgement },
  rhythm: LogRhythm,
  threshold: number,
): Stretches {
  return new Stretches(
    log,
    judgement,
    new UnusualRecord(log, judgement, new UsualRecords(log, rhythm)),
    threshold,
    outsideLines(log),
  );
}

/** Tells which lines belong to the records of a log that is part of another. */
function outsideLines(log: RecordLog): (line: number) => boolean {
  const own = new Uint8Array(log.lineCount + 1);
  log.lines.forEach((line) => own.fill(1, line, line + 1 + log.continuations.countOf(line)));
  return (line) => own[line] === 1;
}
