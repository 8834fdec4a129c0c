import type { Finding, ScanSummary } from '../core/findings/finding';
import type { FileMark } from '../node/files/fileMark';
import type { FollowHooks } from '../node/scan/followLog';
import type { FilePart } from '../node/files/rotatedLog';
import type { ScanOptions, ScanPhase, ScanRequest } from './protocol';

/** How a scan talks to its caller while it runs. */
export interface ScanCallbacks {
  /** Told often; `done` of `total` as in ProgressResponse. */
  onProgress(phase: ScanPhase, done: number, total: number): void;
  /** Asked between chunks and batches; once true, the scan stops and throws CancelledError. */
  isCancelled(): boolean;
}

/** A scanned log; its findings are made as they are asked for, because explaining them takes time. */
export interface ScanResult {
  summary: ScanSummary;
  /** By what the file that was scanned is known again. */
  mark?: FileMark;
  /** How many findings are wanted at most. */
  maxFindings: number;
  /**
   * The anomalous blocks of the ranks `start…end`, highest score first.
   * @throws CancelledError when the scan is cancelled
   */
  findings(start: number, end: number): Promise<Finding[]>;
  /**
   * The most suspicious blocks where nothing reaches the threshold, see mostSuspicious.
   * @throws CancelledError when the scan is cancelled
   */
  suspects(): Promise<Finding[]>;
  /** As in ScannedResponse. */
  parts?: readonly FilePart[];
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
  followFile(path: string, options: ScanOptions, hooks: FollowHooks): Promise<void>;
  /** Gives the models back; called once, with nothing running. */
  release(): Promise<void>;
}
