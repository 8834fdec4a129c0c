import type { Chronology } from './chronology';
import { EntryReader } from './entryReader';
import type { HeaderReader, RecordHeader } from './recordHeader';

/** How the lines of a log that do not begin with a header are to be taken. */
export interface AssemblyRules {
  /** They all belong to the record before. */
  multiline: boolean;
  /** Those that do not look like the continuation of something are records, each of its own. */
  loose: boolean;
  /** Blanks and tabs with which all lines begin, so that they say nothing. */
  margin: number;
  /** Records are JSON objects, some of which are written over several lines. */
  objects: boolean;
  /** They are what programs wrote to a console, where an indented line may be one of its own. */
  console: boolean;
}

const BLANK = 0x20;
/** Blanks that may stand before a header. */
const SLIGHT_INDENT = 3;

/** Reads the records of a log in one or more formats, of which the first that fits a line counts. */
export class FormatReader implements HeaderReader {
  private readonly readers: HeaderReader[];
  private last: HeaderReader | undefined;

  constructor(
    readonly chronology: Chronology,
    readers: readonly HeaderReader[],
    readonly rules: AssemblyRules,
  ) {
    this.readers = [...readers];
  }

  match(bytes: Uint8Array, start: number, end: number, header: RecordHeader): boolean {
    if (this.matchAt(bytes, start, end, header)) {
      return true;
    }
    // A log whose times were cut out keeps the blanks behind them; what is indented deeper continues something.
    let from = start;
    while (from < end && from - start <= SLIGHT_INDENT && bytes[from] === BLANK) {
      from++;
    }
    return from > start && from - start <= SLIGHT_INDENT && this.matchAt(bytes, from, end, header);
  }

  private matchAt(bytes: Uint8Array, start: number, end: number, header: RecordHeader): boolean {
    const { readers } = this;
    for (let i = 0; i < readers.length; i++) {
      const reader = readers[i];
      if (reader.match(bytes, start, end, header)) {
        this.last = reader;
        return true;
      }
    }
    return false;
  }

  /** Takes the line after a header that is open, see RecordHeader.open; false if it does not go with it. */
  matchNext(bytes: Uint8Array, start: number, end: number, header: RecordHeader): boolean {
    return this.last instanceof EntryReader && this.last.matchNext(bytes, start, end, header);
  }

  /** Lets lines also have the formats of another reader, after the own ones. */
  add(others: FormatReader): void {
    this.readers.push(...others.readers);
  }
}
