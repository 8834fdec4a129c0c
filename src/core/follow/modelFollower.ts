import type { Hooks } from '../cancellation';
import type { Finding } from '../findings/finding';
import type { Judge } from '../findings/findings';
import type { Suppression } from '../findings/suppression';
import { FollowedText } from '../input/followedText';
import { sessionsSampleNotes } from '../scan/sessionsSampleNotes';
import { ModelLogScan, type LogReading, type ScannedLog } from '../scan/modelLogScan';
import type { Profile } from '../model/profile';
import { limitedLinesNotes } from '../patterns/limitedLinesNotes';
import { FollowedBlocks } from './followedBlocks';
import { DROPPED_NOTE, inFileAfter, KEPT_RECORDS, type LogFollower, type VerdictSoFar } from './logFollower';

/** What is wanted of a log that is followed. */
export interface FollowSettings {
  /** Score from which a block is anomalous. */
  threshold: number;
  /** How many findings are made at most. */
  maxFindings: number;
  /** Findings that are not to be told. */
  suppression?: Suppression;
  /** What the summary says beside the figures. */
  notes: readonly string[];
}

/** A growing log that a model reads: the same scan goes on, and only blocks that have grown are judged again. */
export class ModelFollower implements LogFollower {
  private scan: ModelLogScan;
  private blocks: FollowedBlocks;
  private text: FollowedText;
  /** What was counted before the file that is being read. */
  private before = { lines: 0, unknownRecords: 0, clippedLines: 0, limitedLines: 0 };
  /** Whether the records of the older files were dropped when this one began. */
  private hasDropped = false;
  /** Blocks with lines in this file. */
  private readonly own = new Set<number>();
  /** Scores of those that are anomalous. */
  private readonly anomalous = new Map<number, number>();
  /** Findings that have been made of them. */
  private readonly found = new Map<number, Finding>();
  private readonly suppressed = new Set<number>();
  /** The record that may get more continuation lines, and how many it had when its blocks were judged. */
  private open = { line: 0, blocks: [] as number[], continuations: 0 };

  /**
   * @param reading how the model reads logs
   * @param keptRecords see {@link KEPT_RECORDS}
   * @throws UserError if the model's format cannot be used
   */
  constructor(
    private readonly profile: Profile,
    private readonly judgeOfModel: Judge,
    private readonly reading: LogReading,
    private readonly settings: FollowSettings,
    private readonly keptRecords = KEPT_RECORDS,
  ) {
    this.scan = new ModelLogScan(reading);
    this.blocks = new FollowedBlocks(this.scan.soFar().entries);
    this.text = this.newText();
  }

  push(bytes: Uint8Array): void {
    this.text.push(bytes);
  }

  endLine(): boolean {
    this.text.settle();
    return this.text.endLine();
  }

  beginFile(): void {
    this.text.endFile();
    this.scan.endRecord();
    this.text = this.newText();
    this.hasDropped = this.scan.records > this.keptRecords;
    if (this.hasDropped) {
      this.scan = new ModelLogScan(this.reading);
      this.blocks = new FollowedBlocks(this.scan.soFar().entries);
    }
    const { lines, unknownRecords, clippedLines, limitedLines } = this.scan.soFar();
    this.before = { lines, unknownRecords, clippedLines, limitedLines };
    this.takeChanges();
    [this.own, this.anomalous, this.found, this.suppressed].forEach((blocks) => blocks.clear());
  }

  async judge({ isCancelled, onProgress }: Hooks = {}): Promise<VerdictSoFar> {
    this.text.settle();
    const { threshold } = this.settings;
    const changed = this.takeChanges();
    const judged = await this.judgeOfModel.judge(this.only(changed), threshold, { isCancelled, onProgress });
    changed.forEach((block, i) => {
      this.own.add(block);
      this.forget(block);
      const score = judged.sequenceScores[judged.sequences.sequenceOf[i]];
      if (score >= threshold) {
        this.anomalous.set(block, score);
      }
    });
    return this.verdict({ isCancelled });
  }

  /** The model's memory is given back by who has opened it. */
  async release(): Promise<void> {}

  /** Blocks with new records, or with new continuation lines of the last one, in the order of the log. */
  private takeChanges(): number[] {
    this.scan.settle();
    const { continuations } = this.scan.soFar();
    const { line, blocks } = this.open;
    const hasGrown = line > 0 && continuations.countOf(line) > this.open.continuations;
    const changed = new Set([...(hasGrown ? blocks : []), ...this.blocks.takeChanges()]);
    const last = this.blocks.lastRecord();
    this.open = { ...last, continuations: continuations.countOf(last.line) };
    return [...changed].sort((a, b) => a - b);
  }

  private async verdict(hooks: Hooks): Promise<VerdictSoFar> {
    const { maxFindings, threshold, notes, suppression } = this.settings;
    const ranking = [...this.anomalous].sort(([a, x], [b, y]) => y - x || a - b).map(([block]) => block);
    // Which findings are suppressed shows only when they are made.
    await this.make(suppression === undefined ? ranking.slice(0, maxFindings) : ranking, hooks);
    const told = ranking.filter((block) => !this.suppressed.has(block));
    const findings = told.slice(0, maxFindings).map((block) => this.found.get(block)!);
    const { lines, unknownRecords, clippedLines, limitedLines, sample } = this.scan.soFar();
    return {
      findings,
      summary: {
        model: this.profile.name,
        threshold,
        lines: lines - this.before.lines,
        blocks: this.own.size,
        anomalous: told.length,
        ...(suppression && { suppressed: ranking.length - told.length }),
        unknownRecords: unknownRecords - this.before.unknownRecords,
        clippedLines: clippedLines - this.before.clippedLines,
        format: this.profile.format.header,
        notes: [
          ...notes,
          ...sessionsSampleNotes(sample),
          ...limitedLinesNotes(limitedLines - this.before.limitedLines),
          ...(this.hasDropped ? [DROPPED_NOTE] : []),
          ...(suppression === undefined ? [] : [suppression.note(ranking.length - told.length, ranking.length)]),
        ],
      },
    };
  }

  /** Makes the findings of anomalous blocks that have none yet. */
  private async make(blocks: readonly number[], hooks: Hooks): Promise<void> {
    const missing = blocks.filter((block) => !this.found.has(block));
    if (missing.length === 0) {
      return;
    }
    const judged = await this.judgeOfModel.judge(this.only(missing), this.settings.threshold, hooks);
    const findings = await this.judgeOfModel.findings(judged, 0, missing.length, hooks);
    findings.forEach((finding, rank) => {
      const block = missing[judged.ranking[rank]];
      this.found.set(block, inFileAfter(this.before.lines, finding)!);
      if (this.settings.suppression?.covers(finding) === true) {
        this.suppressed.add(block);
      }
    });
  }

  private forget(block: number): void {
    this.anomalous.delete(block);
    this.found.delete(block);
    this.suppressed.delete(block);
  }

  /** The log with only some of its blocks, numbered in this order. */
  private only(blocks: readonly number[]): ScannedLog {
    const { entries: _, keyOf, firstTimes, lastTimes, ...counted } = this.scan.soFar();
    return {
      ...counted,
      blocks: this.blocks.group(blocks),
      blockCount: blocks.length,
      keyOf: (i) => keyOf(blocks[i]),
      firstTimes: Float64Array.from(blocks, (block) => firstTimes[block]),
      lastTimes: Float64Array.from(blocks, (block) => lastTimes[block]),
    };
  }

  private newText(): FollowedText {
    return new FollowedText((bytes) => this.scan.push(bytes));
  }
}
