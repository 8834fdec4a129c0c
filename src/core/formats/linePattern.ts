import {
  BACKSLASH,
  CLOSE_BRACKET,
  COLON,
  DASH,
  DOLLAR,
  DOT,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  TAB,
  ZERO,
  isDigit,
  isLetterByte,
  isSpace,
} from '../input/bytes';
import type { Chronology } from './chronology';
import {
  DEBUG,
  ERROR,
  gradedLevel,
  INFO,
  LETTER_LEVELS,
  levelOf,
  levelOfSeverity,
  levelOfStatus,
  levelOfTen,
  UNKNOWN_LEVEL,
  WARN,
} from './level';
import { sourceFieldOf, type HeaderReader, type RecordHeader } from './recordHeader';
import { TimeMatcher } from './timeMatcher';

/** A line pattern that cannot be compiled: a fault of the catalogue. */
export class LinePatternError extends Error {}

const LITERAL = 0;
const WORD = 1;
const TEXT = 2;
const NAME = 3;
const DIGITS = 4;
const HEX = 5;
const LEVEL = 6;
const LETTER = 7;
const TIME = 8;
const ONE_OF = 9;
const STATUS = 10;
const PRIORITY = 11;
const QUOTED = 12;
const DATA = 13;
const CONTENT = 14;
const OPTION = 15;
const DOTTED = 16;
const POD = 17;
const GRADE = 18;

const KINDS: Record<string, number> = {
  word: WORD,
  text: TEXT,
  name: NAME,
  dotted: DOTTED,
  pod: POD,
  digits: DIGITS,
  hex: HEX,
  level: LEVEL,
  letter: LETTER,
  time: TIME,
  in: ONE_OF,
  status: STATUS,
  priority: PRIORITY,
  grade: GRADE,
  quoted: QUOTED,
  data: DATA,
  content: CONTENT,
};

/** Stands in a literal for exactly one blank; a plain blank takes all there are. */
const ONE_BLANK = 0;
const BLANKS = 0x20;

interface Step {
  op: number;
  /** Index of the field, −1 for a literal or option. */
  field: number;
  literal: Uint8Array;
  /** WORD and TEXT reach to the first of these. */
  until: readonly Uint8Array[];
  /** First bytes of `until`. */
  stops: Uint8Array;
  time: TimeMatcher | undefined;
  words: readonly Uint8Array[];
  /** Levels of these words. */
  levels: readonly number[];
  /** OPTION: the step after it. */
  after: number;
}

/**
 * The header of a line as a pattern of literal text and fields, compiled to a matcher that works on bytes, runs in
 * linear time and allocates nothing.
 *
 * - `<name>` is a word: it reaches to what follows it in the pattern and holds no blank. `<name:kind>` is of a kind:
 *   `word`, `text` (may hold blanks), `name` (letters, digits, `_.$/-`),
 *   `dotted` (a word with `.`, `:` or `$` in it), `pod` (a name with two dashes in it), `digits`, `hex`, `level` (a level word),
 *   `letter` (a level letter), `in a|b` (one of these words), `status` (of HTTP; 5xx is an error), `priority` (of
 *   syslog), `grade` (of severity, 0 to 10 or a word), `quoted` (up to the closing quote), `data` (structured data of RFC 5424).
 * - `<time:layout>` is a time, see TimeMatcher; `<level>` and `<content>` are of their own kinds. The content reaches to
 *   the end of the line, and what stands behind it in the pattern must be found in it.
 * - A blank stands for one or more blanks or tabs, or the end of the line; `~` for exactly one blank; `{…}` for a part
 *   that may be missing; `\` takes away the meaning of the next character.
 */
export class LinePattern implements HeaderReader {
  /** Names of the fields in order. */
  readonly names: readonly string[];

  /** Bytes with which a line may begin to have it, 256 entries: a first look that spares most attempts. */
  readonly firstBytes: Uint8Array;

  private readonly steps: readonly Step[];
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly component: number;
  private readonly source: number;
  private readonly level: number;

  /**
   * @param pattern see above
   * @param format name that its records bear
   * @param chronology of the log that is read
   * @throws LinePatternError if the pattern is malformed
   */
  constructor(
    readonly pattern: string,
    private readonly format: string,
    private readonly chronology: Chronology,
  ) {
    const { steps, names } = compile(pattern);
    this.steps = steps;
    this.firstBytes = firstBytesOf(steps, 0);
    this.names = names;
    this.starts = new Int32Array(names.length);
    this.ends = new Int32Array(names.length);
    this.component = names.indexOf('component');
    this.source = sourceFieldOf(names);
    this.level = names.indexOf('level');
  }

  match(bytes: Uint8Array, start: number, end: number, header: RecordHeader): boolean {
    const { steps, starts, ends } = this;
    const { length } = steps;
    if (start < end && this.firstBytes[bytes[start]] === 0) {
      return false;
    }
    let position = start;
    let level = UNKNOWN_LEVEL;
    let contentStart = -1;
    let time: TimeMatcher | undefined;
    // The last option that was begun: if what follows fails, it is left out instead, once.
    let option = -1;
    let optionStart = -1;
    for (let i = 0; i < length; i++) {
      const step = steps[i];
      const { op } = step;
      if (op === OPTION) {
        option = i;
        optionStart = position;
        continue;
      }
      let after: number;
      if (op === LITERAL) {
        after = skipLiteral(bytes, position, end, step.literal);
      } else {
        after = matchField(step, bytes, position, end);
        starts[step.field] = position;
        ends[step.field] = after;
        switch (op) {
          case LEVEL:
          case GRADE:
            level = after < 0 ? level : matchedLevel;
            break;
          case LETTER:
            level = after < 0 ? level : LETTER_LEVELS[bytes[position]];
            break;
          case STATUS:
            level = after < 0 ? level : levelOfStatus(bytes[position] - ZERO);
            break;
          case PRIORITY:
            level = after < 0 ? level : severityOf(bytes, position, after);
            break;
          case ONE_OF:
            if (step.field === this.level && after >= 0) {
              level = matchedLevel;
            }
            break;
          case TIME:
            time = after < 0 ? time : step.time;
            break;
          case CONTENT:
            contentStart = position;
            ends[step.field] = end;
            break;
          default:
        }
      }
      if (after >= 0) {
        position = after;
      } else if (option >= 0) {
        i = steps[option].after - 1;
        for (let j = option; j <= i; j++) {
          forget(steps[j], starts, ends, optionStart);
        }
        position = optionStart;
        option = -1;
      } else {
        return false;
      }
    }
    header.clear(this.format, start, end);
    header.level = level;
    if (time !== undefined) {
      header.time = this.chronology.timeOf(time);
      header.zone = time.zone;
    }
    header.contentStart = contentStart < 0 ? position : contentStart;
    header.payloadStart = header.contentStart;
    header.names = this.names;
    header.starts = starts;
    header.ends = ends;
    if (this.component >= 0) {
      header.componentStart = starts[this.component];
      header.componentEnd = ends[this.component];
    }
    if (this.source >= 0) {
      header.sourceStart = starts[this.source];
      header.sourceEnd = ends[this.source];
    }
    return true;
  }
}

function forget(step: Step, starts: Int32Array, ends: Int32Array, position: number): void {
  if (step.field >= 0) {
    starts[step.field] = position;
    ends[step.field] = position;
  }
}

/** The level of the LEVEL or ONE_OF that was matched last. */
let matchedLevel = UNKNOWN_LEVEL;

/** The place after the field, or −1. */
function matchField(step: Step, bytes: Uint8Array, position: number, end: number): number {
  switch (step.op) {
    case WORD:
    case TEXT:
      return matchText(step, bytes, position, end);
    case DOTTED: {
      const after = matchText(step, bytes, position, end);
      return after >= 0 && isDotted(bytes, position, after) ? after : -1;
    }
    case NAME:
    case DIGITS:
    case HEX: {
      const set = step.op === NAME ? NAME_BYTES : step.op === DIGITS ? DIGIT_BYTES : HEX_BYTES;
      const start = position;
      while (position < end && set[bytes[position]] !== 0) {
        position++;
      }
      return position > start ? position : -1;
    }
    case POD: {
      let dashes = 0;
      for (; position < end && NAME_BYTES[bytes[position]] !== 0; position++) {
        dashes += bytes[position] === DASH ? 1 : 0;
      }
      return dashes >= 2 ? position : -1;
    }
    case LEVEL: {
      const start = position;
      while (position < end && isLetterByte(bytes[position])) {
        position++;
      }
      matchedLevel = levelOf(bytes, start, position);
      if (matchedLevel < 0) {
        return -1;
      }
      // Some systems number the levels of debugging.
      return position < end && isDigit(bytes[position]) ? position + 1 : position;
    }
    case GRADE: {
      const after = matchText(step, bytes, position, end);
      matchedLevel = after < 0 ? UNKNOWN_LEVEL : gradeOf(bytes, position, after);
      return after;
    }
    case LETTER:
      return position < end && LETTER_LEVELS[bytes[position]] >= 0 ? position + 1 : -1;
    case TIME:
      return step.time!.match(bytes, position, end);
    case ONE_OF:
      for (let i = 0; i < step.words.length; i++) {
        if (startsWith(bytes, position, end, step.words[i])) {
          matchedLevel = step.levels[i];
          return position + step.words[i].length;
        }
      }
      return -1;
    case STATUS:
      return position + 3 <= end && isStatus(bytes, position, end) ? position + 3 : -1;
    case PRIORITY: {
      const start = position;
      while (position < end && position - start < 3 && isDigit(bytes[position])) {
        position++;
      }
      return position > start ? position : -1;
    }
    case QUOTED:
      while (position < end && bytes[position] !== QUOTE) {
        position += bytes[position] === BACKSLASH ? 2 : 1;
      }
      return position < end ? position : -1;
    case DATA:
      return matchData(bytes, position, end);
    default:
      return position;
  }
}

function matchText(step: Step, bytes: Uint8Array, start: number, end: number): number {
  const { stops, until } = step;
  const word = step.op !== TEXT;
  let position = start;
  for (; position < end; position++) {
    const byte = bytes[position];
    if (stops[byte] !== 0) {
      for (let i = 0; i < until.length; i++) {
        if (skipLiteral(bytes, position, end, until[i]) >= 0) {
          return position > start ? position : -1;
        }
      }
    }
    if (word && isSpace(byte)) {
      return -1;
    }
  }
  // At the end of the line only what may be missing can follow.
  const complete = until.length === 0 || until.some((literal) => skipLiteral(bytes, end, end, literal) >= 0);
  return complete && position > start ? position : -1;
}

function isDotted(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start + 1; i < end; i++) {
    if (bytes[i] === DOT || bytes[i] === COLON || bytes[i] === DOLLAR) {
      return true;
    }
  }
  return false;
}

/** Structured data of RFC 5424, section 6.3: `-` or elements in brackets. */
function matchData(bytes: Uint8Array, position: number, end: number): number {
  if (position < end && bytes[position] === DASH) {
    return position + 1;
  }
  const start = position;
  while (position < end && bytes[position] === OPEN_BRACKET) {
    let quoted = false;
    for (; position < end && (quoted || bytes[position] !== CLOSE_BRACKET); position++) {
      if (bytes[position] === BACKSLASH) {
        position++;
      } else if (bytes[position] === QUOTE) {
        quoted = !quoted;
      }
    }
    if (position >= end) {
      return -1;
    }
    position++;
  }
  return position > start ? position : -1;
}

function isStatus(bytes: Uint8Array, position: number, end: number): boolean {
  const first = bytes[position];
  return (
    first >= 0x31 &&
    first <= 0x35 &&
    isDigit(bytes[position + 1]) &&
    isDigit(bytes[position + 2]) &&
    (position + 3 === end || !isDigit(bytes[position + 3]))
  );
}

function gradeOf(bytes: Uint8Array, start: number, end: number): number {
  return DIGIT_BYTES[bytes[start]] !== 0
    ? levelOfTen(numberOf(bytes, start, end))
    : Math.max(UNKNOWN_LEVEL, gradedLevel(bytes, start, end));
}

function numberOf(bytes: Uint8Array, start: number, end: number): number {
  let number = 0;
  for (let i = start; i < end; i++) {
    number = number * 10 + bytes[i] - ZERO;
  }
  return number;
}

function severityOf(bytes: Uint8Array, start: number, end: number): number {
  const level = levelOfSeverity(numberOf(bytes, start, end) & 7);
  // Everything is "informational" where a program does not care: only the other severities say something.
  return level === INFO || level === DEBUG ? UNKNOWN_LEVEL : level;
}

/** Signs that stand for levels: of Windows' setup, of Redis, and of Ceph, which has a number where most have a word. */
const SIGN_LEVELS: Record<string, number> = {
  '!': WARN,
  '!!!': ERROR,
  '.': DEBUG,
  '-': DEBUG,
  '*': INFO,
  '#': WARN,
  '-1': ERROR,
};

/** The level of a word or sign that a pattern lists. */
function levelOfChoice(word: string): number {
  const bytes = new TextEncoder().encode(word);
  return SIGN_LEVELS[word] ?? Math.max(UNKNOWN_LEVEL, levelOf(bytes, 0, bytes.length));
}

/**
 * The place after the literal, or −1. A blank takes all blanks and tabs; as the literal's last character it also takes
 * the end of the line, which editors and writers like to strip.
 */
function skipLiteral(bytes: Uint8Array, position: number, end: number, literal: Uint8Array): number {
  for (let i = 0; i < literal.length; i++) {
    const wanted = literal[i];
    if (wanted === BLANKS) {
      if (position >= end) {
        return i === literal.length - 1 ? position : -1;
      }
      if (!isSpace(bytes[position])) {
        return -1;
      }
      do {
        position++;
      } while (position < end && isSpace(bytes[position]));
    } else if (wanted === ONE_BLANK) {
      if (position >= end) {
        return i === literal.length - 1 ? position : -1;
      }
      if (!isSpace(bytes[position])) {
        return -1;
      }
      position++;
    } else {
      if (position >= end || bytes[position] !== wanted) {
        return -1;
      }
      position++;
    }
  }
  return position;
}

function startsWith(bytes: Uint8Array, position: number, end: number, word: Uint8Array): boolean {
  if (position + word.length > end) {
    return false;
  }
  for (let i = 0; i < word.length; i++) {
    if (bytes[position + i] !== word[i]) {
      return false;
    }
  }
  return true;
}

/** Bytes with which what begins at a step may begin. */
function firstBytesOf(steps: readonly Step[], from: number): Uint8Array {
  const step = steps[from];
  if (step === undefined) {
    return ANY_BYTES;
  }
  switch (step.op) {
    case OPTION: {
      const without = firstBytesOf(steps, step.after);
      return firstBytesOf(steps, from + 1).map((may, byte) => may | without[byte]);
    }
    case LITERAL: {
      const first = step.literal[0];
      const blank = first === BLANKS || first === ONE_BLANK;
      return byteSet(blank ? /[ \t]/ : new RegExp(`\\x${first.toString(16).padStart(2, '0')}`));
    }
    case TIME:
      return /^[yMdHmsSjX]/.test(step.time!.layout) && !step.time!.layout.startsWith('MMM') ? DIGIT_BYTES : ANY_BYTES;
    case DIGITS:
      return DIGIT_BYTES;
    case LEVEL:
      return LEVEL_BYTES;
    case LETTER:
      return LETTER_BYTES;
    case NAME:
      return NAME_BYTES;
    case ONE_OF: {
      const firsts = new Uint8Array(256);
      step.words.forEach(([first]) => (firsts[first] = 1));
      return firsts;
    }
    default:
      return ANY_BYTES;
  }
}

function byteSet(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) =>
    byte < 0x80 && pattern.test(String.fromCharCode(byte)) ? 1 : 0,
  );
}

const NAME_BYTES = byteSet(/[\w.$/-]/);
const DIGIT_BYTES = byteSet(/[0-9]/);
const LETTER_BYTES = byteSet(/[A-Za-z]/);
const LEVEL_BYTES = LETTER_BYTES.map((is, byte) => (byte >= 0x80 ? 1 : is));
const ANY_BYTES = new Uint8Array(256).fill(1);
const HEX_BYTES = byteSet(/[0-9a-fA-F]/);

interface Node {
  literal?: string;
  field?: { name: string; kind: string; argument: string };
  option?: Node[];
}

function compile(pattern: string): { steps: Step[]; names: string[] } {
  const nodes = parse(pattern);
  const steps: Step[] = [];
  const names: string[] = [];
  const emit = (list: readonly Node[], following: readonly Node[]): void => {
    list.forEach((node, i) => {
      const rest = [...list.slice(i + 1), ...following];
      if (node.option !== undefined) {
        const option = { ...EMPTY_STEP, op: OPTION };
        steps.push(option);
        emit(node.option, rest);
        option.after = steps.length;
      } else if (node.literal !== undefined) {
        steps.push({ ...EMPTY_STEP, op: LITERAL, literal: encodeLiteral(node.literal) });
      } else if (node.field !== undefined) {
        steps.push(fieldStep(node.field, names, literalsAfter(rest), pattern));
      }
    });
  };
  emit(nodes, []);
  return { steps, names };
}

const EMPTY_STEP: Step = {
  op: LITERAL,
  field: -1,
  literal: new Uint8Array(0),
  until: [],
  stops: new Uint8Array(256),
  time: undefined,
  words: [],
  levels: [],
  after: 0,
};

function fieldStep(
  { name, kind, argument }: { name: string; kind: string; argument: string },
  names: string[],
  until: Uint8Array[],
  pattern: string,
): Step {
  const op = KINDS[kind];
  if (op === undefined) {
    throw new LinePatternError(`The line pattern "${pattern}" has a field of an unknown kind "${kind}".`);
  }
  let field = names.indexOf(name);
  if (field < 0) {
    field = names.push(name) - 1;
  }
  const stops = new Uint8Array(256);
  for (const literal of until) {
    for (const first of literal[0] === BLANKS || literal[0] === ONE_BLANK ? [SPACE, TAB] : [literal[0]]) {
      stops[first] = 1;
    }
  }
  const encoder = new TextEncoder();
  const choices = op === ONE_OF ? argument.split('|') : [];
  return {
    op,
    field,
    literal: EMPTY_STEP.literal,
    until,
    stops,
    time: op === TIME ? new TimeMatcher(argument) : undefined,
    words: choices.map((word) => encoder.encode(word)),
    levels: choices.map(levelOfChoice),
    after: 0,
  };
}

/** The literals that may come directly after a field. */
function literalsAfter(rest: readonly Node[]): Uint8Array[] {
  const [next, ...others] = rest;
  if (next === undefined || next.field !== undefined) {
    return [];
  }
  if (next.literal !== undefined) {
    return [encodeLiteral(next.literal)];
  }
  return [...literalsAfter(next.option ?? []), ...literalsAfter(others)];
}

function encodeLiteral(literal: string): Uint8Array {
  return new TextEncoder().encode(literal);
}

function parse(pattern: string): Node[] {
  const top: Node[] = [];
  let list = top;
  const token = /\\(.)|\{|\}|<time:([^>]+)>|<([A-Za-z]\w*)(?::(\w+)(?: ([^>]*))?)?>|~|([^\\{}<~])/gsy;
  let literal = '';
  const flush = (): void => {
    if (literal !== '') {
      list.push({ literal });
      literal = '';
    }
  };
  while (token.lastIndex < pattern.length) {
    const from = token.lastIndex;
    const match = token.exec(pattern);
    if (match === null) {
      throw new LinePatternError(`The line pattern "${pattern}" cannot be read from "${pattern.slice(from)}" on.`);
    }
    const [text, escaped, time, name, kind, argument, plain] = match;
    if (escaped !== undefined || plain !== undefined) {
      literal += escaped ?? plain;
    } else if (text === '~') {
      literal += '\0';
    } else if (text === '{') {
      flush();
      if (list !== top) {
        throw new LinePatternError(`The line pattern "${pattern}" has an option within an option.`);
      }
      list = [];
      top.push({ option: list });
    } else if (text === '}') {
      flush();
      list = top;
    } else {
      flush();
      list.push({ field: fieldOf(time, name, kind, argument) });
    }
  }
  flush();
  return top;
}

function fieldOf(
  time: string | undefined,
  name: string,
  kind: string | undefined,
  argument = '',
): { name: string; kind: string; argument: string } {
  if (time !== undefined) {
    return { name: 'time', kind: 'time', argument: time };
  }
  return { name, kind: kind ?? (name === 'level' || name === 'content' ? name : 'word'), argument };
}
