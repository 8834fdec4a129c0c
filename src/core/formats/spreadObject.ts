import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DASH,
  LOWER_F,
  LOWER_N,
  LOWER_T,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  isDigit,
  isSpace,
} from '../input/bytes';
import { grown } from '../numeric/columns';

/** The line is no part of the object, which breaks off before it. */
export const BROKEN = 0;
/** The object goes on with the next line. */
export const OPEN = 1;
/** The object is complete with the line. */
export const COMPLETE = 2;

/** Bytes and lines of the longest object that is put together, and how deep its members may be nested. */
const MOST_BYTES = 64 * 1024;
const MOST_LINES = 4096;
const DEEPEST = 64;

/**
 * Puts a JSON object together that is written over several lines. Its lines are held until it is complete, or breaks off: so
 * they are what a reader of single lines wants, one way or the other.
 */
export class SpreadObject {
  /** Lines that are held. */
  lines = 0;

  private held = new Uint8Array(1024);
  private length = 0;
  private readonly ends = new Uint32Array(MOST_LINES);
  /** The brackets that are open. */
  private readonly brackets = new Uint8Array(DEEPEST);
  private depth = 0;
  /** Whether the last line ended with the colon before a value. */
  private isValueNext = false;

  /** Forgets what is held. */
  clear(): void {
    this.lines = 0;
    this.length = 0;
    this.depth = 0;
    this.isValueNext = false;
  }

  /**
   * Takes a line that may begin the object, or go on with it.
   * @returns {@link BROKEN} if it does not, {@link OPEN} or {@link COMPLETE}; it is held but for the first
   */
  add(bytes: Uint8Array, start: number, end: number): number {
    const first = skipBlanks(bytes, start, end);
    const isFull = this.lines === MOST_LINES || this.length + end - start > MOST_BYTES;
    if (isFull || (first < end && !this.mayBegin(bytes[first])) || (first === end && this.lines === 0)) {
      return BROKEN;
    }
    const outcome = this.scan(bytes, first, end);
    if (outcome !== BROKEN) {
      if (this.length + end - start > this.held.length) {
        this.held = grown(this.held, this.length + end - start);
      }
      this.held.set(bytes.subarray(start, end), this.length);
      this.length += end - start;
      this.ends[this.lines++] = this.length;
    }
    return outcome;
  }

  /** One of the lines that are held, from 0. */
  line(index: number): Uint8Array {
    return this.held.subarray(index === 0 ? 0 : this.ends[index - 1], this.ends[index]);
  }

  /** The complete object on one line: each of its own stands there without the blanks around it. */
  joined(): Uint8Array {
    const text = new Uint8Array(this.length + this.lines);
    let length = 0;
    for (let i = 0; i < this.lines; i++) {
      const line = this.line(i);
      const from = skipBlanks(line, 0, line.length);
      let to = line.length;
      while (to > from && isSpace(line[to - 1])) {
        to--;
      }
      if (to > from) {
        text.set(line.subarray(from, to), length);
        length += to - from;
        text[length++] = SPACE;
      }
    }
    return text.subarray(0, text.lastIndexOf(CLOSE_BRACE, length) + 1);
  }

  /** Whether a line may begin with the byte, by what it would go on with. */
  private mayBegin(byte: number): boolean {
    const { depth } = this;
    if (depth === 0) {
      return byte === OPEN_BRACE;
    }
    const isMember = this.brackets[depth - 1] === OPEN_BRACE;
    return (
      byte === COMMA ||
      (this.isValueNext || !isMember
        ? mayBeginValue(byte) || byte === CLOSE_BRACKET
        : byte === QUOTE || byte === CLOSE_BRACE || byte === COLON)
    );
  }

  private scan(bytes: Uint8Array, position: number, end: number): number {
    let last = 0;
    for (; position < end; position++) {
      const byte = bytes[position];
      if (byte === QUOTE) {
        position = endOfString(bytes, position, end);
        if (position < 0) {
          return BROKEN;
        }
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (this.depth === DEEPEST) {
          return BROKEN;
        }
        this.brackets[this.depth++] = byte;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        const opening = byte === CLOSE_BRACE ? OPEN_BRACE : OPEN_BRACKET;
        if (this.depth === 0 || this.brackets[--this.depth] !== opening) {
          return BROKEN;
        }
        if (this.depth === 0) {
          return isRest(bytes, position + 1, end) ? COMPLETE : BROKEN;
        }
      }
      last = isSpace(byte) ? last : byte;
    }
    this.isValueNext = last === COLON || (last === 0 && this.isValueNext);
    return OPEN;
  }
}

/** Whether nothing is left of an array but brackets and commas, as it stands around the objects of a list. */
export function isRest(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (!isSpace(byte) && byte !== COMMA && byte !== OPEN_BRACKET && byte !== CLOSE_BRACKET) {
      return false;
    }
  }
  return true;
}

/**
 * Puts each object of a sample of lines on one.
 * @returns the lines but those of a last object that is not complete, and how many objects had several
 */
export function joinedObjects(lines: readonly Uint8Array[]): { lines: Uint8Array[]; spread: number } {
  const object = new SpreadObject();
  const joined: Uint8Array[] = [];
  let spread = 0;
  const giveUp = (): void => {
    for (let i = 0; i < object.lines; i++) {
      joined.push(object.line(i).slice());
    }
    object.clear();
  };
  for (const line of lines) {
    let outcome = object.add(line, 0, line.length);
    if (outcome === BROKEN && object.lines > 0) {
      giveUp();
      outcome = object.add(line, 0, line.length);
    }
    if (outcome === COMPLETE) {
      spread += object.lines > 1 ? 1 : 0;
      joined.push(object.joined());
      object.clear();
    } else if (outcome === BROKEN) {
      object.clear();
      joined.push(line);
    }
  }
  return { lines: joined, spread };
}

function endOfString(bytes: Uint8Array, position: number, end: number): number {
  for (position++; position < end && bytes[position] !== QUOTE; position++) {
    position += bytes[position] === BACKSLASH ? 1 : 0;
  }
  return position < end ? position : -1;
}

function mayBeginValue(byte: number): boolean {
  return (
    byte === QUOTE ||
    byte === OPEN_BRACE ||
    byte === OPEN_BRACKET ||
    byte === DASH ||
    byte === LOWER_T ||
    byte === LOWER_F ||
    byte === LOWER_N ||
    isDigit(byte)
  );
}

function skipBlanks(bytes: Uint8Array, position: number, end: number): number {
  while (position < end && isSpace(bytes[position])) {
    position++;
  }
  return position;
}
