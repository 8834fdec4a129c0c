import type { Hooks } from '../cancellation';
import { cancellable, judgeUnsupervised, type UnsupervisedParts } from '../detect/unsupervised/unsupervised';
import { OnlineScorer } from '../detect/unsupervised/onlineScorer';
import { areSessionsAlike } from '../detect/unsupervised/sessionRegularity';
import type { Finding, ScanSummary } from '../findings/finding';
import { BurstsAndGaps } from '../findings/burstsAndGaps';
import { TypicalRecords } from '../findings/typicalRecords';
import { FollowedText } from '../input/followedText';
import type { RecordLog, UnsupervisedLogScan } from '../scan/unsupervisedLogScan';
import type { FollowedPart } from './followedPart';
import { FollowedSessions } from './followedSessions';
import type { FollowSettings } from './modelFollower';
import { FollowedStream } from './followedStream';
import { DROPPED_NOTE, KEPT_RECORDS, type LogFollower, type VerdictSoFar } from './logFollower';

/** From what the judgement of a growing log was learned. */
export interface LearnedFrom {
  /** Records. */
  records: number;
  /** Entries and ends of sessions among them that were judged by the event before them alone, see Surprisal. */
  shortened: number;
}

/** The sessions by a key that was found are too unlike each other: the log is to be read anew without them. */
export class UnlikeSessionsError extends Error {}

/** What a summary says of a log that its counts do not say. */
export type LogDescription = Pick<ScanSummary, 'model' | 'format' | 'notes'>;

/**
 * A growing log that is judged without labels. What it has at the first judgement is judged as a scan does it, and what
 * that has taught is kept: templates, networks, frequencies, counts, cut and slope. What comes later is judged by that
 * alone, at the cost of what comes; another scan learns anew.
 */
export class UnsupervisedFollower implements LogFollower {
  private text: FollowedText;
  /** What was counted before the file that is being read. */
  private before = { lines: 0, clippedLines: 0, limitedLines: 0 };
  private judged: Judged | undefined;
  /** Whether the records of the older files were dropped when this one began. */
  private hasDropped = false;

  /**
   * @param scan reads the log from its beginning
   * @param parts networks and text CNN with which it is judged
   * @param mayBeUnlike whether its sessions were found, and not asked for
   * @param keptRecords see {@link KEPT_RECORDS}
   */
  constructor(
    private readonly scan: UnsupervisedLogScan,
    private readonly parts: UnsupervisedParts,
    private readonly settings: FollowSettings,
    private readonly describe: (log: RecordLog, learned: LearnedFrom) => LogDescription,
    private readonly mayBeUnlike = false,
    private readonly keptRecords = KEPT_RECORDS,
  ) {
    this.text = this.newText();
  }

  /** From how many records was learned; 0 before the first judgement. */
  get learnedRecords(): number {
    return this.judged?.learned.records ?? 0;
  }

  push(bytes: Uint8Array): void {
    this.text.push(bytes);
  }

  endLine(): boolean {
    this.text.settle();
    const endsLine = this.text.endLine();
    const endsTrace = this.scan.endTrace();
    return endsLine || endsTrace;
  }

  beginFile(): void {
    this.text.endFile();
    this.scan.endFile();
    this.text = this.newText();
    const { lineCount, clippedLines, limitedLines } = this.scan;
    this.before = { lines: lineCount, clippedLines, limitedLines };
    this.hasDropped = this.dropMany();
    this.beginFileOfParts();
  }

  /** @throws UnlikeSessionsError at first if they may be and are */
  async judge(hooks: Hooks = {}): Promise<VerdictSoFar> {
    this.text.settle();
    if (this.judged === undefined) {
      this.scan.freeze();
      this.judged = await this.learn(this.scan.soFar(), hooks);
      this.beginFileOfParts();
    }
    const log = this.scan.soFar();
    await this.judged.main.take(log, hooks);
    if (log.outside !== undefined) {
      await this.judged.outside?.take(log.outside, hooks);
    }
    return this.verdict(log, this.judged);
  }

  async release(): Promise<void> {
    await this.judged?.main.release();
    await this.judged?.outside?.release();
  }

  private async learn(log: RecordLog, { isCancelled = () => false, onProgress }: Hooks): Promise<Judged> {
    const { parts } = this;
    const { threshold } = this.settings;
    const cancelled = cancellable(parts, isCancelled);
    onProgress?.(0, 1);
    const judgement = await judgeUnsupervised(log.eventLog, cancelled);
    const { kind } = log.eventLog;
    if (kind === 'sessions' && this.mayBeUnlike && !areSessionsAlike(judgement)) {
      throw new UnlikeSessionsError();
    }
    const outside = log.outside && (await judgeUnsupervised(log.outside.eventLog, cancelled));
    onProgress?.(1, 1);
    const rhythm = new BurstsAndGaps(log.outside === undefined ? [log] : [log, log.outside]);
    const usual = new TypicalRecords(log, rhythm);
    const later = new OnlineScorer(kind, judgement, parts);
    const learned = {
      records: log.records,
      shortened: (judgement.surprisal?.shortened ?? 0) + (outside?.surprisal?.shortened ?? 0),
    };
    if (kind !== 'sessions') {
      const main = new FollowedStream(log, judgement, later, usual, threshold);
      return { main, outside: undefined, learned };
    }
    const others = log.outside ?? withoutRecords(log);
    return {
      main: new FollowedSessions(log, judgement, later, usual, threshold),
      outside: new FollowedStream(
        others,
        outside,
        new OnlineScorer('stream', outside, parts),
        new TypicalRecords(others, rhythm),
        threshold,
      ),
      learned,
    };
  }

  private dropMany(): boolean {
    if (this.judged === undefined) {
      return false;
    }
    const { lines, outside } = this.scan.soFar();
    if (lines.length + (outside?.lines.length ?? 0) <= this.keptRecords) {
      return false;
    }
    this.scan.forget();
    this.judged.main.forget();
    this.judged.outside?.forget();
    return true;
  }

  private beginFileOfParts(): void {
    const { lines } = this.before;
    if (this.judged === undefined || lines === 0) {
      return;
    }
    const log = this.scan.soFar();
    this.judged.main.beginFile(log, lines);
    this.judged.outside?.beginFile(log.outside ?? withoutRecords(log), lines);
  }

  private verdict(log: RecordLog, { main, outside, learned }: Judged): VerdictSoFar {
    const { threshold, maxFindings, suppression, notes } = this.settings;
    const ranking = [...main.found(), ...(outside?.found() ?? [])].sort((a, b) => b.score - a.score);
    const told: Finding[] = [];
    let suppressed = 0;
    for (const block of suppression === undefined ? ranking.slice(0, maxFindings) : ranking) {
      const finding = block.finding();
      if (suppression?.covers(finding) === true) {
        suppressed++;
      } else {
        told.push(finding);
      }
    }
    const {
      model,
      format,
      notes: described,
    } = this.describe({ ...log, limitedLines: log.limitedLines - this.before.limitedLines }, learned);
    return {
      findings: told.slice(0, maxFindings),
      summary: {
        model,
        threshold,
        lines: log.lineCount - this.before.lines,
        // A stretch that is a finding by itself is a block, however many of them lie in one window.
        blocks: Math.max(main.blockCount + (outside?.blockCount ?? 0), ranking.length),
        anomalous: ranking.length - suppressed,
        ...(suppression && { suppressed }),
        unknownRecords: 0,
        clippedLines: log.clippedLines - this.before.clippedLines,
        format,
        notes: [
          ...notes,
          ...described,
          ...(this.hasDropped ? [DROPPED_NOTE] : []),
          ...(suppression === undefined ? [] : [suppression.note(suppressed, ranking.length)]),
        ],
      },
    };
  }

  private newText(): FollowedText {
    return new FollowedText((bytes) => this.scan.push(bytes));
  }
}

interface Judged {
  main: FollowedPart;
  /** The records that belong to no session, in a log of sessions. */
  outside: FollowedPart | undefined;
  learned: LearnedFrom;
}

function withoutRecords(log: RecordLog): RecordLog {
  const none = new Uint32Array(0);
  return {
    ...log,
    eventLog: {
      templates: [],
      events: none,
      sequences: none,
      sequenceCount: 0,
      blocks: none,
      blockCount: 0,
      kind: 'stream',
    },
    lines: none,
    times: new Float64Array(0),
    keyOf: undefined,
    outside: undefined,
  };
}
