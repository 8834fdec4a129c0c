import { AnyTime } from '../../src/core/formats/anyTime';
import { levelOf, UNKNOWN_LEVEL } from '../../src/core/formats/level';
import type { RecordHeader } from '../../src/core/formats/recordHeader';

/** A part of a line: characters from `start` to `end`, the end left out. */
export interface Span {
  start: number;
  end: number;
}

/** Where the parts of a record's first line are; one character is one byte. */
export interface RecordParts {
  message: Span;
  /** Whether the message is written with the escapes of JSON. */
  isEscaped: boolean;
  /** The word, letter or number that says the level. */
  level?: Span;
  /** What tells date and time. */
  times: Span[];
}

const LEVEL_FIELD = /^level$/i;
/** A level among the members of a line in JSON or logfmt. */
const LEVEL_MEMBER = /(?:level|severity|lvl|levelname)"?\s*[=:]\s*"?(\w+)/i;
/** What stands between a level that leads a message and the rest. */
const AFTER_LEVEL = /^[\]):>|\s-]+/;
/** A time with a clock, of digits in groups, or since 1970; other numbers are names. */
const TIME = /\d:\d|\d\D\d{6}|^(?:\d{10}|\d{13}|\d{16}|\d{19})(?:\.\d+)?$/;

/** The parts of the line `bytes[start…end)`, which has this header. */
export function partsOf(bytes: Uint8Array, start: number, end: number, header: RecordHeader): RecordParts {
  const line = Buffer.from(bytes.subarray(start, end)).toString('latin1');
  const message = { start: header.contentStart - start, end: header.contentEnd - start };
  const level = header.level === UNKNOWN_LEVEL ? undefined : levelIn(line, message, header, start);
  if (level !== undefined && level.start >= message.start && level.end < message.end) {
    message.start = level.end + (AFTER_LEVEL.exec(line.slice(level.end, message.end))?.[0].length ?? 0);
  }
  return { message, isEscaped: header.escaped, level, times: timesIn(line, message) };
}

/** The level of a line, if it is there as a word or in a field of its own. */
function levelIn(line: string, message: Span, header: RecordHeader, start: number): Span | undefined {
  const field = header.names.findIndex((name) => LEVEL_FIELD.test(name));
  if (field >= 0 && header.ends[field] > header.starts[field]) {
    return { start: header.starts[field] - start, end: header.ends[field] - start };
  }
  const member = LEVEL_MEMBER.exec(line);
  if (member !== null && !(member.index >= message.start && member.index < message.end)) {
    const memberEnd = member.index + member[0].length;
    return { start: memberEnd - member[1].length, end: memberEnd };
  }
  for (const { 0: word, index } of line.matchAll(/[A-Za-z]+/g)) {
    const bytes = Buffer.from(word);
    if (index <= message.start + 1 && levelOf(bytes, 0, bytes.length) === header.level) {
      return { start: index, end: index + word.length };
    }
  }
  return undefined;
}

/** The times of a line, but for those in its message. */
function timesIn(line: string, message: Span): Span[] {
  const bytes = Buffer.from(line, 'latin1');
  const anyTime = new AnyTime();
  const times: Span[] = [];
  for (let start = 0; start < line.length; start++) {
    if (start === message.start) {
      start = message.end;
    }
    if (/\w/.test(line[start] ?? '') && !/[\w.]/.test(line[start - 1] ?? '')) {
      const end = anyTime.match(bytes, start, line.length);
      if (end >= 0 && TIME.test(line.slice(start, end))) {
        times.push({ start, end });
        start = end - 1;
      }
    }
  }
  return times;
}
