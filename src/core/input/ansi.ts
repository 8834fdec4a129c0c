import {
  BACKSLASH,
  BELL,
  CARET,
  CLOSE_BRACKET,
  DELETE,
  ESC,
  OPEN_BRACKET,
  SPACE,
  TAB,
  UNDERSCORE,
  UPPER_P,
} from './bytes';
import { grown } from '../numeric/columns';

/**
 * Takes the escape sequences of terminals (ECMA-48: CSI, OSC and the short ones) and other control bytes out of a line.
 * The bytes stay valid until the next call; a line without them is given back as it is.
 */
export class AnsiCleaner {
  /** The cleaned line is `bytes[start…end)`. */
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;

  private buffer = new Uint8Array(1024);
  /** Lengths of what is kept and what is dropped, in turn. */
  private runs = new Int32Array(64);
  private runCount = 0;
  private sourceStart = 0;

  /** Cleans `bytes[start…end)`; returns whether there was anything to take out. */
  clean(bytes: Uint8Array, start: number, end: number): boolean {
    this.sourceStart = start;
    this.runCount = 0;
    let position = start;
    while (position < end && !isDropped(bytes[position])) {
      position++;
    }
    if (position === end) {
      this.bytes = bytes;
      this.start = start;
      this.end = end;
      return false;
    }
    if (this.buffer.length < end - start) {
      this.buffer = new Uint8Array(2 * (end - start));
    }
    const { buffer } = this;
    let length = 0;
    let keptFrom = start;
    while (position < end) {
      if (!isDropped(bytes[position])) {
        buffer[length++] = bytes[position++];
        continue;
      }
      if (keptFrom === start) {
        length = position - start;
        buffer.set(bytes.subarray(start, position));
      }
      const after = bytes[position] === ESC ? afterSequence(bytes, position, end) : position + 1;
      this.addRun(position - keptFrom, after - position);
      keptFrom = after;
      position = after;
    }
    this.bytes = buffer;
    this.start = 0;
    this.end = length;
    return true;
  }

  /** The place in the line as it is in the file of a place in the cleaned line. */
  sourceOf(place: number): number {
    if (this.runCount === 0) {
      return place;
    }
    let source = this.sourceStart;
    for (let i = 0; i < this.runCount; i += 2) {
      if (place < this.runs[i]) {
        break;
      }
      place -= this.runs[i];
      source += this.runs[i] + this.runs[i + 1];
    }
    return source + place;
  }

  private addRun(kept: number, dropped: number): void {
    if (this.runCount + 2 > this.runs.length) {
      this.runs = grown(this.runs);
    }
    this.runs[this.runCount++] = kept;
    this.runs[this.runCount++] = dropped;
  }
}

function isDropped(byte: number): boolean {
  return byte < SPACE ? byte !== TAB : byte === DELETE;
}

/** The place after the escape sequence at `position`; one that breaks off reaches to the end of what belongs to it. */
function afterSequence(bytes: Uint8Array, position: number, end: number): number {
  const kind = position + 1 < end ? bytes[position + 1] : 0;
  if (kind === OPEN_BRACKET) {
    position += 2;
    while (position < end && bytes[position] >= 0x20 && bytes[position] < 0x40) {
      position++;
    }
    return position < end && bytes[position] < 0x7f && bytes[position] >= 0x40 ? position + 1 : position;
  }
  if (kind === CLOSE_BRACKET || kind === UPPER_P || kind === UNDERSCORE || kind === CARET) {
    for (position += 2; position < end; position++) {
      if (bytes[position] === BELL) {
        return position + 1;
      }
      if (bytes[position] === ESC) {
        return position + 1 < end && bytes[position + 1] === BACKSLASH ? position + 2 : position;
      }
    }
    return end;
  }
  if (kind >= 0x20 && kind < 0x30) {
    return Math.min(end, position + 3);
  }
  return kind >= 0x30 && kind < 0x7f ? position + 2 : position + 1;
}
