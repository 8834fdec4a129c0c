import { QUOTE, UPPER_P, isSpace } from '../input/bytes';
import type { Chronology } from './chronology';
import type { FormatEntry } from './formatEntry';
import { JsonLine } from './jsonLine';
import { leadingLevel } from './leadingLevel';
import { UNKNOWN_LEVEL } from './level';
import { LinePattern } from './linePattern';
import { LogfmtLine } from './logfmtLine';
import { RecordHeader, type HeaderReader } from './recordHeader';
import { StatusColumn } from './statusColumn';

/** Reads the records of one entry of the catalogue. */
export class EntryReader implements HeaderReader {
  private readonly readers: readonly HeaderReader[];
  private readonly firstBytes: Uint8Array;
  private readonly nextLine: LinePattern | undefined;
  private readonly outer = new RecordHeader();
  private readonly status: StatusColumn | undefined;

  /**
   * @param chronology of the log that is read
   * @param inner reads the lines that an entry that wraps others holds
   * @param preferred indices of the patterns that the log is known to use: they are tried first
   */
  constructor(
    readonly entry: FormatEntry,
    chronology: Chronology,
    private readonly inner?: HeaderReader,
    preferred: ReadonlySet<number> = new Set(),
  ) {
    const { name, patterns = [], json, logfmt, next } = entry;
    this.readers = [
      ...[
        ...patterns.filter((_, index) => preferred.has(index)),
        ...patterns.filter((_, index) => !preferred.has(index)),
      ].map((pattern) => new LinePattern(pattern, name, chronology)),
      ...(json === undefined ? [] : [new JsonLine(json, name, chronology)]),
      ...(logfmt === true ? [new LogfmtLine(name, chronology)] : []),
    ];
    this.firstBytes = Uint8Array.from({ length: 256 }, (_, byte) =>
      this.readers.some((reader) => !(reader instanceof LinePattern) || reader.firstBytes[byte] !== 0) ? 1 : 0,
    );
    this.status = entry.columns === true ? new StatusColumn() : undefined;
    this.nextLine = next === undefined ? undefined : new LinePattern(next, name, chronology);
  }

  match(bytes: Uint8Array, start: number, end: number, header: RecordHeader): boolean {
    const { readers } = this;
    if (start === end || this.firstBytes[bytes[start]] === 0) {
      return false;
    }
    for (let i = 0; i < readers.length; i++) {
      if (readers[i].match(bytes, start, end, header)) {
        this.complete(bytes, start, end, header);
        return true;
      }
    }
    return false;
  }

  /** Index of the pattern that the line has, 0 if the entry has none; −1 if the line has not this format. */
  patternOf(line: Uint8Array): number {
    return this.readers.findIndex((reader) => reader.match(line, 0, line.length, this.outer));
  }

  /** Takes the second line of a header whose content is there; false if it is none, and then nothing has changed. */
  matchNext(bytes: Uint8Array, start: number, end: number, header: RecordHeader): boolean {
    const { outer } = this;
    if (this.nextLine === undefined || !this.nextLine.match(bytes, skipBlanks(bytes, start, end), end, outer)) {
      return false;
    }
    header.open = false;
    header.contentStart = outer.contentStart;
    header.contentEnd = outer.contentEnd;
    header.payloadStart = outer.contentStart;
    if (outer.level !== UNKNOWN_LEVEL) {
      header.level = outer.level;
    }
    return true;
  }

  private complete(bytes: Uint8Array, start: number, end: number, header: RecordHeader): void {
    header.wrapped = this.entry.wraps === true;
    header.partial = this.entry.parts !== undefined && isPart(this.entry.parts, bytes, header);
    if (this.status !== undefined) {
      header.level = this.status.levelOf(bytes, start, end);
    }
    header.open = this.nextLine !== undefined;
    while (header.contentEnd > header.contentStart && isSpace(bytes[header.contentEnd - 1])) {
      header.contentEnd--;
    }
    if (this.inner !== undefined && this.inner.match(bytes, header.contentStart, header.contentEnd, this.outer)) {
      this.takeInner(header);
    }
    if (header.level === UNKNOWN_LEVEL) {
      header.level = leadingLevel(bytes, header.contentStart, header.contentEnd);
    }
  }

  /** The time stays that of the one who wraps, which all lines have in common. */
  private takeInner(header: RecordHeader): void {
    const inner = this.outer;
    header.wrapped = false;
    header.contentStart = inner.contentStart;
    header.contentEnd = inner.contentEnd;
    if (inner.level !== UNKNOWN_LEVEL) {
      header.level = inner.level;
    }
    if (Number.isNaN(header.time)) {
      header.time = inner.time;
      header.zone = inner.zone;
    }
    if (inner.componentEnd > inner.componentStart) {
      header.componentStart = inner.componentStart;
      header.componentEnd = inner.componentEnd;
    }
    if (header.sourceEnd === header.sourceStart) {
      header.sourceStart = inner.sourceStart;
      header.sourceEnd = inner.sourceEnd;
    }
    header.traceStart = inner.traceStart;
    header.traceEnd = inner.traceEnd;
  }
}

/** Container runtimes split lines into parts of so many bytes. */
const PART_BYTES = 16 * 1024;

/** Whether what wraps the line has split it, so that another one goes on with it; see FormatEntry.parts. */
function isPart(parts: 'tagged' | 'long', bytes: Uint8Array, header: RecordHeader): boolean {
  if (parts === 'tagged') {
    const tag = header.names.indexOf('tag');
    return bytes[header.starts[tag]] === UPPER_P;
  }
  return header.contentEnd - header.contentStart >= PART_BYTES && bytes[header.contentEnd] === QUOTE;
}

function skipBlanks(bytes: Uint8Array, position: number, end: number): number {
  while (position < end && isSpace(bytes[position])) {
    position++;
  }
  return position;
}
