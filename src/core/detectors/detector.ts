import type { Hooks } from '../cancellation';
import type { FileStart } from '../scan/growingLog';
import type { Verdict } from '../verdict/verdict';

/**
 * A way to judge logs. A scan learns from a log and takes the verdict on it; who follows a log goes on from there.
 * @typeParam Log what is read of a log for it
 * @typeParam L what it has learned, and what can be done with that
 */
export interface Detector<Log, L extends Learned = Learned> {
  /**
   * Learns from a log what is usual in it, as far as the detector does not know that before.
   * @throws CancelledError if the hooks say so
   */
  learn(log: Log, hooks?: Hooks): Promise<L>;
}

/** What a detector has learned from a log. */
export interface Learned {
  /**
   * The verdict on that log: all its blocks.
   * @throws CancelledError if the hooks say so
   */
  verdict(hooks?: Hooks): Promise<Verdict>;
}

/** What was learned from a log that may go on. */
export interface OnlineLearned<Log> extends Learned {
  /** Begins to judge the log as it goes on, by what was learned alone. */
  follow(): Followed<Log>;
}

/** A log that is judged as it goes on. The pieces in which it comes make no difference. */
export interface Followed<Log> {
  /**
   * Judges what has come since the last call, the first time all.
   * @param log all of it
   * @returns the anomalous blocks, no others, as they are until the next call. A finding that has not changed is the same
   * object
   * @throws CancelledError if the hooks say so
   */
  update(log: Log, hooks?: Hooks): Promise<Verdict>;
  /**
   * Says that the log goes on in a new file, or that the records so far of this one were dropped. Lines are counted from the
   * file's beginning, and only what has lines there is reported; blocks that began in the old file go on.
   * @param log all of it, with what has not been judged yet
   */
  beginFile(log: Log, file: FileStart): void;
  /** Frees the native memory. */
  release(): Promise<void>;
}

/** A detector whose logs can be followed. */
export type OnlineDetector<Log> = Detector<Log, OnlineLearned<Log>>;

/** What a summary says where records were dropped, when the file began or since. */
export function droppedNotes({ hasDropped, droppedLines }: FileStart): string[] {
  if (droppedLines > 0) {
    return [
      `long log: what was found in its first ${droppedLines} lines is not kept, and sessions that began there are judged by their later lines, for there were too many records`,
    ];
  }
  return hasDropped
    ? [
        'rotated: sessions that began in an older file are judged by their lines in this one, for there were too many records',
      ]
    : [];
}
