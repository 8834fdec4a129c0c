import { fnvStep } from '../numeric/hash';
import {
  BACKSLASH,
  CASE_BIT,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DASH,
  DOT,
  LOWER_N,
  LOWER_R,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  UNDERSCORE,
  ZERO,
  isDigit,
  isLetter,
  isSpace,
} from '../input/bytes';
import { AnyTime, mayBeginTime } from './anyTime';
import type { Chronology } from './chronology';
import type { JsonFields, LevelScale } from './formatEntry';
import {
  DEBUG,
  ERROR,
  FATAL,
  INFO,
  gradedLevel,
  LETTER_LEVELS,
  levelOfSeverity,
  levelOfStatus,
  namedLevel,
  TRACE,
  UNKNOWN_LEVEL,
  WARN,
} from './level';
import type { HeaderReader, RecordHeader } from './recordHeader';
import { epochMilliseconds } from './timeMatcher';

const ROLES = ['message', 'level', 'time', 'component', 'source', 'trace'] as const;
const MESSAGE = 0;
const LEVEL = 1;
const TIME = 2;
const COMPONENT = 3;
const SOURCE = 4;
const TRACE_TEXT = 5;

/** Deepest nesting that is looked into for members; deeper objects are skipped as a whole. */
const MAXIMUM_DEPTH = 4;
const NONE = 99;
/**
 * Ranks of a role; those of members that only sound as if they said it come behind those that are named, and the status of
 * a request, or of something of a type, behind these.
 */
const RANKS = 64;
const SOUNDING_RANK = 40;
const STATUS_RANK = 50;
const STATUS = LEVEL * RANKS + STATUS_RANK;

/**
 * Reads a record that is a JSON object on one line: walks over its bytes once, without making objects or text, and
 * remembers where the members are that {@link JsonFields} names. Strings stay as they are written, with their escapes.
 *
 * A line that breaks off is a record if one of those members was found in it.
 */
export class JsonLine implements HeaderReader {
  /** Open addressing: hash of a member's path, its role × RANKS + rank, or −1 for an object to look into. */
  private readonly hashes = new Int32Array(512);
  private readonly marks = new Int16Array(512);
  private readonly ranks = new Int32Array(ROLES.length);
  private readonly starts = new Int32Array(ROLES.length);
  private readonly ends = new Int32Array(ROLES.length);
  private readonly parents = new Int32Array(MAXIMUM_DEPTH + 1);
  private readonly anyTime = new AnyTime();
  private readonly wanted: number;
  /** Whether members of any name are looked at, since no format says which there are. */
  private readonly isOpen: boolean;
  private members = 0;
  /** Whether the message is an array. */
  private hasArray = false;

  constructor(
    private readonly fields: JsonFields,
    private readonly format: string,
    private readonly chronology: Chronology,
  ) {
    this.isOpen = fields.requires.length === 0;
    let wanted = 0;
    ROLES.forEach((role, index) => {
      const paths = fields[role] ?? [];
      paths.forEach((path, rank) => this.addPath(path, index * RANKS + rank));
      wanted += paths.length > 0 && role !== 'trace' ? 1 << index : 0;
    });
    // Without a trace to look for, nothing more can be found once the best of each kind is there.
    this.wanted = fields.trace === undefined ? wanted : -1;
  }

  match(bytes: Uint8Array, start: number, end: number, header: RecordHeader): boolean {
    let position = skipBlanks(bytes, start, end);
    if (position >= end || bytes[position] !== OPEN_BRACE) {
      return false;
    }
    position = this.scan(bytes, position + 1, end);
    if (this.members === 0 || (position < 0 && this.ranks.every((rank) => rank === NONE))) {
      return false;
    }
    if (!this.isOpen && this.ranks[MESSAGE] === NONE && !this.hasArray) {
      return false;
    }
    this.fill(bytes, start, end, header);
    return true;
  }

  private fill(bytes: Uint8Array, start: number, end: number, header: RecordHeader): void {
    const { ranks, starts, ends } = this;
    header.clear(this.format, start, end);
    if (ranks[MESSAGE] !== NONE) {
      header.contentStart = starts[MESSAGE];
      header.contentEnd = trimEscapedLineEnd(bytes, starts[MESSAGE], ends[MESSAGE]);
    }
    header.payloadStart = header.contentStart;
    header.escaped = ranks[MESSAGE] !== NONE;
    header.unreadMessage = this.hasArray && !header.escaped;
    if (ranks[LEVEL] !== NONE) {
      header.level =
        ranks[LEVEL] >= STATUS_RANK && isDigit(bytes[starts[LEVEL]])
          ? levelOfStatus(bytes[starts[LEVEL]] - ZERO)
          : levelOfValue(bytes, starts[LEVEL], ends[LEVEL], this.fields.scale ?? 'words');
    }
    if (ranks[TIME] !== NONE) {
      this.takeTime(bytes, starts[TIME], ends[TIME], header);
    }
    if (ranks[COMPONENT] !== NONE) {
      header.componentStart = starts[COMPONENT];
      header.componentEnd = ends[COMPONENT];
    }
    if (ranks[SOURCE] !== NONE) {
      header.sourceStart = starts[SOURCE];
      header.sourceEnd = ends[SOURCE];
    }
    if (ranks[TRACE_TEXT] !== NONE) {
      header.traceStart = starts[TRACE_TEXT];
      header.traceEnd = ends[TRACE_TEXT];
    }
  }

  private takeTime(bytes: Uint8Array, start: number, end: number, header: RecordHeader): void {
    let digits = 0;
    let value = 0;
    while (digits < 20 && isDigit(bytes[start + digits]) && start + digits < end) {
      value = value * 10 + bytes[start + digits] - ZERO;
      digits++;
    }
    if (start + digits === end || bytes[start + digits] === DOT) {
      let fraction = 0;
      let unit = 0.1;
      for (let i = start + digits + 1; i < end && isDigit(bytes[i]); i++) {
        fraction += unit * (bytes[i] - ZERO);
        unit /= 10;
      }
      header.time = epochMilliseconds(value, digits, fraction);
      header.zone = 0;
    } else if (this.anyTime.match(bytes, start, end) >= 0) {
      header.time = this.chronology.timeOf(this.anyTime.matcher);
      header.zone = this.anyTime.matcher.zone;
    }
  }

  /** Walks over the object after its brace; returns the place after it, or −1 if it breaks off. */
  private scan(bytes: Uint8Array, position: number, end: number): number {
    const { parents, ranks } = this;
    ranks.fill(NONE);
    this.members = 0;
    this.hasArray = false;
    let found = 0;
    let depth = 0;
    parents[0] = 0;
    for (;;) {
      position = skipBlanks(bytes, position, end);
      if (position >= end) {
        return -1;
      }
      const byte = bytes[position];
      if (byte === COMMA) {
        position++;
        continue;
      }
      if (byte === CLOSE_BRACE) {
        position++;
        if (depth-- === 0) {
          return position;
        }
        continue;
      }
      if (byte !== QUOTE) {
        return -1;
      }
      let hash = parents[depth];
      const keyStart = position + 1;
      let keyEnd = keyStart;
      while (keyEnd < end && bytes[keyEnd] !== QUOTE) {
        hash = keyStep(hash, bytes[keyEnd]);
        keyEnd += bytes[keyEnd] === BACKSLASH ? 2 : 1;
      }
      position = skipBlanks(bytes, keyEnd + 1, end);
      if (position >= end || bytes[position] !== COLON) {
        return -1;
      }
      position = skipBlanks(bytes, position + 1, end);
      if (position >= end) {
        return -1;
      }
      let mark = this.markOf(hash);
      const first = bytes[position];
      if (first === OPEN_BRACE && (mark === -1 || this.isOpen) && depth < MAXIMUM_DEPTH) {
        parents[++depth] = fnvStep(hash, DOT);
        position++;
        continue;
      }
      const text = first === QUOTE;
      const valueStart = text ? position + 1 : position;
      if (mark === -2 && this.isOpen) {
        mark = soundingMark(bytes, keyStart, keyEnd, valueStart, end, depth);
      }
      position = skipValue(bytes, position, end);
      // What breaks off within a value still counts: it is the line's end.
      const after = position < 0 ? end : position;
      if (mark >= 0 && first !== OPEN_BRACE && first !== OPEN_BRACKET) {
        found |= this.take(mark, valueStart, text && position >= 0 ? after - 1 : after, text);
      }
      this.hasArray ||= first === OPEN_BRACKET && mark === MESSAGE * RANKS;
      this.members++;
      if (position < 0) {
        return -1;
      }
      if (found === this.wanted) {
        return position;
      }
    }
  }

  /** Remembers a member; returns the bit of its role if no better one can come. */
  private take(mark: number, start: number, end: number, text: boolean): number {
    const role = Math.floor(mark / RANKS);
    const rank = mark % RANKS;
    if (rank < this.ranks[role] && (role !== MESSAGE || text) && end > start) {
      this.ranks[role] = rank;
      this.starts[role] = start;
      this.ends[role] = end;
      return rank === 0 ? 1 << role : 0;
    }
    return 0;
  }

  private addPath(path: string, mark: number): void {
    let hash = 0;
    const bytes = new TextEncoder().encode(path);
    bytes.forEach((byte) => {
      if (byte === DOT) {
        this.setMark(hash, -1);
      }
      hash = keyStep(hash, byte);
    });
    this.setMark(hash, mark);
  }

  private setMark(hash: number, mark: number): void {
    const slot = this.slotOf(hash);
    if (this.marks[slot] === 0) {
      this.hashes[slot] = hash;
      this.marks[slot] = mark === -1 ? -1 : mark + 1;
    }
  }

  /** Role and rank of a member, −1 for an object to look into, −2 for anything else. */
  private markOf(hash: number): number {
    const mark = this.marks[this.slotOf(hash)];
    return mark === 0 ? -2 : mark === -1 ? -1 : mark - 1;
  }

  private slotOf(hash: number): number {
    let slot = (hash ^ (hash >>> 9)) & 511;
    while (this.marks[slot] !== 0 && this.hashes[slot] !== hash) {
      slot = (slot + 1) & 511;
    }
    return slot;
  }
}

/** Capitals and small letters are alike in names of members, and `log_level` is `logLevel`. */
const FOLDED = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === UNDERSCORE || byte === DASH ? 0 : isLetter(byte) ? byte | CASE_BIT : byte,
);

function keyStep(hash: number, byte: number): number {
  return FOLDED[byte] === 0 ? hash : fnvStep(hash, FOLDED[byte]);
}

/** How names of members end that sound like a time, a level or a status, as they are folded. */
const SOUNDS = [
  ...['datetime', 'timestamp', 'time', 'date', 'tsms', 'timems', 'timens'].map((end) => ({
    end,
    mark: TIME * RANKS + SOUNDING_RANK,
  })),
  ...['level', 'severity'].map((end) => ({ end, mark: LEVEL * RANKS + SOUNDING_RANK })),
  ...['status', 'statuscode', 'type'].map((end) => ({ end, mark: STATUS })),
].map(({ end, mark }) => ({ end: new TextEncoder().encode(end), mark }));

/** Bytes with which such names may end: a first look that spares most of them. */
const LAST_LETTERS = FOLDED.map((folded) => (folded === 0 || SOUNDS.some(({ end }) => end.at(-1) === folded) ? 1 : 0));

/** Role and rank of a member whose name and value sound as if it said the time or the level; −2 for any other. */
function soundingMark(
  bytes: Uint8Array,
  keyStart: number,
  keyEnd: number,
  valueStart: number,
  end: number,
  depth: number,
): number {
  if (LAST_LETTERS[bytes[keyEnd - 1]] === 0) {
    return -2;
  }
  for (const sound of SOUNDS) {
    let at = sound.end.length - 1;
    for (let i = keyEnd - 1; i >= keyStart && at >= 0; i--) {
      const byte = FOLDED[bytes[i]];
      if (byte !== 0 && byte !== sound.end[at--]) {
        at = NONE;
        break;
      }
    }
    if (at < 0 && fits(sound.mark, bytes, valueStart, end)) {
      return (
        sound.mark + depth + (keyEnd - keyStart > sound.end.length && sound.mark !== STATUS ? MAXIMUM_DEPTH + 1 : 0)
      );
    }
  }
  return -2;
}

/** Whether the value at the place is what a member should have that sounds as the mark says. */
function fits(mark: number, bytes: Uint8Array, valueStart: number, end: number): boolean {
  if (mark === STATUS) {
    return isStatusValue(bytes, valueStart, end);
  }
  // A number of seconds that something took has less digits than a time.
  return mark < STATUS
    ? isLetter(bytes[valueStart])
    : valueStart + 8 < end && mayBeginTime(bytes, valueStart, end) && hasDigits(bytes, valueStart, end);
}

/** Whether it is a status of HTTP, or a word that is a level; an alert or a trace is a kind of thing too. */
function isStatusValue(bytes: Uint8Array, start: number, end: number): boolean {
  let valueEnd = start;
  while (valueEnd < end && isDigit(bytes[valueEnd])) {
    valueEnd++;
  }
  if (valueEnd > start) {
    const hundreds = bytes[start] - ZERO;
    return valueEnd === start + 3 && hundreds >= 1 && hundreds <= 5 && bytes[valueEnd] !== DOT;
  }
  while (valueEnd < end && isLetter(bytes[valueEnd])) {
    valueEnd++;
  }
  const level = namedLevel(bytes, start, valueEnd);
  return valueEnd < end && bytes[valueEnd] === QUOTE && level >= DEBUG && level <= ERROR;
}

/** Whether there are eight digits or more among what may be a time. */
function hasDigits(bytes: Uint8Array, start: number, end: number): boolean {
  let digits = 0;
  for (let i = start; i < end && i < start + 24; i++) {
    if (bytes[i] === QUOTE || bytes[i] === COMMA || bytes[i] === CLOSE_BRACE || bytes[i] === DOT) {
      break;
    }
    digits += isDigit(bytes[i]) ? 1 : 0;
  }
  return digits >= 8;
}

/** The place after the value at `position`, or −1 if it breaks off. */
function skipValue(bytes: Uint8Array, position: number, end: number): number {
  const first = bytes[position];
  if (first === QUOTE) {
    return skipString(bytes, position, end);
  }
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) {
    while (
      position < end &&
      bytes[position] !== COMMA &&
      bytes[position] !== CLOSE_BRACE &&
      !isSpace(bytes[position])
    ) {
      position++;
    }
    return position < end ? position : -1;
  }
  let depth = 0;
  while (position < end) {
    const byte = bytes[position];
    if (byte === QUOTE) {
      position = skipString(bytes, position, end);
      if (position < 0) {
        return -1;
      }
      continue;
    }
    position++;
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth++;
    } else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) {
      return position;
    }
  }
  return -1;
}

function skipString(bytes: Uint8Array, position: number, end: number): number {
  for (position++; position < end; position++) {
    const byte = bytes[position];
    if (byte === QUOTE) {
      return position + 1;
    }
    if (byte === BACKSLASH) {
      position++;
    }
  }
  return -1;
}

function skipBlanks(bytes: Uint8Array, position: number, end: number): number {
  while (position < end && isSpace(bytes[position])) {
    position++;
  }
  return position;
}

/** Container runtimes keep the line's end in the message, as `\n`. */
function trimEscapedLineEnd(bytes: Uint8Array, start: number, end: number): number {
  while (
    end - start >= 2 &&
    bytes[end - 2] === BACKSLASH &&
    (bytes[end - 1] === LOWER_N || bytes[end - 1] === LOWER_R)
  ) {
    end -= 2;
  }
  return end;
}

/** The level that a value stands for, written as a word, a letter or a number; of several words by the first. */
export function levelOfValue(bytes: Uint8Array, start: number, end: number, scale: LevelScale): number {
  start = skipBlanks(bytes, start, end);
  if (end <= start) {
    return UNKNOWN_LEVEL;
  }
  if (!isDigit(bytes[start])) {
    let wordEnd = start + 1;
    while (wordEnd < end && !isSpace(bytes[wordEnd])) {
      wordEnd++;
    }
    if (wordEnd - start === 1) {
      return wordEnd < end ? UNKNOWN_LEVEL : Math.max(UNKNOWN_LEVEL, LETTER_LEVELS[bytes[start] & 0xdf]);
    }
    wordEnd -= isDigit(bytes[wordEnd - 1]) ? 1 : 0;
    return Math.max(UNKNOWN_LEVEL, gradedLevel(bytes, start, wordEnd));
  }
  let value = 0;
  for (let i = start; i < end && isDigit(bytes[i]) && value < 1000; i++) {
    value = value * 10 + bytes[i] - ZERO;
  }
  switch (scale) {
    case 'syslog':
      return levelOfSeverity(value);
    case 'severityNumber':
      // OpenTelemetry, "Logs Data Model", field SeverityNumber: four numbers a level.
      return value < 1 || value > 24 ? UNKNOWN_LEVEL : [TRACE, DEBUG, INFO, WARN, ERROR, FATAL][(value - 1) >> 2];
    case 'zeroToFour':
      return [DEBUG, INFO, WARN, ERROR, FATAL][value] ?? UNKNOWN_LEVEL;
    case 'pino':
    case 'words':
      return value < 10 || value > 60
        ? UNKNOWN_LEVEL
        : [TRACE, DEBUG, INFO, WARN, ERROR, FATAL][Math.floor(value / 10) - 1];
  }
}
