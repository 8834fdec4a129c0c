import {
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
import { closingOf, isClosingBracket, isName, isUpper, leadEndOf, partLevel, wordEndOf } from './headerParts';
import { leadingLevel } from './leadingLevel';
import { namedLevel, UNKNOWN_LEVEL } from './level';
import type { HeaderReader, RecordHeader } from './recordHeader';
import { requestLevel } from './requestLevel';

/** Name of the format of lines that no entry of the catalogue fits. */
export const GENERAL_FORMAT = 'general';

/** Parts of a header, such as brackets and numbers, that are passed over in search of the level. */
const MAXIMUM_PARTS = 6;
/** Names without brackets among them. */
const MAXIMUM_NAMES = 3;
/** Most parts that may stand before the time. */
export const MAXIMUM_LEADS = 4;

/** What is known of the lines of a log that have a header by rules. */
export interface GeneralRules {
  /** Most parts that stand before the time. */
  leads: number;
  /** Whether they tell of requests to a server, so that their status is their level. */
  requests: boolean;
}

const NO_RULES: GeneralRules = { leads: 0, requests: false };

/**
 * Reads a header by rules where no format is known: a time of any usual form, perhaps in brackets or quotes, then a level
 * that follows after brackets, names, numbers and separators alone. The time begins the line, or follows a few words, as
 * many as the log is known to have there: of a host, a process, a level. A line without a time has no header here; see
 * {@link readWithoutHeader}.
 */
export class GeneralHeader implements HeaderReader {
  private readonly anyTime = new AnyTime();
  /** A time that is told once more. */
  private readonly again = new AnyTime();
  private level = UNKNOWN_LEVEL;
  /** Whether a bracket has been opened in which the header stands. */
  private inBracket = false;

  constructor(
    private readonly chronology: Chronology,
    private readonly rules: GeneralRules = NO_RULES,
  ) {}

  match(bytes: Uint8Array, start: number, end: number, header: RecordHeader): boolean {
    this.level = UNKNOWN_LEVEL;
    this.inBracket = false;
    let position = this.matchTime(bytes, this.skipOpenings(bytes, start, end, 2), end);
    for (let lead = 0; position < 0 && lead < this.rules.leads; lead++) {
      const from = lead === 0 ? this.skipOpenings(bytes, start, end, 2) : this.leadEnd;
      position = from < 0 ? -1 : this.matchLead(bytes, from, end);
      if (this.leadEnd < 0) {
        return false;
      }
    }
    if (position < 0) {
      return false;
    }
    header.clear(GENERAL_FORMAT, start, end);
    header.level = this.level;
    header.time = this.chronology.timeOf(this.anyTime.matcher);
    header.zone = this.anyTime.matcher.zone;
    this.takeParts(bytes, start, position, end, header);
    return true;
  }

  /** Where the part before the time ends that was passed over last, with what separates it from the next; −1 if it is none. */
  private leadEnd = -1;

  /** Passes over a part before the time, and gives the place after the time if that follows; −1 if not. */
  private matchLead(bytes: Uint8Array, start: number, end: number): number {
    const leadEnd = leadEndOf(bytes, start, end);
    if (leadEnd <= start) {
      this.leadEnd = -1;
      return -1;
    }
    const wordEnd = bytes[leadEnd - 1] === COLON ? leadEnd - 1 : leadEnd;
    const level = partLevel(bytes, start, wordEnd, false);
    this.level = level >= 0 ? level : this.level;
    let position = leadEnd;
    while (position < end && (SEPARATORS[bytes[position]] !== 0 || isOpening(bytes[position]))) {
      this.inBracket = isOpening(bytes[position]) || (this.inBracket && !isClosingBracket(bytes[position]));
      position++;
    }
    this.leadEnd = position;
    const after = this.matchTime(bytes, position, end);
    const { matcher } = this.anyTime;
    // Numbers and clocks in the midst of a text are rarely times of its record.
    const isSure = this.inBracket || (matcher.layout !== 'X' && (matcher.hasDate || this.level !== UNKNOWN_LEVEL));
    return isSure ? after : -1;
  }

  private skipOpenings(bytes: Uint8Array, start: number, end: number, most: number): number {
    let position = start;
    while (position < end && position - start < most && isOpening(bytes[position])) {
      this.inBracket = bytes[position] !== PIPE;
      position++;
      while (position < end && isSpace(bytes[position])) {
        position++;
      }
    }
    return position;
  }

  private matchTime(bytes: Uint8Array, position: number, end: number): number {
    const after = position < end ? this.anyTime.match(bytes, position, end) : -1;
    return after < 0 || (after < end && (isDigit(bytes[after]) || isLetter(bytes[after]))) ? -1 : after;
  }

  private takeParts(bytes: Uint8Array, start: number, position: number, end: number, header: RecordHeader): void {
    const quoted = bytes[start] === QUOTE;
    if (this.inBracket && !quoted && position < end && !isClosingBracket(bytes[position])) {
      position = this.leaveBracket(bytes, position, end, header);
    }
    position = this.skipSecondTime(bytes, this.skipSeparators(bytes, position, end, quoted), end, header);
    if (header.level !== UNKNOWN_LEVEL) {
      position = this.takeComponent(bytes, position, end, header);
    }
    header.contentStart = position;
    let names = 0;
    for (let part = 0; part < MAXIMUM_PARTS && position < end && header.level === UNKNOWN_LEVEL; part++) {
      const bracket = bytes[position] === OPEN_BRACKET || bytes[position] === OPEN_PAREN;
      const partStart = bracket ? position + 1 : position;
      const partEnd = bracket ? closingOf(bytes, partStart, end) : wordEndOf(bytes, partStart, end);
      if (partEnd < 0) {
        break;
      }
      const level = levelAt(bytes, partStart, partEnd, end, bracket, names);
      if (!bracket && level < 0 && !isNumber(bytes, partStart, partEnd)) {
        const isField = isName(bytes, partStart, partEnd) || (partEnd < end && !isSpace(bytes[partEnd]));
        if (++names > MAXIMUM_NAMES || !isField) {
          break;
        }
      }
      position = this.skipSeparators(bytes, bracket ? partEnd + 1 : partEnd, end, quoted);
      if (level >= 0) {
        header.level = level;
        header.contentStart = this.takeComponent(bytes, position, end, header);
      }
      // Brackets, names and numbers belong to the header only if a level follows.
    }
    if (header.contentStart >= end) {
      // A time alone is all there is to say.
      header.contentStart = start;
    }
    header.payloadStart = header.contentStart;
    if (header.level === UNKNOWN_LEVEL) {
      header.level = leadingLevel(bytes, header.contentStart, end);
    }
    if (header.level === UNKNOWN_LEVEL && this.rules.requests) {
      header.level = requestLevel(bytes, header.contentStart, end);
    }
  }

  /** Takes the level of what stands between the time and the end of its bracket; gives the place behind it. */
  private leaveBracket(bytes: Uint8Array, position: number, end: number, header: RecordHeader): number {
    let close = position;
    while (close < end && !isClosingBracket(bytes[close])) {
      close =
        bytes[close] === OPEN_PAREN || bytes[close] === OPEN_BRACKET ? closingOf(bytes, close + 1, end) + 1 : close + 1;
      if (close === 0 || close - position > LONGEST_REST) {
        return position;
      }
    }
    if (close >= end) {
      return position;
    }
    if (header.level === UNKNOWN_LEVEL) {
      header.level = Math.max(UNKNOWN_LEVEL, partLevel(bytes, position, close, true));
    }
    return close + 1;
  }

  /** Takes a bracket that a colon follows, `[FML]: …`, for the component; gives where the content begins. */
  private takeComponent(bytes: Uint8Array, position: number, end: number, header: RecordHeader): number {
    if (position < end && bytes[position] === OPEN_BRACKET) {
      const close = closingOf(bytes, position + 1, end);
      if (close > position + 1 && close + 1 < end && bytes[close + 1] === COLON) {
        header.componentStart = position + 1;
        header.componentEnd = close;
        return this.skipSeparators(bytes, close + 1, end, false);
      }
    }
    return position;
  }

  /** Skips a time that is told once more; it is the better one where the first names no day. */
  private skipSecondTime(bytes: Uint8Array, start: number, end: number, header: RecordHeader): number {
    const position = start < end && bytes[start] === OPEN_BRACKET ? start + 1 : start;
    if (position >= end || !isDigit(bytes[position])) {
      return start;
    }
    const after = this.again.match(bytes, position, end);
    const { matcher } = this.again;
    if (after < 0 || matcher.layout === 'X' || !matcher.hasYear || (after < end && isLetter(bytes[after]))) {
      return start;
    }
    if (!this.anyTime.matcher.hasDate) {
      header.time = this.chronology.timeOf(matcher);
      header.zone = matcher.zone;
    }
    return this.skipSeparators(bytes, after, end, false);
  }

  private skipSeparators(bytes: Uint8Array, position: number, end: number, quoted: boolean): number {
    while (position < end && (SEPARATORS[bytes[position]] !== 0 || (quoted && bytes[position] === QUOTE))) {
      position++;
    }
    return position;
  }
}

/** Longest text between a time and the end of its bracket. */
const LONGEST_REST = 96;

/** Fills the header of a line that is a record as it stands: all of it is content, and a level may lead it. */
export function readWithoutHeader(bytes: Uint8Array, start: number, end: number, header: RecordHeader): void {
  header.clear(GENERAL_FORMAT, start, end);
  header.level = leadingLevel(bytes, start, end);
}

function isOpening(byte: number): boolean {
  return byte === OPEN_BRACKET || byte === OPEN_PAREN || byte === LESS || byte === QUOTE || byte === PIPE;
}

const SEPARATORS = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte > 0 && ' \t]):;,|->'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

/** The level of a part; behind names that are no brackets only capitals or a colon tell it from a word of the message. */
function levelAt(
  bytes: Uint8Array,
  start: number,
  end: number,
  lineEnd: number,
  bracket: boolean,
  names: number,
): number {
  if (names === 0 || bracket) {
    return partLevel(bytes, start, end, bracket);
  }
  return isUpper(bytes, start, end) || (end < lineEnd && bytes[end] === COLON) ? namedLevel(bytes, start, end) : -1;
}

function isNumber(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (!isDigit(bytes[i]) && bytes[i] !== DOT && bytes[i] !== PERCENT && bytes[i] !== HASH) {
      return false;
    }
  }
  return end > start;
}
