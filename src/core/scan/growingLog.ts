/**
 * Records that are kept while a log goes on. When a new file begins and there are more, they are dropped; in one file, when
 * so many have come since what was learned or dropped. So a log that is followed for ever takes no more memory than that.
 */
export const KEPT_RECORDS = 1 << 22;

/** Where the file that is read now begins in a log: what was counted before it. */
export interface FileStart {
  lines: number;
  unknownRecords: number;
  clippedLines: number;
  limitedLines: number;
  /** Whether the records of the older files were dropped when it began. */
  hasDropped: boolean;
  /** Its lines whose records were dropped since. */
  droppedLines: number;
}

/** Where the first file of a log begins. */
export const FIRST_FILE: FileStart = {
  lines: 0,
  unknownRecords: 0,
  clippedLines: 0,
  limitedLines: 0,
  hasDropped: false,
  droppedLines: 0,
};

/**
 * A log that is read as it grows, also from file to file. Everything may be asked of it at any time, in any order.
 */
export interface GrowingLog<Log> {
  /** Where the file that is read now begins. */
  readonly file: FileStart;
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
  /** Says that the log goes on in a new file: what comes does not continue the last record. */
  beginFile(): void;
  /** Whether more has come, since what was learned from or since the last drop, than is kept. */
  readonly isFull: boolean;
  /** Drops the records so far and their sessions. Lines are counted on, and what was given stays as it is but for keys. */
  drop(): void;
  /**
   * What was read so far, but for a line that is not complete. What was given stays as it is.
   * @throws NotTextError if it is no text
   */
  soFar(): Log;
}
