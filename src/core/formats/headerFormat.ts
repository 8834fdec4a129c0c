import { isDigit, isLetter, isSpace } from '../input/bytes';

/** A header format that cannot be used; the message says why. */
export class HeaderFormatError extends Error {}

/** The names of fields whose text is checked; any other field takes any text without white space at its ends. */
type FieldKind = 'digits' | 'level' | 'word' | 'content';

interface Field {
  name: string;
  kind: FieldKind;
  /** Literal bytes after the field; a space stands for one or more blanks. Empty after the content. */
  delimiter: Uint8Array;
}

const LEVELS = new Set(
  'TRACE DEBUG INFO NOTICE WARN WARNING ERROR SEVERE FATAL CRITICAL ALERT EMERG PANIC FINE FINER FINEST CONFIG VERBOSE'.split(
    ' ',
  ),
);
const LONGEST_LEVEL = Math.max(...[...LEVELS].map((level) => level.length));

/**
 * The header of a record in LogPAI's notation, for example `<Date> <Time> <Pid> <Level> <Component>: <Content>`,
 * compiled to a matcher that works on bytes and allocates nothing.
 *
 * A field reaches to the first occurrence of the text that follows it. `Date`, `Time` and `Pid` begin with a digit and
 * `Level` is a level word, so that a line of a stack trace is not mistaken for a header; the last field is `Content`
 * and takes the rest of the line.
 *
 * After a successful {@link match}, field `i` is `bytes[starts[i]…ends[i])`.
 */
export class HeaderFormat {
  /** Names of the fields in order; the last is `Content`. */
  readonly names: readonly string[];
  readonly starts: Int32Array;
  readonly ends: Int32Array;

  private readonly prefix: Uint8Array;
  private readonly fields: readonly Field[];

  /** @throws HeaderFormatError if the notation has no fields, an unnamed or repeated one, or does not end in `<Content>` */
  constructor(readonly notation: string) {
    const encoder = new TextEncoder();
    const parts = notation.split(/<([A-Za-z][\w-]*)>/);
    this.prefix = encoder.encode(parts[0]);
    const fields: Field[] = [];
    for (let i = 1; i < parts.length; i += 2) {
      fields.push({ name: parts[i], kind: kindOf(parts[i]), delimiter: encoder.encode(parts[i + 1]) });
    }
    const last = fields.at(-1);
    if (last === undefined || last.name !== 'Content' || last.delimiter.length > 0) {
      throw new HeaderFormatError(`The log format "${notation}" must end in <Content>.`);
    }
    if (new Set(fields.map((field) => field.name)).size !== fields.length) {
      throw new HeaderFormatError(`The log format "${notation}" names a field twice.`);
    }
    const open = fields.slice(0, -1).find((field) => field.delimiter.length === 0);
    if (open !== undefined) {
      throw new HeaderFormatError(
        `The log format "${notation}" has nothing between <${open.name}> and the next field.`,
      );
    }
    this.fields = fields;
    this.names = fields.map((field) => field.name);
    this.starts = new Int32Array(fields.length);
    this.ends = new Int32Array(fields.length);
  }

  /** Whether `bytes[start…end)` begins with this header; sets {@link starts} and {@link ends}. */
  match(bytes: Uint8Array, start: number, end: number): boolean {
    let position = skipLiteral(bytes, start, end, this.prefix);
    const last = this.fields.length - 1;
    for (let i = 0; position >= 0 && i < last; i++) {
      const { kind, delimiter } = this.fields[i];
      const fieldStart = position;
      const first = delimiter[0];
      let after = -1;
      for (; position < end; position++) {
        const byte = bytes[position];
        if (byte === first) {
          after = skipLiteral(bytes, position, end, delimiter);
          if (after >= 0) {
            break;
          }
        }
        if (kind !== 'word' && isSpace(byte)) {
          return false;
        }
      }
      if (after < 0 || position === fieldStart || !accepts(kind, bytes, fieldStart, position)) {
        return false;
      }
      this.starts[i] = fieldStart;
      this.ends[i] = position;
      position = after;
    }
    if (position < 0) {
      return false;
    }
    this.starts[last] = position;
    this.ends[last] = end;
    return true;
  }
}

function kindOf(name: string): FieldKind {
  switch (name) {
    case 'Date':
    case 'Time':
    case 'Pid':
      return 'digits';
    case 'Level':
      return 'level';
    case 'Content':
      return 'content';
    default:
      return 'word';
  }
}

function accepts(kind: FieldKind, bytes: Uint8Array, start: number, end: number): boolean {
  switch (kind) {
    case 'digits':
      return isDigit(bytes[start]);
    case 'level':
      return end - start <= LONGEST_LEVEL && isLevel(bytes, start, end);
    default:
      return !isSpace(bytes[start]);
  }
}

/** The level words seen so far, by a hash of their bytes: the usual case allocates nothing. */
const knownLevels = new Map<number, boolean>();

function isLevel(bytes: Uint8Array, start: number, end: number): boolean {
  // Five bits a letter, upper and lower case alike; the longest level words have eight letters, so doubles stay exact.
  let hash = 0;
  for (let i = start; i < end; i++) {
    if (!isLetter(bytes[i])) {
      return false;
    }
    hash = hash * 32 + (bytes[i] & 0x1f);
  }
  let known = knownLevels.get(hash);
  if (known === undefined) {
    known = LEVELS.has(String.fromCharCode(...bytes.subarray(start, end)).toUpperCase());
    if (knownLevels.size < 1024) {
      knownLevels.set(hash, known);
    }
  }
  return known;
}

/** The position after the literal, or −1; a space in the literal takes all blanks. */
function skipLiteral(bytes: Uint8Array, position: number, end: number, literal: Uint8Array): number {
  for (let i = 0; i < literal.length; i++) {
    if (position >= end || bytes[position] !== literal[i]) {
      return -1;
    }
    position++;
    if (literal[i] === 0x20) {
      while (position < end && bytes[position] === 0x20) {
        position++;
      }
    }
  }
  return position;
}
