import { upperBound } from '../numeric/bisect';
import { grown } from '../numeric/columns';
import { LineSplitter } from './lineSplitter';
import { unitBytes, type Encoding } from './encoding';

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
  /** Bytes of a code unit. */
  private readonly unit: 1 | 2 | 4;
  /** The first bytes of a code unit whose others have not come yet. */
  private part = new Uint8Array(0);

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
    this.unit = unitBytes(encoding);
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
    this.splitter.push(this.unit > 1 ? this.unitsOf(bytes) : bytes);
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
    this.starts[this.count++] = this.bytesBefore + this.splitter.lineOffset * this.unit;
  }

  /** One byte for each code unit of UTF-16 or UTF-32, which tells line ends from all else. */
  private unitsOf(bytes: Uint8Array): Uint8Array {
    const { unit } = this;
    const whole = joined(this.part, bytes);
    this.part = whole.slice(whole.length - (whole.length % unit));
    const units = new Uint8Array(Math.floor(whole.length / unit));
    const low = this.encoding.endsWith('le') ? 0 : unit - 1;
    for (let i = 0; i < units.length; i++) {
      const at = i * unit;
      let others = 0;
      for (let k = 0; k < unit; k++) {
        others |= k === low ? 0 : whole[at + k];
      }
      units[i] = others === 0 ? whole[at + low] : OTHER;
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
