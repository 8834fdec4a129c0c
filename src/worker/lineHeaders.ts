import type { FormatReader } from '../core/formats/formatReader';
import { RecordHeader } from '../core/formats/recordHeader';
import { AnsiCleaner } from '../core/input/ansi';
import { NotTextError } from '../core/input/byteDecoder';
import { previewOf } from '../core/records/logPreview';

/** Bytes by which the beginning of a log is known again. */
const KNOWN_BY = 4096;

/** The header of a line. */
export interface LineHeader {
  /** The bytes before the message. */
  before: Uint8Array;
  /** In milliseconds since 1970; NaN if the record names none. */
  time: number;
}

/** Finds the headers of single lines of a log, in the formats that its beginning shows. */
export class LineHeaders {
  private readonly known: Uint8Array;
  private readonly reader: FormatReader | undefined;
  private readonly cleaner = new AnsiCleaner();
  private readonly header = new RecordHeader();

  /** @param beginning of the log, in UTF-8 */
  constructor(beginning: Uint8Array) {
    this.known = beginning.slice(0, KNOWN_BY);
    try {
      this.reader = previewOf(beginning).format.reader();
    } catch (error) {
      if (!(error instanceof NotTextError)) {
        throw error;
      }
    }
  }

  /** Whether a log with this beginning may be the same. */
  isOf(beginning: Uint8Array): boolean {
    return Buffer.compare(this.known, beginning.subarray(0, KNOWN_BY)) === 0;
  }

  /** The header of a line; undefined if it begins no record. */
  of(line: Uint8Array): LineHeader | undefined {
    const { cleaner, header } = this;
    cleaner.clean(line, 0, line.length);
    const { bytes, start, end } = cleaner;
    return this.reader?.match(bytes, start, end, header) === true
      ? { before: bytes.subarray(start, Math.max(start, header.contentStart)), time: header.time }
      : undefined;
  }
}
