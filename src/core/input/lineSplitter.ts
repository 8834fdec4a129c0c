import { grown } from '../numeric/columns';
import { CR, LF, endOfNuls } from './bytes';

/** Bytes of a line that are parsed; what comes after is counted but not looked at. */
export const LINE_LIMIT = 64 * 1024;

/**
 * Takes one line without its end: `bytes[start…end)`, only valid during the call.
 * @param number physical line number, from 1
 * @param overwritten whether the line ends with a lone CR: on a terminal the next one is written over it
 */
export type LineSink = (bytes: Uint8Array, start: number, end: number, number: number, overwritten?: boolean) => void;

/**
 * Splits a stream of UTF-8 bytes into lines, whatever the chunk sizes.
 *
 * A line ends at LF, CRLF or a lone CR, as VS Code counts lines. A missing last line end is no fault; an empty rest
 * after the last line end is no line. Lines longer than {@link LINE_LIMIT} are clipped. NULs at the beginning of a line are
 * left out: a crash or a log that was cut under its writer leaves a hole before it.
 */
export class LineSplitter {
  /** Lines given to the sink so far. */
  lineCount = 0;
  /** Lines of which the end was clipped. */
  clippedCount = 0;
  /** Bytes before the line that the sink is given. */
  lineOffset = 0;

  /** Beginning of a line whose end has not been seen yet. */
  private carry = new Uint8Array(4096);
  private carryLength = 0;
  private carryClipped = false;
  /** The line whose end has not been seen yet has begun with nothing but NULs. */
  private afterHole = false;
  /** The last chunk ended with CR: what kind of line end it is shows with the next. */
  private afterCr = false;
  /** Bytes of the chunks before this one. */
  private chunkOffset = 0;

  constructor(private readonly sink: LineSink) {}

  /** Takes the next bytes. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) {
      return;
    }
    const bytes = plainView(chunk);
    let position = 0;
    if (this.afterCr) {
      this.afterCr = false;
      const crlf = chunk[0] === LF;
      this.emit(bytes, 0, 0, !crlf);
      position = crlf ? 1 : 0;
      this.lineOffset = this.chunkOffset + position;
    }
    let nextLf = indexOrEnd(chunk, LF, position);
    let nextCr = indexOrEnd(chunk, CR, position);
    while (nextLf < chunk.length || nextCr < chunk.length) {
      const lineEnd = Math.min(nextLf, nextCr);
      const lineStart = position;
      position = lineEnd + 1;
      if (lineEnd === nextCr) {
        if (position === chunk.length) {
          this.afterCr = true;
          this.keep(bytes, lineStart, lineEnd);
          this.chunkOffset += chunk.length;
          return;
        }
        const crlf = chunk[position] === LF;
        this.emit(bytes, lineStart, lineEnd, !crlf);
        position = crlf ? position + 1 : position;
        nextCr = indexOrEnd(chunk, CR, position);
      } else {
        this.emit(bytes, lineStart, lineEnd, false);
      }
      this.lineOffset = this.chunkOffset + position;
      if (nextLf < position) {
        nextLf = indexOrEnd(chunk, LF, position);
      }
    }
    if (position < chunk.length) {
      this.keep(bytes, position);
    }
    this.chunkOffset += chunk.length;
  }

  /** Whether the last line so far has no end. */
  get isOpen(): boolean {
    return this.carryLength > 0 && !this.afterCr;
  }

  /** Says that the input is complete: an unfinished line is given to the sink. */
  end(): void {
    if (this.carryLength > 0 || this.afterHole || this.afterCr) {
      this.emit(this.carry, 0, 0, this.afterCr);
      this.afterCr = false;
    }
  }

  private emit(chunk: Uint8Array, start: number, end: number, overwritten: boolean): void {
    this.lineCount++;
    this.afterHole = false;
    if (this.carryLength > 0) {
      this.keep(chunk, start, end);
      const length = this.carryLength;
      this.carryLength = 0;
      if (this.carryClipped) {
        this.carryClipped = false;
        this.clippedCount++;
      }
      this.sink(this.carry, 0, length, this.lineCount, overwritten);
      return;
    }
    if (chunk[start] === 0) {
      start = endOfNuls(chunk, start, end);
    }
    if (end - start > LINE_LIMIT) {
      this.clippedCount++;
      end = start + LINE_LIMIT;
    }
    this.sink(chunk, start, end, this.lineCount, overwritten);
  }

  private keep(chunk: Uint8Array, start: number, end = chunk.length): void {
    if (this.carryLength === 0 && chunk[start] === 0) {
      start = endOfNuls(chunk, start, end);
      this.afterHole = true;
    }
    const wanted = this.carryLength + end - start;
    const length = Math.min(wanted, LINE_LIMIT);
    if (wanted > LINE_LIMIT) {
      this.carryClipped = true;
    }
    if (length > this.carry.length) {
      this.carry = grown(this.carry, length);
    }
    this.carry.set(chunk.subarray(start, start + length - this.carryLength), this.carryLength);
    this.carryLength = length;
  }
}

function indexOrEnd(chunk: Uint8Array, byte: number, from: number): number {
  const index = chunk.indexOf(byte, from);
  return index < 0 ? chunk.length : index;
}

/**
 * The bytes as a plain array: who reads lines is given no subclass now and then, for which engines compile another form
 * of every loop, and throw away the one that they have.
 */
function plainView(chunk: Uint8Array): Uint8Array {
  return chunk.constructor === Uint8Array ? chunk : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
}
