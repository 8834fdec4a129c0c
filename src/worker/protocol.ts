import type { Finding, ScanSummary } from '../core/findings/finding';

/**
 * The messages between the scan worker and the one who started it. All are plain data, so that they can be posted
 * between threads; `Uint32Array`s are transferred, not copied.
 *
 * Every request carries an `id` chosen by the caller. The worker answers each request with exactly one final response
 * (`scanned`, `lines`, `text`, `failed` or `cancelled`) of the same id; a scan sends `progress` and `findings` before it.
 * Requests are served one after another in the order of arrival.
 */

/** What the user may set for a scan; what is left out comes from the model. */
export interface ScanOptions {
  /** A bundle folder or a .onnx file with its profile beside it; the bundled model that fits if left out. */
  modelPath?: string;
  /** A regular expression for session keys, in place of the model's. */
  sessionPattern?: string;
  /** Score from which a block is anomalous, 0…1, in place of the model's. */
  threshold?: number;
  /** How many findings are sent at most, highest score first. */
  maximumFindings: number;
}

/** Asks for a whole file to be scanned. */
export interface ScanRequest {
  type: 'scan';
  id: number;
  /** Absolute path of the log; `.gz` is read through. */
  path: string;
  options: ScanOptions;
  /** One Int32: the caller stores 1 there to cancel; the worker looks at it between chunks and batches. */
  cancel: SharedArrayBuffer;
}

/** Asks for the text of some lines of a file. */
export interface LinesRequest {
  type: 'lines';
  id: number;
  path: string;
  /** Physical line numbers from 1, ascending. */
  lines: number[];
  /** Each text is cut after this many characters. */
  maximumLength: number;
}

/** Asks for the decoded (and decompressed) text of a file, to show it in a read-only document. */
export interface TextRequest {
  type: 'text';
  id: number;
  path: string;
  /** The text is cut at the end of a line before this many characters. */
  maximumLength: number;
}

/** Asks the worker to release its model and end by itself; it answers by exiting. */
export interface ShutdownRequest {
  type: 'shutdown';
}

export type WorkerRequest = ScanRequest | LinesRequest | TextRequest | ShutdownRequest;

/** How far a scan is; sent at most ten times a second, first when the file has been opened. */
export interface ProgressResponse {
  type: 'progress';
  id: number;
  /** `reading`: bytes of the file are parsed; `judging`: its blocks are scored and explained. */
  phase: 'reading' | 'judging';
  /** Of `total`: bytes of the file as it lies on disk while reading, blocks while judging. */
  done: number;
  total: number;
}

/** A batch of findings, highest score first over all batches of the scan. */
export interface FindingsResponse {
  type: 'findings';
  id: number;
  findings: Finding[];
}

/** The scan is complete: all findings were sent. */
export interface ScannedResponse {
  type: 'scanned';
  id: number;
  summary: ScanSummary;
}

export interface LinesResponse {
  type: 'lines';
  id: number;
  /** In the order of the request; an empty text for a line that the file does not have. */
  texts: string[];
}

export interface TextResponse {
  type: 'text';
  id: number;
  text: string;
  /** Whether the text was cut at the requested length. */
  truncated: boolean;
}

/** The request failed; `message` is one sentence for the user: what is wrong, where, and what to do. */
export interface FailedResponse {
  type: 'failed';
  id: number;
  message: string;
  /** Whether the fault lies in the input or settings (true) or is one of ours (false: log the details). */
  expected: boolean;
  /** Stack trace of an unexpected fault, for the output channel. */
  details?: string;
}

export interface CancelledResponse {
  type: 'cancelled';
  id: number;
}

export type WorkerResponse =
  | ProgressResponse
  | FindingsResponse
  | ScannedResponse
  | LinesResponse
  | TextResponse
  | FailedResponse
  | CancelledResponse;
