import { refuseIfCancelled, type Hooks } from '../../cancellation';
import { OnlineScorer } from '../../detect/unsupervised/onlineScorer';
import { areSessionsAlike } from '../../detect/unsupervised/sessionRegularity';
import { cancellable, unsupervisedScores, type UnsupervisedParts } from '../../detect/unsupervised/unsupervisedScores';
import { BurstsAndGaps } from '../../findings/burstsAndGaps';
import { TypicalRecords } from '../../findings/typicalRecords';
import { FIRST_FILE, type FileStart } from '../../scan/growingLog';
import { StreamOfSessions } from '../../scan/sessionsAsStream';
import type { RecordLog } from '../../scan/recordLog';
import { verdictOf, type Verdict } from '../../verdict/verdict';
import { droppedNotes, type Followed, type OnlineDetector, type OnlineLearned } from '../detector';
import type { BlockFollower } from './blockFollower';
import { FollowedSessions } from './followedSessions';
import { FollowedStream } from './followedStream';
import {
  blocksAtLeast,
  learnedFrom,
  verdictOfRecords,
  type ScoredRecords,
  type LearnedFrom,
  type RecordSettings,
} from '../scoredRecords';

/**
 * Judges a log by itself. What it teaches is kept as it goes on: templates, networks, frequencies, counts, cut and slope.
 * What comes later is judged by that alone, at the cost of what comes; another scan learns anew.
 */
export class UnsupervisedDetector implements OnlineDetector<RecordLog> {
  /** @param parts networks with which it is judged */
  constructor(
    private readonly parts: UnsupervisedParts,
    private readonly settings: RecordSettings,
  ) {}

  /** Sessions that were found and are too unlike each other are judged as the stream that they are part of. */
  async learn(log: RecordLog, { isCancelled = () => false, onProgress }: Hooks = {}): Promise<LearnedRecords> {
    onProgress?.(0, 1);
    const parts = cancellable(this.parts, isCancelled);
    const scoresOf = ({ eventLog }: RecordLog) => unsupervisedScores(eventLog, parts);
    let stream: StreamOfSessions | undefined;
    let read = log;
    let scores = await scoresOf(read);
    if (read.eventLog.kind === 'sessions' && this.settings.mayBeUnlike && !areSessionsAlike(scores)) {
      stream = new StreamOfSessions();
      read = stream.of(log);
      scores = await scoresOf(read);
    }
    const outside = read.outside && { log: read.outside, scores: await scoresOf(read.outside) };
    refuseIfCancelled({ isCancelled });
    onProgress?.(1, 1);
    return new LearnedRecords(this.parts, this.settings, { log: read, scores, outside }, stream);
  }
}

/** What a log has taught of itself. */
class LearnedRecords implements OnlineLearned<RecordLog> {
  /** @param stream as which the log is read, if its sessions do not count */
  constructor(
    private readonly parts: UnsupervisedParts,
    private readonly settings: RecordSettings,
    private readonly judged: ScoredRecords,
    private readonly stream: StreamOfSessions | undefined,
  ) {}

  async verdict(): Promise<Verdict> {
    return verdictOfRecords(this.judged, this.settings);
  }

  follow(): Followed<RecordLog> {
    return new FollowedRecords(this.blockFollowers(), this.settings, learnedFrom(this.judged), this.stream);
  }

  private blockFollowers(): Parts {
    const { log, scores, outside } = this.judged;
    const { kind } = log.eventLog;
    const { threshold } = this.settings;
    const rhythm = new BurstsAndGaps(outside === undefined ? [log] : [log, outside.log]);
    const usual = new TypicalRecords(log, rhythm);
    const later = new OnlineScorer(kind, scores, this.parts);
    if (kind !== 'sessions') {
      return { main: new FollowedStream(log, scores, later, usual, threshold), outside: undefined };
    }
    const others = outside?.log ?? withoutRecords(log);
    return {
      main: new FollowedSessions(log, scores, later, usual, threshold),
      outside: new FollowedStream(
        others,
        outside?.scores,
        new OnlineScorer('stream', outside?.scores, this.parts),
        new TypicalRecords(others, rhythm),
        threshold,
      ),
    };
  }
}

interface Parts {
  main: BlockFollower;
  /** The records that belong to no session, in a log of sessions. */
  outside: BlockFollower | undefined;
}

/** A growing log that is judged by what was learned from it at first. */
class FollowedRecords implements Followed<RecordLog> {
  private file = FIRST_FILE;

  /** @param stream as which the log is read, if its sessions do not count */
  constructor(
    private readonly parts: Parts,
    private readonly settings: RecordSettings,
    private readonly learned: LearnedFrom,
    private readonly stream: StreamOfSessions | undefined,
  ) {}

  async update(log: RecordLog, hooks: Hooks = {}): Promise<Verdict> {
    const read = this.stream?.of(log) ?? log;
    const { main, outside } = this.parts;
    await main.take(read, hooks);
    if (read.outside !== undefined) {
      await outside?.take(read.outside, hooks);
    }
    return this.verdict(read);
  }

  beginFile(log: RecordLog, file: FileStart): void {
    const { main, outside } = this.parts;
    this.file = file;
    if (file.hasDropped || file.droppedLines > 0) {
      this.stream?.forget();
      main.forget();
      outside?.forget();
    }
    const read = this.stream?.of(log) ?? log;
    main.beginFile(read, file.lines);
    outside?.beginFile(read.outside ?? withoutRecords(read), file.lines);
  }

  async release(): Promise<void> {
    await this.parts.main.release();
    await this.parts.outside?.release();
  }

  private verdict(log: RecordLog): Verdict {
    const { parts, file, settings, learned } = this;
    const { main, outside } = parts;
    const ranking = [...main.found(), ...(outside?.found() ?? [])].sort((a, b) => b.score - a.score);
    const ranked = {
      total: ranking.length,
      anomalous: ranking.length,
      findings: async (start: number, end: number) => ranking.slice(start, end).map((block) => block.finding()),
    };
    const counts = {
      lines: log.lineCount - file.lines,
      blocks: blocksAtLeast(main.blockCount + (outside?.blockCount ?? 0), ranking.length),
      unknownRecords: 0,
      clippedLines: log.clippedLines - file.clippedLines,
    };
    const { notes, ...described } = settings.describe(
      { ...log, limitedLines: log.limitedLines - file.limitedLines },
      learned,
    );
    return verdictOf(ranked, counts, {
      ...described,
      threshold: settings.threshold,
      notes: [...notes, ...droppedNotes(file)],
    });
  }
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
