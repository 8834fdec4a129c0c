import type { Finding } from '../core/findings/finding';
import type { Verdict } from '../core/verdict/verdict';
import type { FileMark } from '../node/files/fileMark';
import type { FollowHooks, FollowUpdate } from '../node/scan/followLog';
import type { FilePart } from '../node/files/rotatedLog';
import type { ScanOptions, ScanPhase, ScanRequest } from './protocol';

/** How a scan talks to its caller while it runs. */
export interface ScanCallbacks {
  /** Told often; `done` of `total` as in ProgressResponse. */
  onProgress(phase: ScanPhase, done: number, total: number): void;
  /** Asked between chunks and batches; once true, the scan stops and throws CancelledError. */
  isCancelled(): boolean;
}

/** Gives findings the texts of their lines, see FindingTexts. */
export type WithTexts = (findings: readonly Finding[]) => Promise<Finding[]>;

/** A scanned log; its findings are made as they are asked for, because explaining them takes time. */
export interface ScanResult {
  verdict: Verdict;
  /** How many findings are wanted at most. */
  maxFindings: number;
  /** By what the file that was scanned is known again. */
  mark?: FileMark;
  /** Gives findings the texts of their lines. */
  withTexts?: WithTexts;
  /** As in ScannedResponse. */
  textBytes?: number;
  /** As in ScannedResponse. */
  parts?: readonly FilePart[];
}

/** How following speaks with its caller: as followLog does, and says how many findings are wanted at most. */
export interface FollowCallbacks extends Omit<FollowHooks, 'onUpdate'> {
  onUpdate: (update: FollowUpdate & { maxFindings: number; withTexts?: WithTexts }) => Promise<void>;
}

/** The part of the worker that reads logs and runs models. */
export interface ScanEngine {
  /**
   * Scans a file; gives undefined if it is one of several and its configuration excludes it.
   * @throws CancelledError when cancelled
   * @throws UserError if the file, the model or an option is at fault, or models cannot be run on this machine
   */
  scanFile(
    path: string,
    options: ScanOptions & Pick<ScanRequest, 'isOneOfSeveral' | 'rotatedPaths'>,
    callbacks: ScanCallbacks,
  ): Promise<ScanResult | undefined>;
  /**
   * Scans a file and goes on as it grows, until it is gone; see followLog.
   * @throws CancelledError when cancelled
   * @throws UserError if the file, the model or an option is at fault, or models cannot be run on this machine
   */
  followFile(path: string, options: ScanOptions, hooks: FollowCallbacks): Promise<void>;
  /** Gives the models back; called once, with nothing running. */
  release(): Promise<void>;
}
