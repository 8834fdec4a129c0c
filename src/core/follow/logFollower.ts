import type { Hooks } from '../cancellation';
import type { Finding, ScanSummary } from '../findings/finding';

/**
 * Records that are kept while a log goes on from file to file. When a new file begins and there are more, they are
 * dropped, so that a log that is rotated for ever takes no more memory than its files do.
 */
export const KEPT_RECORDS = 1 << 22;

/** What a summary says where records were dropped when the file began. */
export const DROPPED_NOTE =
  'rotated: sessions that began in an older file are judged by their lines in this one, for there were too many records';

/** What is found in a log so far. */
export interface VerdictSoFar {
  summary: ScanSummary;
  /** The anomalous blocks, highest score first. A finding that has not changed since the last time is the same object. */
  findings: readonly Finding[];
}

/**
 * A log that is judged while it grows, by what was learned before: a scan that goes on. The pieces in which it comes make
 * no difference to the result, once it has been learned from.
 */
export interface LogFollower {
  /**
   * Takes the next bytes of the log, as they are on disk.
   * @throws NotTextError once the beginning of a file shows that it is no text
   */
  push(bytes: Uint8Array): void;
  /**
   * Takes the last line as complete although its end is missing; what is added to it later is left out.
   * @returns whether there was such a line
   */
  endLine(): boolean;
  /**
   * Says that the log goes on in a new file. Lines are counted from its beginning, and what is found is told of its lines
   * only; blocks that began in the old file go on.
   */
  beginFile(): void;
  /**
   * Judges what has changed since the last call.
   * @throws NotTextError if the log is no text
   * @throws CancelledError if the hooks say so
   */
  judge(hooks?: Hooks): Promise<VerdictSoFar>;
  /** Frees the native memory. */
  release(): Promise<void>;
}

/** A finding of a log that goes on in a file after so many lines: by lines of that file; undefined if it has none there. */
export function inFileAfter(linesBefore: number, finding: Finding): Finding | undefined {
  if (linesBefore === 0) {
    return finding;
  }
  const lines = finding.lines.filter((line) => line > linesBefore).map((line) => line - linesBefore);
  return lines.length === 0
    ? undefined
    : { ...finding, lines, line: finding.line > linesBefore ? finding.line - linesBefore : lines[0] };
}
