import type { Finding, ScanSummary } from '../core/findings/finding';
import type { ScanOptions, ScanPhase } from './protocol';

/** How a scan talks to its caller while it runs. */
export interface ScanCallbacks {
  /** Told often; `done` of `total` as in ProgressResponse. */
  onProgress(phase: ScanPhase, done: number, total: number): void;
  /** Asked between chunks and batches; once true, the scan stops and throws {@link ScanCancelledError}. */
  isCancelled(): boolean;
}

/** What a scan found: the findings, highest score first and no more than asked for, and the totals. */
export interface ScanResult {
  findings: Finding[];
  summary: ScanSummary;
}

/** The part of the worker that reads logs and runs models. */
export interface ScanEngine {
  /**
   * Scans a file.
   * @throws ScanCancelledError when cancelled
   * @throws ScanFault if the file, the model or an option is at fault
   */
  scanFile(path: string, options: ScanOptions, callbacks: ScanCallbacks): Promise<ScanResult>;
  /** Gives the models back; called once, with no scan running. */
  release(): Promise<void>;
}

/** Thrown by a scan that was cancelled. */
export class ScanCancelledError extends Error {
  constructor() {
    super('The scan was cancelled.');
  }
}

/** A fault that lies in the input or the settings. Its message is one sentence for the user: what is wrong, where, what to do. */
export class ScanFault extends Error {}
