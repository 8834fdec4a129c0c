import { createHash } from 'node:crypto';
import { Uri } from 'vscode';
import type { Finding, ScanSummary } from '../../core/findings/finding';
import { indexFindings } from '../../worker/findingsIndex';
import type { ScanOptions } from '../../worker/protocol';
import type { FileMark } from '../../node/files/fileMark';
import type { FileResults, FileState, ScannedPart, ScanOutcome } from './resultsStore';

/** Results as they are kept over sessions of the editor. */
export interface SavedResult {
  uri: Uri;
  rotated: readonly Uri[] | undefined;
  outcome: ScanOutcome;
  /** Whether the log was followed. */
  wasFollowed: boolean;
}

/** Findings of a log that are kept at most, the highest scores first, and characters that they may take. */
const MAX_FINDINGS = 5000;
const MAX_CHARACTERS = 4 << 20;

/** What is written of results, under {@link Sealed}. */
interface Written {
  uri: string;
  rotated?: string[];
  /** When they were found, in milliseconds since 1970. */
  at: number;
  wasFollowed: boolean;
  findings: Finding[];
  suspects: Finding[];
  summary: ScanSummary;
  mark?: FileMark;
  file: FileState;
  options: ScanOptions;
  configuration: string;
  goodLogs: string;
  parts?: { uri: string; state: FileState; linesBefore: number }[];
}

/** The form of a file: whatever a version of the extension wrote only that version reads, since findings change. */
interface Sealed {
  version: string;
  /** SHA-256 of `body`: what was cut or edited is not read. */
  hash: string;
  body: string;
}

/**
 * The text of results for a file; undefined if there are too many to be kept.
 * @param version of the extension
 * @param now milliseconds since 1970
 */
export function writtenResult(results: FileResults, version: string, now: number): string | undefined {
  const { uri, rotated, outcome, following } = results;
  if (outcome === undefined) {
    return undefined;
  }
  const { findings, suspects, summary, mark, file, options, configuration, goodLogs, parts, restoredFrom } = outcome;
  const written: Written = {
    uri: uri.toString(),
    rotated: rotated?.map(String),
    at: restoredFrom ?? now,
    wasFollowed: following !== undefined,
    findings: findings.slice(0, MAX_FINDINGS),
    suspects: [...suspects],
    summary,
    mark,
    file,
    options,
    configuration,
    goodLogs,
    parts: parts?.map((part) => ({ uri: String(part.uri), state: part.state, linesBefore: part.linesBefore })),
  };
  const body = JSON.stringify(written, packed);
  const sealed: Sealed = { version, hash: hashOf(body), body };
  return body.length > MAX_CHARACTERS ? undefined : JSON.stringify(sealed);
}

/**
 * The results that a text holds.
 * @param version of the extension
 * @param documentOf gives the document that shows a file's lines
 * @returns undefined if it is of another version, or anything in it is not as it was written
 */
export function readResult(text: string, version: string, documentOf: (file: Uri) => Uri): SavedResult | undefined {
  try {
    const sealed = JSON.parse(text) as Partial<Sealed>;
    if (sealed.version !== version || typeof sealed.body !== 'string' || sealed.hash !== hashOf(sealed.body)) {
      return undefined;
    }
    const written: unknown = JSON.parse(sealed.body, unpacked);
    return isWritten(written) ? resultOf(written, documentOf) : undefined;
  } catch {
    // Whoever wrote it, it is no fault of the user's.
    return undefined;
  }
}

function resultOf(written: Written, documentOf: (file: Uri) => Uri): SavedResult {
  const { uri, rotated, at, wasFollowed, parts, ...outcome } = written;
  return {
    uri: fileUri(uri),
    rotated: rotated?.map(fileUri),
    wasFollowed,
    outcome: {
      ...outcome,
      index: indexFindings(outcome.findings),
      restoredFrom: at,
      parts: parts?.map((part): ScannedPart => {
        const own = fileUri(part.uri);
        return { ...part, uri: own, documentUri: documentOf(own) };
      }),
    },
  };
}

/** @throws Error if it is no file: nothing else was ever scanned */
function fileUri(text: string): Uri {
  const uri = Uri.parse(text, true);
  if (uri.scheme !== 'file') {
    throw new Error(`${text} is no file`);
  }
  return uri;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const LINES = 'lines:';
const BYTES = 'bytes:';

/** Typed arrays as text. */
function packed(_key: string, value: unknown): unknown {
  if (value instanceof Uint32Array) {
    return { [LINES]: base64Of(value) };
  }
  return value instanceof Uint8Array ? { [BYTES]: base64Of(value) } : value;
}

function unpacked(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { [LINES]: lines, [BYTES]: bytes } = value as Record<string, unknown>;
  if (typeof lines === 'string') {
    return new Uint32Array(bytesOf(lines).buffer);
  }
  return typeof bytes === 'string' ? bytesOf(bytes) : value;
}

function base64Of({ buffer, byteOffset, byteLength }: Uint32Array | Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** In a buffer of their own, which begins at a whole word. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isCount: Check = (value) => isNumber(value) && Number.isInteger(value) && (value as number) >= 0;
const isTime: Check = (value) => value === null || isText(value);
const isFlag: Check = (value) => typeof value === 'boolean';
const isLines: Check = (value) => value instanceof Uint32Array;
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const shape =
  (members: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(members).every(([name, check]) => check((value as Record<string, unknown>)[name]));

/** What every feature relies on; further members of a finding are kept as they are. */
const isFinding = shape({
  block: isText,
  score: isNumber,
  count: isCount,
  lines: isLines,
  line: isCount,
  firstTime: isTime,
  lastTime: isTime,
  template: isText,
  fingerprint: isText,
});
const isState = shape({ size: isCount, mtime: isNumber });
const isSummary = shape({
  model: isText,
  threshold: isNumber,
  lines: isCount,
  blocks: isCount,
  anomalous: isCount,
  suppressed: optional(isCount),
  format: isText,
  notes: listOf(isText),
  baselines: optional(listOf(isText)),
});
const isMark = shape({
  identity: isText,
  size: isCount,
  modified: isNumber,
  tail: optional(shape({ end: isCount, bytes: (value) => value instanceof Uint8Array })),
});
const isSaved = shape({
  uri: isText,
  rotated: optional(listOf(isText)),
  at: isNumber,
  wasFollowed: isFlag,
  findings: listOf(isFinding),
  suspects: listOf(isFinding),
  summary: isSummary,
  mark: optional(isMark),
  file: isState,
  options: shape({ isTrusted: isFlag, baseline: optional(listOf(isText)) }),
  configuration: isText,
  goodLogs: isText,
  parts: optional(listOf(shape({ uri: isText, state: isState, linesBefore: isCount }))),
});

function isWritten(value: unknown): value is Written {
  return isSaved(value);
}
