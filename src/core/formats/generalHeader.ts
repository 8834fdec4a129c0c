import {
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  DOT,
  HASH,
  LESS,
  OPEN_BRACKET,
  OPEN_PAREN,
  PERCENT,
  PIPE,
  QUOTE,
  isDigit,
  isLetter,
  isSpace,
} from '../input/bytes';
import { AnyTime } from './anyTime';
import type { Chronology } from './chronology';
import { leadingLevel } from './leadingLevel';
import { levelOf, UNKNOWN_LEVEL } from './level';
import type { HeaderReader, RecordHeader } from './recordHeader';

/** Name of the format of lines that no entry of the catalogue fits. */
export const GENERAL_FORMAT = 'general';

/** Parts of a header, such as brackets and numbers, that are passed over in search of the level. */
const MAXIMUM_PARTS = 6;
/** Longest bracket that is taken for a part of the header. */
const LONGEST_PART = 96;

/**
 * Reads a header by rules where no format is known: a time of any usual form at the beginning of the line (perhaps in
 * brackets), then up to a level word that follows after brackets, numbers and separators alone. A line without a time
 * has no header here; see {@link readWithoutHeader}.
 */
export class GeneralHeader implements HeaderReader {
  private readonly anyTime = new AnyTime();

  constructor(private readonly chronology: Chronology) {}

  match(bytes: Uint8Array, start: number, end: number, header: RecordHeader): boolean {
    let position = start;
    while (position < end && isOpening(bytes[position])) {
      position++;
    }
    if (position >= end || position - start > 2) {
      return false;
    }
    position = this.anyTime.match(bytes, position, end);
    if (position < 0 || (position < end && (isDigit(bytes[position]) || isLetter(bytes[position])))) {
      return false;
    }
    header.clear(GENERAL_FORMAT, start, end);
    header.time = this.chronology.timeOf(this.anyTime.matcher);
    header.zone = this.anyTime.matcher.zone;
    this.takeParts(bytes, start, position, end, header);
    return true;
  }

  private takeParts(bytes: Uint8Array, start: number, position: number, end: number, header: RecordHeader): void {
    header.contentStart = skipSeparators(bytes, position, end);
    position = header.contentStart;
    for (let part = 0; part < MAXIMUM_PARTS && position < end; part++) {
      const bracket = bytes[position] === OPEN_BRACKET || bytes[position] === OPEN_PAREN;
      const partStart = bracket ? position + 1 : position;
      const partEnd = bracket ? closingOf(bytes, partStart, end) : wordEndOf(bytes, partStart, end);
      if (partEnd < 0) {
        break;
      }
      const level = levelOf(bytes, partStart, trimEnd(bytes, partStart, partEnd));
      if (!bracket && level < 0 && !isNumber(bytes, partStart, partEnd)) {
        break;
      }
      position = skipSeparators(bytes, bracket ? partEnd + 1 : partEnd, end);
      if (level >= 0) {
        header.level = level;
        header.contentStart = position;
        break;
      }
      // Brackets and numbers belong to the header only if a level follows.
    }
    if (header.contentStart >= end) {
      // A time alone is all there is to say.
      header.contentStart = start;
    }
    header.payloadStart = header.contentStart;
    if (header.level === UNKNOWN_LEVEL) {
      header.level = leadingLevel(bytes, header.contentStart, end);
    }
  }
}

/** Fills the header of a line that is a record as it stands: all of it is content, and a level may lead it. */
export function readWithoutHeader(bytes: Uint8Array, start: number, end: number, header: RecordHeader): void {
  header.clear(GENERAL_FORMAT, start, end);
  header.level = leadingLevel(bytes, start, end);
}

function isOpening(byte: number): boolean {
  return byte === OPEN_BRACKET || byte === OPEN_PAREN || byte === LESS || byte === QUOTE;
}

function skipSeparators(bytes: Uint8Array, position: number, end: number): number {
  while (position < end && SEPARATORS[bytes[position]] !== 0) {
    position++;
  }
  return position;
}

const SEPARATORS = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte > 0 && ' \t]):;,|->'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

function closingOf(bytes: Uint8Array, position: number, end: number): number {
  const limit = Math.min(end, position + LONGEST_PART);
  while (position < limit) {
    if (bytes[position] === CLOSE_BRACKET || bytes[position] === CLOSE_PAREN) {
      return position;
    }
    position++;
  }
  return -1;
}

function wordEndOf(bytes: Uint8Array, position: number, end: number): number {
  while (position < end && !isSpace(bytes[position]) && bytes[position] !== COLON && bytes[position] !== PIPE) {
    position++;
  }
  return position;
}

function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  while (end > start && isSpace(bytes[end - 1])) {
    end--;
  }
  return end;
}

function isNumber(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (!isDigit(bytes[i]) && bytes[i] !== DOT && bytes[i] !== PERCENT && bytes[i] !== HASH) {
      return false;
    }
  }
  return end > start;
}
