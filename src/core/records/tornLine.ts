import { isDigit } from '../input/bytes';
import type { RecordSink } from './recordSink';
import { RecordHeader, type HeaderReader } from '../formats/recordHeader';

/** Whether a message goes on in others of its log, and is none of them itself: `bytes[start…end)` is their beginning. */
export type IsBeginning = (bytes: Uint8Array, start: number, end: number) => boolean;

/**
 * Takes the last line of a log that has no line end. A log that is being written or was cut ends in the midst of a line, which
 * looks like no other: it would be the most suspicious one. A log that is complete may end so too, and its last record counts.
 *
 * A line is torn if it stops within the header that other lines have, if it begins with one and yet is none, or if its message
 * is the beginning of messages that the log has. It is left out then. Whatever else stands there is taken as it is.
 */
export class LastLine implements RecordSink {
  /** Whether the line was torn. */
  isTorn = false;

  /**
   * @param sink takes the line if it is whole
   * @param samples lines of the log
   * @param reader of its headers
   */
  constructor(
    private readonly sink: RecordSink,
    private readonly samples: readonly Uint8Array[],
    private readonly reader: HeaderReader,
    private readonly isBeginning: IsBeginning,
  ) {}

  onRecord(bytes: Uint8Array, start: number, end: number, line: number, header: RecordHeader): void {
    const isHeaded = this.reader.match(bytes, start, end, new RecordHeader());
    this.isTorn =
      this.isPartOfHeader(bytes.subarray(start, end), isHeaded) ||
      this.isBeginning(bytes, header.contentStart, header.contentEnd);
    if (!this.isTorn) {
      this.sink.onRecord(bytes, start, end, line, header);
    }
  }

  onContinuation(firstLine: number): void {
    this.sink.onContinuation(firstLine);
  }

  onTrace(signature: string, line: number, firstLine: number): void {
    if (!this.isTorn) {
      this.sink.onTrace(signature, line, firstLine);
    }
  }

  private isPartOfHeader(line: Uint8Array, isHeaded: boolean): boolean {
    const runs = runsOf(line);
    return this.samples.some((sample) => {
      const header = new RecordHeader();
      if (!this.reader.match(sample, 0, sample.length, header) || header.contentStart === 0) {
        return false;
      }
      const ofHeader = runsOf(sample.subarray(0, header.contentStart));
      return (!isHeaded || runs.length < ofHeader.length) && agree(runs, ofHeader);
    });
  }
}

/** Neighbouring characters of a kind. */
interface Run {
  /** The character itself if it is neither a digit nor a letter. */
  kind: number;
  length: number;
}

const DIGITS = -1;
const LETTERS = -2;

function runsOf(bytes: Uint8Array): Run[] {
  const runs: Run[] = [];
  for (const byte of bytes) {
    const kind = isDigit(byte) ? DIGITS : isLetter(byte) ? LETTERS : byte;
    const last = runs.at(-1);
    if (last?.kind === kind) {
      last.length++;
    } else {
      runs.push({ kind, length: 1 });
    }
  }
  return runs;
}

function isLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

/** Whether a line goes on as a header does, as far as both go; of a line that stops first the last run may be shorter. */
function agree(line: readonly Run[], header: readonly Run[]): boolean {
  return (
    line.length > 0 &&
    line
      .slice(0, header.length)
      .every(({ kind, length }, i) => kind === header[i].kind && (kind !== DIGITS || length <= header[i].length))
  );
}
