import type { UnsupervisedScores } from '../detect/unsupervised/unsupervisedScores';
import type { RecordLog } from '../scan/recordLog';
import { EntryGroups } from './entryGroups';
import type { Finding } from './finding';
import { BurstsAndGaps } from './burstsAndGaps';
import {
  firstLineOf,
  lastLineOf,
  rawThreshold,
  scoreOf,
  sessionFinding,
  stretchFinding,
  timesOf,
} from './unsupervisedFinding';
import { LineSet } from './lineSet';
import { groupedEntries, type EntriesOf } from './stretchEntries';
import { stretchGroupsAbove, type StretchGroup } from './stretchGroups';
import { NOTHING_TOLD, RecordExplainer } from './recordExplainer';
import { TypicalRecords } from './typicalRecords';
import { windowLines, type WindowLines } from './windowLines';
import { windowName } from './windowName';

/**
 * The findings of a log that was judged without labels: its sessions by their scores; or, in a log without sessions and
 * among the records that belong to none, suspicious stretches, neighbours merged and like ones collapsed, and after them
 * the rest of the log as windows.
 */
export class UnsupervisedFindings {
  /** How many findings reach the threshold; they come first. */
  readonly anomalous: number;
  private readonly ranked: Ranked;

  /**
   * @param threshold score from which a block is anomalous, 0…1
   * @param outside the records that belong to no session, and how they were judged
   */
  constructor(
    log: RecordLog,
    scores: UnsupervisedScores,
    threshold: number,
    outside?: { log: RecordLog; scores: UnsupervisedScores },
  ) {
    const rhythm = new BurstsAndGaps(outside === undefined ? [log] : [log, outside.log]);
    const words = new RecordExplainer(log, scores, new TypicalRecords(log, rhythm));
    const all =
      log.keyOf === undefined
        ? new Stretches(log, scores, words, threshold)
        : new Sessions(log, scores, words, threshold);
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
  private readonly sessions: EntryGroups;

  constructor(
    private readonly log: RecordLog,
    private readonly scores: UnsupervisedScores,
    private readonly words: RecordExplainer,
    threshold: number,
  ) {
    const { blocks, blockCount } = log.eventLog;
    this.total = blockCount;
    this.sessions = new EntryGroups(blocks, blockCount);
    const { blocks: blockScores } = scores;
    this.order = Uint32Array.from({ length: blockCount }, (_, block) => block);
    this.order.sort((a, b) => blockScores[b] - blockScores[a] || a - b);
    const least = rawThreshold(threshold, scores);
    this.anomalous = this.order.findIndex((block) => blockScores[block] < least);
    if (this.anomalous < 0) {
      this.anomalous = blockCount;
    }
  }

  score(rank: number): number {
    return scoreOf(this.scores.blocks[this.order[rank]], this.scores);
  }

  finding(rank: number): Finding {
    const block = this.order[rank];
    const entries = this.sessions.of(block);
    return sessionFinding(this.log, this.scores, this.words, block, entries, rank < this.anomalous);
  }
}

/** Suspicious stretches of a log without sessions by falling score, then the rest of the log in windows. */
class Stretches implements Ranked {
  readonly anomalous: number;
  private readonly suspects: StretchGroup[];
  private readonly entriesOf: EntriesOf;
  private rest: RestWindows | undefined;

  constructor(
    private readonly log: RecordLog,
    private readonly scores: UnsupervisedScores,
    private readonly words: RecordExplainer,
    threshold: number,
    private readonly isOwnLine?: (line: number) => boolean,
  ) {
    const { lines, places, sourceCount, eventLog } = log;
    const { events, sequences } = eventLog;
    const recordLine = (entry: number): number => firstLineOf(log, entry);
    const scored = { lines, places, sequences, sourceCount, events, scores: scores.entries, recordLine };
    this.suspects = stretchGroupsAbove(scored, rawThreshold(threshold, scores), log.lineCount);
    this.anomalous = this.suspects.length;
    this.entriesOf = groupedEntries(eventLog);
  }

  get total(): number {
    return this.anomalous + this.others.order.length;
  }

  private get others(): RestWindows {
    this.rest ??= new RestWindows(this.log, this.scores.entries, this.suspects, this.entriesOf, this.isOwnLine);
    return this.rest;
  }

  score(rank: number): number {
    const raw = rank < this.anomalous ? this.suspects[rank].score : this.others.raw(this.windowOf(rank));
    return scoreOf(raw, this.scores);
  }

  finding(rank: number): Finding {
    return rank < this.anomalous
      ? stretchFinding(this.log, this.scores, this.words, this.suspects[rank], 0, this.entriesOf)
      : this.ordinary(this.windowOf(rank));
  }

  private windowOf(rank: number): number {
    return this.others.order[rank - this.anomalous];
  }

  private ordinary(window: number): Finding {
    const { others } = this;
    const lines = others.lines(window);
    const peak = others.peak(window);
    const entries = peak < 0 ? [] : [peak];
    return {
      block: windowName(lines[0], lines[lines.length - 1]),
      score: scoreOf(others.raw(window), this.scores),
      anomalous: false,
      count: 1,
      lines,
      line: peak < 0 ? lines[0] : this.log.lines[peak],
      ...timesOf(this.log, entries),
      ...(peak < 0 ? NOTHING_TOLD : this.words.told(peak)),
    };
  }
}

/**
 * What the findings leave of a log without sessions, in windows: the most suspicious first, of equal ones the last. Of a log
 * of which records were left out, only windows in which one was judged.
 */
class RestWindows {
  /** Numbers of the windows that have a line left. */
  readonly order: Uint32Array;
  private readonly windows: WindowLines;
  /** Lines that belong to a finding or to no log. */
  private readonly taken: LineSet;
  /** Per window its most suspicious entry, −1 if no record begins there. */
  private readonly peaks: Int32Array;

  constructor(
    log: RecordLog,
    private readonly scores: Float64Array,
    suspects: readonly StretchGroup[],
    entriesOf: EntriesOf,
    private readonly isOwnLine: ((line: number) => boolean) | undefined,
  ) {
    const { lines, lineCount } = log;
    this.taken = new LineSet(lineCount);
    for (const { occurrences } of suspects) {
      for (const stretch of occurrences) {
        entriesOf(stretch).forEach((entry) => this.taken.add(firstLineOf(log, entry), lastLineOf(log, entry)));
      }
    }
    log.linesLeftOut.forEach(({ first, last }) => this.taken.add(first, last));
    this.windows = windowLines(log);
    this.peaks = new Int32Array(this.windows.count).fill(-1);
    for (let entry = 0; entry < lines.length; entry++) {
      const line = lines[entry];
      const window = this.windows.windowOf(line);
      const peak = this.peaks[window];
      if (this.isLeft(line) && (peak < 0 || scores[entry] > scores[peak])) {
        this.peaks[window] = entry;
      }
    }
    const isSample = log.eventLog.leftOut !== undefined;
    const order: number[] = [];
    for (let window = 0; window < this.peaks.length; window++) {
      if (isSample ? this.peaks[window] >= 0 : this.windows.linesOf(window).some((line) => this.isLeft(line))) {
        order.push(window);
      }
    }
    this.order = Uint32Array.from(order).sort((a, b) => this.raw(b) - this.raw(a) || b - a);
  }

  /** The most suspicious entry of a window, −1 if no record begins there. */
  peak(window: number): number {
    return this.peaks[window];
  }

  /** The score of that entry; nothing speaks against a window without any, not even by the standard of its log. */
  raw(window: number): number {
    return this.peaks[window] < 0 ? -Infinity : this.scores[this.peaks[window]];
  }

  /** The lines of a window that are left. */
  lines(window: number): Uint32Array {
    return this.windows.linesOf(window).filter((line) => this.isLeft(line));
  }

  /** Whether a line belongs to this log and to none of its findings. */
  private isLeft(line: number): boolean {
    return !this.taken.has(line) && this.isOwnLine?.(line) !== false;
  }
}

/** The stretches of the records that belong to no session. */
function outsideStretches(
  { log, scores }: { log: RecordLog; scores: UnsupervisedScores },
  rhythm: BurstsAndGaps,
  threshold: number,
): Stretches {
  return new Stretches(
    log,
    scores,
    new RecordExplainer(log, scores, new TypicalRecords(log, rhythm)),
    threshold,
    outsideLines(log),
  );
}

/** Tells which lines belong to the records of a log that is part of another. */
function outsideLines(log: RecordLog): (line: number) => boolean {
  const own = new LineSet(log.lineCount);
  log.lines.forEach((_, entry) => own.add(firstLineOf(log, entry), lastLineOf(log, entry)));
  return (line) => own.has(line);
}
