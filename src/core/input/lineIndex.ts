import { LineSplitter } from './lineSplitter';
import type { Encoding } from './textRule';

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

/**
 * Remembers where every 1,024th line of a file begins, so that any line is found by reading a thousand of them. It is
 * pushed the bytes of the file as they lie on disk, up to where it is needed, and keeps eight bytes for each place. Lines
 * are counted as a scan and the editor count them.
 */
export class LineIndex {
  /** Bytes taken in so far. */
  length = 0;
  /** The last bytes taken in, at most 1 KiB. */
  tail = new Uint8Array(0);

  private readonly splitter = new LineSplitter((_bytes, _start, _end, line) => this.takeLine(line));
  private starts = new Float64Array(64);
  private count = 1;
  /** First byte of a UTF-16 code unit whose second one has not come yet. */
  private half = new Uint8Array(0);

  /** @param encoding of the file */
  constructor(readonly encoding: Encoding) {}

  /** Takes the next bytes of the file. */
  push(bytes: Uint8Array): void {
    this.splitter.push(this.encoding === 'utf-8' ? bytes : this.unitsOf(bytes));
    this.length += bytes.length;
    this.tail = joined(this.tail, bytes.subarray(-TAIL_BYTES)).slice(-TAIL_BYTES);
  }

  /** Whether enough was taken in to have the place that is nearest to a line; if not, there is only an earlier one. */
  knows(line: number): boolean {
    return placeNumber(line) < this.count;
  }

  /** The last remembered place at or before a line. */
  placeOf(line: number): LinePlace {
    const number = Math.min(placeNumber(line), this.count - 1);
    return {
      start: this.starts[number],
      end: number + 1 < this.count ? this.starts[number + 1] : undefined,
      line: number * LINES_APART + 1,
    };
  }

  /** A line has ended; where it began is known from then on. */
  private takeLine(line: number): void {
    if (line === 1 || line % LINES_APART !== 1) {
      return;
    }
    if (this.count === this.starts.length) {
      const larger = new Float64Array(2 * this.count);
      larger.set(this.starts);
      this.starts = larger;
    }
    this.starts[this.count++] = this.splitter.lineOffset * (this.encoding === 'utf-8' ? 1 : 2);
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

function placeNumber(line: number): number {
  return Math.floor((line - 1) / LINES_APART);
}
