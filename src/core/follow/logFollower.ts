import type { Hooks } from '../cancellation';
import type { Followed, OnlineDetector } from '../detectors/detector';
import type { Suppression } from '../findings/suppression';
import type { GrowingLog } from '../scan/growingLog';
import { suppressed } from '../verdict/suppressed';
import type { Verdict } from '../verdict/verdict';

/** A log that is judged while it grows: a scan that goes on. */
export interface LogFollower {
  /** Records that were learned from; 0 before. */
  readonly learnedRecords: number;
  /** See GrowingLog. */
  push(bytes: Uint8Array): void;
  endLine(): boolean;
  /** Says that the log goes on in a new file. What is found is reported of its lines only, counted from its beginning. */
  beginFile(): void;
  /**
   * Makes room if more has come than is kept: judges it and then drops it, so that what is found there is told no more. To
   * be called at places that the log alone tells, never the pieces in which it comes.
   * @throws CancelledError if the hooks say so
   */
  makeRoom(hooks?: Hooks): Promise<void>;
  /**
   * Judges what has changed since the last call; the first time it learns from all that there is.
   * @returns see Followed.update
   * @throws NotTextError if the log is no text
   * @throws CancelledError if the hooks say so
   */
  update(hooks?: Hooks): Promise<Verdict>;
  /** Frees the native memory. */
  release(): Promise<void>;
}

/** Follows a log with a detector. */
export class DetectorFollower<Log extends { records: number }> implements LogFollower {
  learnedRecords = 0;
  private followed: Followed<Log> | undefined;

  /** @param suppression of findings that are not to be reported */
  constructor(
    private readonly log: GrowingLog<Log>,
    private readonly detector: OnlineDetector<Log>,
    private readonly suppression?: Suppression,
  ) {}

  push(bytes: Uint8Array): void {
    this.log.push(bytes);
  }

  endLine(): boolean {
    return this.log.endLine();
  }

  beginFile(): void {
    this.log.beginFile();
    this.followed?.beginFile(this.log.soFar(), this.log.file);
  }

  async makeRoom(hooks: Hooks = {}): Promise<void> {
    if (this.log.isFull) {
      await this.followed?.update(this.log.soFar(), hooks);
      this.log.drop();
      this.followed?.beginFile(this.log.soFar(), this.log.file);
    }
  }

  async update(hooks: Hooks = {}): Promise<Verdict> {
    const log = this.log.soFar();
    this.followed ??= await this.learn(log, hooks);
    const verdict = await this.followed.update(log, hooks);
    return this.suppression === undefined ? verdict : suppressed(verdict, this.suppression, hooks);
  }

  async release(): Promise<void> {
    await this.followed?.release();
  }

  private async learn(log: Log, hooks: Hooks): Promise<Followed<Log>> {
    const learned = await this.detector.learn(log, hooks);
    const followed = learned.follow();
    this.learnedRecords = log.records;
    if (this.log.file.lines > 0) {
      followed.beginFile(log, this.log.file);
    }
    return followed;
  }
}
