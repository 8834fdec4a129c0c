import type { UserMessage } from '../core/errors/messages';
import type { Finding, ScanSummary } from '../core/findings/finding';
import type { FileMark } from '../node/files/fileMark';
import type { FilePart } from '../node/files/rotatedLog';

/**
 * The messages between the scan worker and the one who started it. All are plain data, so that they can be posted
 * between threads; the buffers of typed arrays are transferred, not copied.
 *
 * Every request carries an `id` chosen by the caller. The worker answers each request with exactly one final response
 * (`scanned`, `excluded`, `gone`, `lines`, `text`, `archive`, `refused`, `failed` or `cancelled`) of the same id; a scan sends `progress` and `findings`
 * before it, a file that is followed also `updated`, as often as it changes. Scans are served one after another in the order
 * of arrival; all else does not wait for them.
 */

/** What the user may set for a scan; what is left out comes from the log's configuration, else from the model. */
export interface ScanOptions {
  /** Where a configuration is looked for if there is none beside the log: the workspace folder. */
  workspaceFolder?: string;
  /** Whether the workspace is trusted, so that its configuration is used. */
  isTrusted: boolean;
  /** How the records begin, see chosenFormat; empty to have it detected whatever the configuration says. */
  logFormat?: string;
  /** Name of its encoding; found out if left out. */
  encoding?: string;
  /** A bundle folder or a .onnx file with its profile beside it; the bundled model that fits if left out. */
  model?: string;
  /** A regular expression for session keys, in place of the model's. */
  sessionKey?: string;
  /** Score from which a block is anomalous, 0…1, in place of the model's. */
  threshold?: number;
  /** How many findings are sent at most, highest score first. */
  maxFindings?: number;
  /** Absolute paths of logs believed good, which the log is judged against. */
  baseline?: readonly string[];
}

/** Asks for a whole file to be scanned. */
export interface ScanRequest {
  type: 'scan';
  id: number;
  /** Absolute path of the log; what is compressed is read through, and a member of a zip archive is named as if that were a folder. */
  path: string;
  /**
   * Where it is scanned with the files it was rotated to: all of them and itself, the oldest first. Of several logs the
   * configuration may exclude single ones.
   */
  rotatedPaths?: readonly string[];
  options: ScanOptions;
  /** Whether it is one of several files, so that the configuration may exclude it. */
  isOneOfSeveral: boolean;
  /** One Int32: the caller stores 1 there to cancel; the worker looks at it between batches and while it reads lines. */
  cancel: SharedArrayBuffer;
}

/** Asks for a whole file to be scanned, and for the scan to go on as the file grows. */
export interface FollowRequest {
  type: 'follow';
  id: number;
  /** Absolute path of the log; not of a compressed one. */
  path: string;
  options: ScanOptions;
  /** As that of a ScanRequest; StopFollowingRequest has it looked at at once. */
  cancel: SharedArrayBuffer;
}

/** Says that a file is no longer to be followed, after the request's `cancel` was set. */
export interface StopFollowingRequest {
  type: 'stopFollowing';
  /** Of the FollowRequest. */
  id: number;
}

/**
 * Says that the caller has taken in a batch of findings. The next one is not sent before, so that a caller whose thread
 * has other work (the extension host) never finds more than one batch to unpack.
 */
export interface AcknowledgeRequest {
  type: 'acknowledge';
  /** Of the scan, or of the request to follow. */
  id: number;
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
  /** Of the file as it was scanned: if it is another one now, the request fails. */
  mark?: FileMark;
  /** Whether it is wanted too what is known of the records that begin there. */
  withHeaders?: boolean;
}

/** Asks for the decoded (and decompressed) text of a file, to show it in a read-only document. */
export interface TextRequest {
  type: 'text';
  id: number;
  path: string;
  /** The text is cut at the end of a line before this many bytes of UTF-8. */
  maximumBytes: number;
}

/** Asks for the logs in a zip archive. */
export interface ArchiveRequest {
  type: 'archive';
  id: number;
  path: string;
}

/** Asks the worker to release its model and end by itself; it answers by exiting. */
export interface ShutdownRequest {
  type: 'shutdown';
}

export type WorkerRequest =
  | ScanRequest
  | FollowRequest
  | StopFollowingRequest
  | AcknowledgeRequest
  | LinesRequest
  | TextRequest
  | ArchiveRequest
  | ShutdownRequest;

/** `reading`: bytes of the file are parsed; `judging`: its blocks are scored; `explaining`: the findings are made. */
export type ScanPhase = 'reading' | 'judging' | 'explaining';

/** How far a scan is; sent at most ten times a second, first when the file has been opened. */
export interface ProgressResponse {
  type: 'progress';
  id: number;
  phase: ScanPhase;
  /** Of `total`: bytes of the file as it lies on disk while reading, then distinct blocks, then findings. */
  done: number;
  total: number;
}

/**
 * A batch of at most 500 findings, highest score first over all batches of the scan. Of a file that is followed only those
 * that are new or have changed since the last `updated`.
 */
export interface FindingsResponse {
  type: 'findings';
  id: number;
  findings: Finding[];
}

/** Orders over the findings of one scan; a finding is named by its index, counted over all batches from 0. */
export interface FindingsIndex {
  /** All findings by their most suspicious line, ascending. */
  byPosition: Uint32Array<ArrayBuffer>;
  /** Lines that belong to findings, ascending; a line of several findings stands there several times. */
  lines: Uint32Array<ArrayBuffer>;
  /** The finding that the line at the same place in `lines` belongs to; of one line's findings the best first. */
  findings: Uint32Array<ArrayBuffer>;
}

/** The scan is complete: all findings were sent. */
export interface ScannedResponse {
  type: 'scanned';
  id: number;
  summary: ScanSummary;
  index: FindingsIndex;
  /** The most suspicious blocks below the threshold, which are no findings. */
  suspects: Finding[];
  /** By what the file that was scanned is known again. */
  mark?: FileMark;
  /** Bytes of the text of a compressed file. */
  textBytes?: number;
  /** Of `rotatedPaths` those that were read; all line numbers are counted through them. */
  parts?: readonly FilePart[];
}

/** What is found in a file that is followed now; the findings that are new were sent. */
export interface UpdatedResponse {
  type: 'updated';
  id: number;
  summary: ScanSummary;
  index: FindingsIndex;
  /**
   * The findings, highest score first: n ≥ 0 stands for the one that had the place n at the last `updated`, −1 − n for the
   * one that was sent as number n (from 0) since.
   */
  order: Int32Array<ArrayBuffer>;
  /** The file as it was read: its size in bytes, and the time of its last change in milliseconds since 1970. */
  file: { size: number; mtime: number };
}

/** The file that was followed is gone; what was found in it has been sent. */
export interface GoneResponse {
  type: 'gone';
  id: number;
}

/** The log's configuration excludes it, so it was not scanned. */
export interface ExcludedResponse {
  type: 'excluded';
  id: number;
}

export interface LinesResponse {
  type: 'lines';
  id: number;
  /** In the order of the request; an empty text for a line that the file does not have. */
  texts: string[];
  /** As in HeadedLines, where it was asked for. */
  messageStarts?: Uint32Array<ArrayBuffer>;
  times?: Float64Array<ArrayBuffer>;
}

export interface TextResponse {
  type: 'text';
  id: number;
  /** UTF-8 without byte order mark. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Whether the text was cut at the requested length. */
  truncated: boolean;
}

export interface ArchiveResponse {
  type: 'archive';
  id: number;
  /** Paths by which a scan names them. */
  logs: string[];
}

/** The request cannot be served because of its file, its options or a model. */
export interface RefusedResponse {
  type: 'refused';
  id: number;
  reason: UserMessage;
}

/** The request failed because of a fault of LogCNN. */
export interface FailedResponse {
  type: 'failed';
  id: number;
  /** What was thrown. */
  message: string;
  /** Stack trace, for the output channel. */
  details?: string;
}

export interface CancelledResponse {
  type: 'cancelled';
  id: number;
}

/** The engine cannot be loaded: every request in progress fails for this reason, and the worker ends by itself. */
export interface UnusableResponse {
  type: 'unusable';
  reason: UserMessage;
  /** Stack trace, for the output channel. */
  details?: string;
}

export type WorkerResponse =
  | ProgressResponse
  | FindingsResponse
  | ScannedResponse
  | UpdatedResponse
  | GoneResponse
  | ExcludedResponse
  | LinesResponse
  | TextResponse
  | ArchiveResponse
  | RefusedResponse
  | FailedResponse
  | CancelledResponse
  | UnusableResponse;
