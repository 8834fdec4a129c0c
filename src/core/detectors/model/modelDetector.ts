import type { Hooks } from '../../cancellation';
import type { Finding } from '../../findings/finding';
import type { ModelScorer, ScoredLog } from '../../findings/findings';
import type { Profile } from '../../model/profile';
import { FIRST_FILE, type FileStart } from '../../scan/growingLog';
import { grouped, type ModelLog, type ScannedLog } from '../../scan/modelLog';
import { inFileAfter } from '../../verdict/relocated';
import { verdictOf, type Verdict } from '../../verdict/verdict';
import { droppedNotes, type Followed, type OnlineDetector, type OnlineLearned } from '../detector';
import { FollowedBlocks } from './followedBlocks';

/** What is wanted of a model. */
export interface ModelSettings {
  /** Score from which a block is anomalous. */
  threshold: number;
  /**
   * What the summary says beside the figures.
   * @param log of which only what is in the file that is read now is counted
   */
  notes: (log: Pick<ModelLog, 'lines' | 'records' | 'sample' | 'limitedLines'>) => readonly string[];
}

/** Judges logs with a network that was trained before, on labelled ones. */
export class ModelDetector implements OnlineDetector<ModelLog> {
  constructor(
    private readonly profile: Profile,
    private readonly scorer: ModelScorer,
    private readonly settings: ModelSettings,
  ) {}

  /** There is nothing to learn. */
  async learn(log: ModelLog): Promise<LearnedModel> {
    return new LearnedModel(this.profile, this.scorer, this.settings, log);
  }
}

/** A model, and the log that it is to scorer. */
class LearnedModel implements OnlineLearned<ModelLog> {
  private scored: Promise<ScoredLog> | undefined;

  constructor(
    private readonly profile: Profile,
    private readonly scorer: ModelScorer,
    private readonly settings: ModelSettings,
    private readonly log: ModelLog,
  ) {}

  /** The scores of all blocks of the log, whose entries are given to it. */
  scores(hooks: Hooks = {}): Promise<ScoredLog> {
    this.scored ??= this.scorer.score(grouped(this.log), this.settings.threshold, hooks);
    return this.scored;
  }

  async verdict(hooks: Hooks = {}): Promise<Verdict> {
    const scored = await this.scores(hooks);
    const { log, scorer, profile, settings } = this;
    const ranked = {
      total: log.blockCount,
      anomalous: scored.anomalous,
      findings: (start: number, end: number, { isCancelled }: Hooks = {}) =>
        scorer.findings(scored, start, end, { isCancelled }),
    };
    return verdictOf(ranked, { ...log, blocks: log.blockCount }, descriptionOf(profile, settings, settings.notes(log)));
  }

  follow(): Followed<ModelLog> {
    return new FollowedModelLog(this.profile, this.scorer, this.settings, this.log);
  }
}

/** A growing log that a model judges: only blocks that have grown are judged again. */
class FollowedModelLog implements Followed<ModelLog> {
  private blocks: FollowedBlocks;
  private file = FIRST_FILE;
  /** Blocks with lines in this file. */
  private readonly own = new Set<number>();
  /** Scores of those that are anomalous. */
  private readonly anomalous = new Map<number, number>();
  /** Findings that have been made of them. */
  private readonly found = new Map<number, Finding>();
  /** The record that may get more continuation lines, and how many it had when its blocks were scored. */
  private open = { line: 0, blocks: [] as number[], continuations: 0 };

  constructor(
    private readonly profile: Profile,
    private readonly scorer: ModelScorer,
    private readonly settings: ModelSettings,
    private log: ModelLog,
  ) {
    this.blocks = new FollowedBlocks(log.entries);
  }

  async update(log: ModelLog, { isCancelled, onProgress }: Hooks = {}): Promise<Verdict> {
    this.log = log;
    const { threshold } = this.settings;
    const changed = this.takeChanges();
    const scored = await this.scorer.score(this.only(changed), threshold, { isCancelled, onProgress });
    changed.forEach((block, i) => {
      this.own.add(block);
      this.anomalous.delete(block);
      this.found.delete(block);
      const score = scored.sequenceScores[scored.sequences.sequenceOf[i]];
      if (score >= threshold) {
        this.anomalous.set(block, score);
      }
    });
    return this.verdict();
  }

  beginFile(log: ModelLog, file: FileStart): void {
    this.log = log;
    this.file = file;
    if (file.hasDropped || file.droppedLines > 0) {
      this.blocks = new FollowedBlocks(log.entries);
    }
    this.open.line = 0;
    [this.own, this.anomalous, this.found].forEach((blocks) => blocks.clear());
  }

  /** The model's memory is given back by who has opened it. */
  async release(): Promise<void> {}

  /** Blocks of this file with new records, or with new continuation lines of the last one, in the order of the log. */
  private takeChanges(): number[] {
    const { continuations } = this.log;
    const { line, blocks } = this.open;
    const hasGrown = line > 0 && continuations.countOf(line) > this.open.continuations;
    const changed = new Set([...(hasGrown ? blocks : []), ...this.blocks.takeChanges(this.file.lines)]);
    const last = this.blocks.lastRecord();
    this.open = { ...last, continuations: continuations.countOf(last.line) };
    return [...changed].sort((a, b) => a - b);
  }

  private verdict(): Verdict {
    const { log, file, profile, settings } = this;
    const ranking = [...this.anomalous].sort(([a, x], [b, y]) => y - x || a - b).map(([block]) => block);
    const ranked = {
      total: ranking.length,
      anomalous: ranking.length,
      findings: async (start: number, end: number, { isCancelled }: Hooks = {}) => {
        const blocks = ranking.slice(start, end);
        await this.make(blocks, { isCancelled });
        return blocks.map((block) => this.found.get(block)!);
      },
    };
    const own = {
      ...log,
      lines: log.lines - file.lines,
      unknownRecords: log.unknownRecords - file.unknownRecords,
      clippedLines: log.clippedLines - file.clippedLines,
      limitedLines: log.limitedLines - file.limitedLines,
    };
    const notes = [...settings.notes(own), ...droppedNotes(file)];
    return verdictOf(ranked, { ...own, blocks: this.own.size }, descriptionOf(profile, settings, notes));
  }

  /** Makes the findings of anomalous blocks that have none yet. */
  private async make(blocks: readonly number[], hooks: Hooks): Promise<void> {
    const missing = blocks.filter((block) => !this.found.has(block));
    if (missing.length === 0) {
      return;
    }
    const scored = await this.scorer.score(this.only(missing), this.settings.threshold, hooks);
    const findings = await this.scorer.findings(scored, 0, missing.length, hooks);
    findings.forEach((finding, rank) => {
      this.found.set(missing[scored.ranking[rank]], inFileAfter(this.file.lines, finding)!);
    });
  }

  /** The log with only some of its blocks, numbered in this order. */
  private only(blocks: readonly number[]): ScannedLog {
    const { entries: _, keyOf, firstTimes, lastTimes, ...counted } = this.log;
    return {
      ...counted,
      blocks: this.blocks.group(blocks),
      blockCount: blocks.length,
      keyOf: (i) => keyOf(blocks[i]),
      firstTimes: Float64Array.from(blocks, (block) => firstTimes[block]),
      lastTimes: Float64Array.from(blocks, (block) => lastTimes[block]),
    };
  }
}

function descriptionOf(profile: Profile, { threshold }: ModelSettings, notes: readonly string[]) {
  return { model: profile.name, threshold, format: profile.format.header, notes: [...notes] };
}
