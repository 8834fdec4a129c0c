import { upperBound } from '../numeric/bisect';
import { grown } from '../numeric/columns';
import { LineSplitter } from './lineSplitter';
import { isUtf16, type Encoding } from './textRule';

/** Lines from one remembered place to the next. */
export const LINES_APART = 1024;
/** Bytes before the end of what was taken in that are kept, to know it again. */
export const TAIL_BYTES = 1024;
/** Stands for a character that is no line end. */
const OTHER = 0x20;

/** A remembered place at or before a line. */
export interface LinePlace {
  /** Where it is, in bytes from the beginning of the file. */
  start: number;
  /** Where the next remembered place is; undefined if this is the last one so far. */
  end: number | undefined;
  /** The line that begins there, from 1. */
  line: number;
}

/** Where some lines of a file begin, in ascending order: line `lines[i]` at byte `starts[i]`. */
export interface LinePlaces {
  /** From 1, the first of them line 1, each at most {@link LINES_APART} behind the one before. */
  lines: Uint32Array<ArrayBuffer>;
  starts: Float64Array<ArrayBuffer>;
}

/**
 * Remembers where every 1,024th line of a file begins, so that any line is found by reading a thousand of them. It is
 * pushed the bytes of the file as they lie on disk, up to where it is needed, and keeps twelve bytes for each place. Lines
 * are counted as a scan and the editor count them.
 */
export class LineIndex {
  /** Bytes taken in so far. */
  length = 0;
  /** The last bytes taken in, at most 1 KiB. */
  tail = new Uint8Array(0);

  private readonly splitter = new LineSplitter((_bytes, _start, _end, line) => this.takeLine(line));
  private lines = Uint32Array.of(1);
  private starts = Float64Array.of(0);
  private count = 1;
  /** Lines and bytes before the first that is pushed. */
  private readonly linesBefore: number = 0;
  private readonly bytesBefore: number = 0;
  /** First byte of a UTF-16 code unit whose second one has not come yet. */
  private half = new Uint8Array(0);

  /**
   * @param encoding of the file
   * @param known places that others have found; the next bytes that are pushed are those from the last of them on
   * @param tail the last bytes before that place
   */
  constructor(
    readonly encoding: Encoding,
    known?: LinePlaces,
    tail?: Uint8Array<ArrayBuffer>,
  ) {
    if (known !== undefined && tail !== undefined && known.lines.length > 0) {
      ({ lines: this.lines, starts: this.starts } = known);
      this.count = known.lines.length;
      this.linesBefore = known.lines[this.count - 1] - 1;
      this.bytesBefore = known.starts[this.count - 1];
      this.length = this.bytesBefore;
      this.tail = tail;
    }
  }

  /** Takes the next bytes of the file. */
  push(bytes: Uint8Array): void {
    this.splitter.push(isUtf16(this.encoding) ? this.unitsOf(bytes) : bytes);
    this.length += bytes.length;
    this.tail = joined(this.tail, bytes.subarray(-TAIL_BYTES)).slice(-TAIL_BYTES);
  }

  /** Whether enough was taken in to have the place that is nearest to a line; if not, there is only an earlier one. */
  knows(line: number): boolean {
    return line < this.lines[this.count - 1] + LINES_APART;
  }

  /** The last remembered place at or before a line. */
  placeOf(line: number): LinePlace {
    const last = Math.max(0, upperBound(this.lines, line, 0, this.count) - 1);
    return {
      start: this.starts[last],
      end: last + 1 < this.count ? this.starts[last + 1] : undefined,
      line: this.lines[last],
    };
  }

  /** A line has ended; where it began is known from then on. */
  private takeLine(pushed: number): void {
    const line = this.linesBefore + pushed;
    if (line < this.lines[this.count - 1] + LINES_APART) {
      return;
    }
    if (this.count === this.starts.length) {
      this.starts = grown(this.starts);
      this.lines = grown(this.lines);
    }
    this.lines[this.count] = line;
    this.starts[this.count++] = this.bytesBefore + this.splitter.lineOffset * (isUtf16(this.encoding) ? 2 : 1);
  }

  /** One byte for each code unit of UTF-16, which tells line ends from all else. */
  private unitsOf(bytes: Uint8Array): Uint8Array {
    const whole = joined(this.half, bytes);
    this.half = whole.subarray(whole.length & ~1);
    const units = new Uint8Array(whole.length >> 1);
    const low = this.encoding === 'utf-16le' ? 0 : 1;
    for (let i = 0; i < units.length; i++) {
      units[i] = whole[2 * i + 1 - low] === 0 ? whole[2 * i + low] : OTHER;
    }
    return units;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
