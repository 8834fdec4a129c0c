import { AT, BACKSLASH, DASH, DOT, EQUALS, QUOTE, UNDERSCORE, isDigit, isLetter, isSpace } from '../input/bytes';
import { AnyTime } from './anyTime';
import type { Chronology } from './chronology';
import { levelOfValue } from './jsonLine';
import type { HeaderReader, RecordHeader } from './recordHeader';

const MESSAGE = 0;
const LEVEL = 1;
const TIME = 2;
const COMPONENT = 3;

const encoder = new TextEncoder();
const KEYS: readonly (readonly [key: Uint8Array, role: number])[] = [
  ['msg', MESSAGE],
  ['message', MESSAGE],
  ['level', LEVEL],
  ['lvl', LEVEL],
  ['severity', LEVEL],
  ['time', TIME],
  ['ts', TIME],
  ['t', TIME],
  ['timestamp', TIME],
  ['logger', COMPONENT],
  ['component', COMPONENT],
  ['caller', COMPONENT],
].map(([key, role]) => [encoder.encode(key as string), role as number] as const);

/**
 * Reads a line of `key=value` pairs as logfmt, logrus, go-kit and Go's slog write it. It needs two pairs and among them a
 * message or a level; the message is its content, or else the whole line.
 */
export class LogfmtLine implements HeaderReader {
  private readonly starts = new Int32Array(4);
  private readonly ends = new Int32Array(4);
  private readonly anyTime = new AnyTime();

  constructor(
    private readonly format: string,
    private readonly chronology: Chronology,
  ) {}

  match(bytes: Uint8Array, start: number, end: number, header: RecordHeader): boolean {
    const { starts, ends } = this;
    starts.fill(-1);
    const pairs = this.scan(bytes, start, end);
    if (pairs < 2 || (starts[MESSAGE] < 0 && starts[LEVEL] < 0)) {
      return false;
    }
    header.clear(this.format, start, end);
    if (starts[MESSAGE] >= 0) {
      header.contentStart = starts[MESSAGE];
      header.contentEnd = ends[MESSAGE];
      header.payloadStart = starts[MESSAGE];
    }
    if (starts[LEVEL] >= 0) {
      header.level = levelOfValue(bytes, starts[LEVEL], ends[LEVEL], 'words');
    }
    if (starts[TIME] >= 0 && this.anyTime.match(bytes, starts[TIME], ends[TIME]) >= 0) {
      header.time = this.chronology.timeOf(this.anyTime.matcher);
      header.zone = this.anyTime.matcher.zone;
    }
    if (starts[COMPONENT] >= 0) {
      header.componentStart = starts[COMPONENT];
      header.componentEnd = ends[COMPONENT];
    }
    return true;
  }

  /** Pairs at the beginning of the line; words between them, as some writers let them through, are passed over. */
  private scan(bytes: Uint8Array, position: number, end: number): number {
    let pairs = 0;
    while (position < end) {
      if (isSpace(bytes[position])) {
        position++;
        continue;
      }
      const keyStart = position;
      while (position < end && isKeyByte(bytes[position])) {
        position++;
      }
      if (position === keyStart || position >= end || bytes[position] !== EQUALS) {
        if (pairs === 0) {
          return 0;
        }
        while (position < end && !isSpace(bytes[position])) {
          position++;
        }
        continue;
      }
      const keyEnd = position++;
      const quoted = position < end && bytes[position] === QUOTE;
      const valueStart = quoted ? position + 1 : position;
      position = valueStart;
      while (position < end && (quoted ? bytes[position] !== QUOTE : !isSpace(bytes[position]))) {
        position += bytes[position] === BACKSLASH ? 2 : 1;
      }
      const valueEnd = Math.min(position, end);
      position = quoted ? valueEnd + 1 : valueEnd;
      pairs++;
      const role = roleOf(bytes, keyStart, keyEnd);
      if (role >= 0 && this.starts[role] < 0) {
        this.starts[role] = valueStart;
        this.ends[role] = valueEnd;
      }
    }
    return pairs;
  }
}

function roleOf(bytes: Uint8Array, start: number, end: number): number {
  for (const [key, role] of KEYS) {
    if (key.length === end - start && isKey(key, bytes, start)) {
      return role;
    }
  }
  return -1;
}

function isKey(key: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < key.length; i++) {
    if (bytes[start + i] !== key[i]) {
      return false;
    }
  }
  return true;
}

function isKeyByte(byte: number): boolean {
  return isLetter(byte) || isDigit(byte) || byte === UNDERSCORE || byte === DOT || byte === DASH || byte === AT;
}
