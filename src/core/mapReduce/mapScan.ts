import { LF, TAB, ZERO } from '../input/bytes';
import { KEY_LIMIT } from '../blocks/blockTable';
import { Chronology } from '../formats/chronology';
import { NotationHeader } from '../formats/notationHeader';
import { RecordHeader } from '../formats/recordHeader';
import { ByteDecoder } from '../input/byteDecoder';
import { LineSplitter } from '../input/lineSplitter';
import { grown } from '../numeric/columns';
import type { LogReading } from '../scan/modelLog';
import { LineWatch } from '../patterns/lineWatch';
import { ESCAPED_BYTES, escapeCell } from './cell';
import { UNKNOWN_NAME, type EventNames } from './eventNames';
import { ORDER_BYTES, OrderColumn } from './orderColumn';
import { RecordKeys } from './recordKeys';

/** TABs, line end, a line number and a number of continuation lines. */
const SMALL_CELLS = 64;

/** What a map is told of its input. */
export interface MappedInput {
  /** Bytes of the log before the input. */
  offset: number;
  /** Whether the input is the whole log, so that its line numbers are the log's. */
  whole: boolean;
}

/**
 * The map of detection by map and reduce: a state machine that is pushed the bytes of a log, or of a piece of it, and
 * gives a row for each record and session:
 *
 * `block⇥order⇥event⇥model[⇥line][+continuations]`
 *
 * `block` is the session key (see escapeCell), `order` its place (see OrderColumn), `event` the template's id or `?`,
 * `model` the model's fingerprint, `line` the record's first physical line where the input is the whole log, and
 * `continuations` the number of lines that follow it, if any. Nothing is kept beyond a record. The chunk sizes make no
 * difference to the rows.
 */
export class MapScan {
  /** Records read so far. */
  records = 0;
  /** Rows given so far, with those that are still held. */
  rows = 0;

  private readonly splitter = new LineSplitter(this.takeLine.bind(this));
  private readonly decoder: ByteDecoder;
  private readonly reader: NotationHeader;
  private readonly header = new RecordHeader();
  private readonly order = new OrderColumn();
  private readonly keys = new RecordKeys();
  private readonly unknown = new TextEncoder().encode(UNKNOWN_NAME);
  private readonly fingerprint: Uint8Array;
  private readonly tailBytes: number;
  private readonly watch: LineWatch;

  private out = new Uint8Array(1 << 16);
  private length = 0;
  /** Up to where rows were given. */
  private given = 0;
  /** Where the rows of the last record begin, which wait for its continuation lines. */
  private recordStart = 0;
  private continuations = 0;
  private recordLine = 0;
  private recordName: Uint8Array = this.unknown;

  /** @throws UserError if the format cannot be used */
  constructor(
    private readonly reading: LogReading,
    private readonly names: EventNames,
    private readonly input: MappedInput,
  ) {
    this.watch = reading.watch ?? new LineWatch();
    this.decoder = new ByteDecoder((bytes) => this.splitter.push(bytes), reading.text);
    this.reader = new NotationHeader(reading.format, new Chronology());
    this.fingerprint = new TextEncoder().encode(names.fingerprint);
    const longest = names.cells.reduce((most, { length }) => Math.max(most, length), 1);
    this.tailBytes = ORDER_BYTES + longest + this.fingerprint.length + SMALL_CELLS;
  }

  /** Physical lines read so far. */
  get lines(): number {
    return this.splitter.lineCount;
  }

  /** Lines of which only the beginning was parsed so far. */
  get clippedLines(): number {
    return this.splitter.clippedCount;
  }

  /** Lines that the session pattern did not see as a whole so far. */
  get limitedLines(): number {
    return this.watch.limitedLines;
  }

  /**
   * Takes the next bytes of the input, as they are on disk.
   * @throws NotTextError once the beginning shows that it is no text
   * @throws CancelledError if the watch has asked and the map is no longer wanted
   */
  push(chunk: Uint8Array): void {
    if (this.given > 0) {
      this.out.copyWithin(0, this.given, this.length);
      this.length -= this.given;
      this.recordStart -= this.given;
      this.given = 0;
    }
    this.decoder.push(chunk);
  }

  /** The rows that are complete and were not given before; only valid until more is pushed. */
  take(): Uint8Array {
    const start = this.given;
    this.given = this.recordStart;
    return this.out.subarray(start, this.given);
  }

  /**
   * Says that the input is complete.
   * @returns the rows that were not given before
   * @throws NotTextError if it is no text
   */
  finish(): Uint8Array {
    const start = this.given;
    this.decoder.end();
    this.splitter.end();
    this.closeRecord();
    return this.out.subarray(start, this.length);
  }

  private takeLine(bytes: Uint8Array, start: number, end: number, line: number): void {
    const { header, names } = this;
    this.watch.beginLine();
    if (!this.reader.match(bytes, start, end, header)) {
      this.continuations++;
      return;
    }
    this.closeRecord();
    const event = this.reading.events.eventOf(bytes, header.contentStart, header.contentEnd);
    this.records++;
    this.recordLine = line;
    this.recordName = event < 0 ? this.unknown : names.cells[event];
    this.order.advance(header.time, this.input.offset + this.decoder.hole + this.splitter.lineOffset);
    this.keys.clear();
    this.reading.sessionKey.find(bytes, header.contentStart, end, this.takeKey);
  }

  private readonly takeKey = (bytes: Uint8Array, start: number, end: number): void => {
    const keyLength = Math.min(end - start, KEY_LIMIT);
    this.reserve(ESCAPED_BYTES * keyLength + this.tailBytes);
    const keyEnd = escapeCell(bytes, start, start + keyLength, this.out, this.length);
    if (!this.keys.add(this.out, this.length, keyEnd)) {
      return;
    }
    this.length = keyEnd;
    this.putCell(this.order.bytes);
    this.putCell(this.recordName);
    this.putCell(this.fingerprint);
    if (this.input.whole) {
      this.out[this.length++] = TAB;
      this.putNumber(this.recordLine);
    }
    this.out[this.length++] = LF;
    this.rows++;
  };

  private putCell(cell: Uint8Array): void {
    const { out } = this;
    let place = this.length;
    out[place++] = TAB;
    // A loop, since set() costs more for so few bytes.
    for (let i = 0; i < cell.length; i++) {
      out[place++] = cell[i];
    }
    this.length = place;
  }

  private putNumber(value: number): void {
    let digits = 1;
    for (let limit = 10; value >= limit; limit *= 10) {
      digits++;
    }
    for (let place = this.length + digits - 1, rest = value; place >= this.length; place--) {
      const next = Math.floor(rest / 10);
      this.out[place] = ZERO + rest - 10 * next;
      rest = next;
    }
    this.length += digits;
  }

  /** The record has ended: if lines have followed it, its rows are written once more with their number. */
  private closeRecord(): void {
    const start = this.recordStart;
    if (this.continuations > 0 && this.length > start) {
      const rows = this.out.slice(start, this.length);
      const suffix = new TextEncoder().encode(`${this.input.whole ? '' : '\t'}+${this.continuations}\n`);
      this.length = start;
      for (let from = 0; from < rows.length;) {
        const end = rows.indexOf(LF, from);
        this.reserve(end - from + suffix.length);
        this.out.set(rows.subarray(from, end), this.length);
        this.out.set(suffix, this.length + end - from);
        this.length += end - from + suffix.length;
        from = end + 1;
      }
    }
    this.continuations = 0;
    this.recordStart = this.length;
  }

  private reserve(bytes: number): void {
    if (this.length + bytes > this.out.length) {
      this.out = grown(this.out, this.length + bytes);
    }
  }
}
