import type { RecordHeader } from '../formats/recordHeader';

/** Takes what a log consists of. The bytes and the header are only valid during the call. */
export interface RecordSink {
  /**
   * A record begins at the physical line `line`, counted from 1. Its first line, cleaned of escape sequences, is
   * `bytes[start…end)`; all places in the header are in the same bytes.
   */
  onRecord(bytes: Uint8Array, start: number, end: number, line: number, header: RecordHeader): void;
  /** One more physical line belongs to the record that began at `firstLine`. */
  onContinuation(firstLine: number): void;
  /**
   * The record that began at `firstLine` holds a stack trace whose root, the exception or its last cause, is named at
   * `line`. Comes after all its lines.
   * @param signature see StackTrace.signature
   */
  onTrace(signature: string, line: number, firstLine: number): void;
}
