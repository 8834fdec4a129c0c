import { UserError } from '../errors/userError';
import { ByteView } from '../input/byteView';
import { SPACE, isDigit, isLetter, isSpace } from '../input/bytes';
import { PATTERN_LENGTH, patternName } from '../patterns/boundedPattern';
import { levelOf, UNKNOWN_LEVEL } from './level';
import { SeenFields } from './seenFields';

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

/** Fields that many lines in a row have in common. */
const TIME_NAMES = ['Date', 'Time'];
/** Different texts of level and component that are remembered. */
const TAILS = 8;

/**
 * The header of a record in LogPAI's notation, for example `<Date> <Time> <Pid> <Level> <Component>: <Content>`,
 * compiled to a matcher that works on bytes and allocates nothing.
 *
 * A field reaches to the first occurrence of the text that follows it, which is looked for at each byte of the line once, so
 * that a line costs no more than its length times the longest such text; for that the notation has a limit. `Date`, `Time`
 * and `Pid` begin with a digit and `Level` is a level word, so that a line of a stack trace is not mistaken for a header;
 * the last field is `Content` and takes the rest of the line.
 *
 * After a successful {@link match}, field `i` is `bytes[starts[i]…ends[i])`.
 */
export class HeaderFormat {
  /** Names of the fields in order; the last is `Content`. */
  readonly names: readonly string[];
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Level of the last match, one of the numbers of level.ts; {@link UNKNOWN_LEVEL} where there is no field `Level`. */
  level = UNKNOWN_LEVEL;
  /** Ascends whenever the fields `Date` and `Time` with which the header begins have changed. */
  headNumber = 0;
  /** Where the bytes end by which that is told. */
  headEnd = 0;

  private readonly prefix: Uint8Array;
  private readonly fields: readonly Field[];
  private readonly levelField: number;
  /** The first fields, as far as they are date and time, and how many these are. */
  private readonly head: SeenFields;
  private readonly headFields: number;
  /** The last fields before the content, as far as they are words, and the first of them. */
  private readonly tail: SeenFields;
  private readonly tailField: number;
  private readonly tailLevels = new Int8Array(TAILS);
  private readonly byteView = new ByteView();

  /** @throws UserError if the notation is too long, has no fields, an unnamed or repeated one, or does not end in `<Content>` */
  constructor(readonly notation: string) {
    if (notation.length > PATTERN_LENGTH) {
      throw new UserError('pattern-too-long', {
        pattern: patternName('log-format', notation),
        length: notation.length,
        most: PATTERN_LENGTH,
      });
    }
    const encoder = new TextEncoder();
    const parts = notation.split(/<([A-Za-z][\w-]*)>/);
    this.prefix = encoder.encode(parts[0]);
    const fields: Field[] = [];
    for (let i = 1; i < parts.length; i += 2) {
      fields.push({ name: parts[i], kind: kindOf(parts[i]), delimiter: encoder.encode(parts[i + 1]) });
    }
    const last = fields.at(-1);
    if (last === undefined || last.name !== 'Content' || last.delimiter.length > 0) {
      throw new UserError('log-format-without-content', { format: notation });
    }
    if (new Set(fields.map((field) => field.name)).size !== fields.length) {
      throw new UserError('log-format-field-twice', { format: notation });
    }
    const open = fields.slice(0, -1).find((field) => field.delimiter.length === 0);
    if (open !== undefined) {
      throw new UserError('log-format-fields-touch', { format: notation, field: open.name });
    }
    this.fields = fields;
    this.names = fields.map((field) => field.name);
    this.starts = new Int32Array(fields.length);
    this.ends = new Int32Array(fields.length);
    this.levelField = this.names.indexOf('Level');
    const isWord = ({ kind }: Field): boolean => kind === 'level' || kind === 'word';
    const content = fields.length - 1;
    this.headFields = fields.findIndex(({ name }) => !TIME_NAMES.includes(name));
    this.head = new SeenFields(0, this.headFields, 1);
    this.tailField = 1 + fields.slice(0, content).findLastIndex((field, i) => i < this.headFields || !isWord(field));
    this.tail = new SeenFields(this.tailField, content, TAILS);
  }

  /**
   * Whether `bytes[start…end)` begins with this header; sets {@link starts}, {@link ends}, {@link level} and
   * {@link headNumber}.
   */
  match(bytes: Uint8Array, start: number, end: number): boolean {
    const { starts, ends, head, tail } = this;
    const view = this.byteView.of(bytes);
    const begin = skipLiteral(bytes, start, end, this.prefix);
    let position = begin < 0 ? -1 : head.find(view, begin, end, starts, ends);
    if (position < 0) {
      this.headNumber++;
      position = this.matchFields(0, this.headFields, bytes, begin, end);
      if (position < 0) {
        return false;
      }
      head.add(view, begin, position, starts, ends);
    }
    this.headEnd = position;
    const tailStart = this.matchFields(this.headFields, this.tailField, bytes, position, end);
    if (tailStart < 0) {
      return false;
    }
    position = tail.find(view, tailStart, end, starts, ends);
    const last = starts.length - 1;
    if (position >= 0) {
      this.level = this.tailLevels[tail.last];
    } else {
      position = this.matchFields(this.tailField, last, bytes, tailStart, end);
      if (position < 0) {
        return false;
      }
      const { levelField } = this;
      this.level =
        levelField < 0 ? UNKNOWN_LEVEL : Math.max(UNKNOWN_LEVEL, levelOf(bytes, starts[levelField], ends[levelField]));
      tail.add(view, tailStart, position, starts, ends);
      if (tail.last >= 0) {
        this.tailLevels[tail.last] = this.level;
      }
    }
    starts[last] = position;
    ends[last] = end;
    return true;
  }

  /** Matches the fields `from…to`, which begin at the position, and gives the place after them, or −1. */
  private matchFields(from: number, to: number, bytes: Uint8Array, position: number, end: number): number {
    for (let i = from; position >= 0 && i < to; i++) {
      position = this.matchField(i, bytes, position, end);
    }
    return position;
  }

  private matchField(field: number, bytes: Uint8Array, start: number, end: number): number {
    const { kind, delimiter } = this.fields[field];
    const first = delimiter[0];
    for (let position = start; position < end; position++) {
      const byte = bytes[position];
      if (byte === first) {
        const after = skipLiteral(bytes, position, end, delimiter);
        if (after >= 0) {
          this.starts[field] = start;
          this.ends[field] = position;
          return position > start && accepts(kind, bytes, start, position) ? after : -1;
        }
        if (byte === SPACE && kind === 'word') {
          // The literal takes all blanks, so it fails at the others of this run too: each would run over the rest.
          while (position + 1 < end && bytes[position + 1] === SPACE) {
            position++;
          }
        }
      }
      if (kind !== 'word' && isSpace(byte)) {
        return -1;
      }
    }
    return -1;
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
    if (literal[i] === SPACE) {
      while (position < end && bytes[position] === SPACE) {
        position++;
      }
    }
  }
  return position;
}
