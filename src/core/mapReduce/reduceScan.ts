import { PLUS, TAB, ZERO } from '../input/bytes';
import { grown } from '../numeric/columns';
import { BlockTable, keyText } from '../blocks/blockTable';
import { Continuations } from '../records/continuations';
import { LineSplitter } from '../input/lineSplitter';
import { UNKNOWN_EVENT, type ScannedLog } from '../scan/modelLog';
import { unescapeCell } from './cell';
import { UNKNOWN_NAME, type EventNames } from './eventNames';
import { isBeginning, isOrder, ORDER_BYTES, timeOfOrder } from './orderColumn';

/** Block, order, event, model; a fifth cell for lines may follow. */
const CELLS = 4;
const SHOWN_BYTES = 80;
/** Most lines that may continue a record. */
const MAX_CONTINUATIONS = 1 << 24;

/** A row that cannot be used, or that is out of order; the message says which and why. */
export class RowError extends Error {}

/** Blocks of which all rows have been read. */
export interface ReducedBlocks {
  /** The blocks; the "lines" of their entries are the entries' numbers from 1. */
  log: ScannedLog;
  /** First physical line of each entry's record; 0 where the map did not know it. */
  recordLines: Uint32Array;
  /** How many continuation lines each entry's record has. */
  continuations: Uint32Array;
  /** The order of each block's first record. */
  firstOrders: string[];
}

/**
 * The reduce of detection by map and reduce: is pushed the rows of MapScan, sorted by block and order, and gives the
 * blocks as they are complete. It holds only what has not been taken, so whoever takes often needs no more memory than
 * the largest block does.
 */
export class ReduceScan {
  /** Rows read so far. */
  get rows(): number {
    return this.splitter.lineCount;
  }
  /** Entries that wait to be taken, with those of the block that is being read. */
  entries = 0;
  /** Rows so far whose record matches no template. */
  unknownRows = 0;

  private readonly splitter = new LineSplitter(this.takeRow.bind(this));
  private readonly fingerprint: Uint8Array;
  /** The cells of events; a cell's number is its template's index, {@link eventCount} for unknown ones. */
  private readonly events = new BlockTable();
  private readonly eventCount: number;

  private codes = new Uint16Array(1 << 12);
  private recordLines = new Uint32Array(1 << 12);
  private continuations = new Uint32Array(1 << 12);
  private readonly keys: string[] = [];
  private readonly firstOrders: string[] = [];
  private readonly firstTimes: number[] = [];
  private lastTimes: number[] = [];
  /** First entry of each block. */
  private starts: number[] = [];

  /** Block and order of the last row. */
  private key = new Uint8Array(0);
  private readonly order = new Uint8Array(ORDER_BYTES);
  private lastLine = 0;
  /** Digits of the time with which an input begins. */
  private beginning: string | undefined;
  private severalInputs = false;

  /** @param names of the model with which the log was mapped */
  constructor(names: EventNames) {
    const encoder = new TextEncoder();
    this.fingerprint = encoder.encode(names.fingerprint);
    for (const cell of [...names.cells, encoder.encode(UNKNOWN_NAME)]) {
      this.events.numberOf(cell, 0, cell.length);
    }
    this.eventCount = names.cells.length;
  }

  /**
   * Whether the line numbers are those of one log. They are not where the rows come from several inputs, which number
   * their lines each for itself: those begin at different times, and lines of a block do not ascend with its records.
   */
  get linesAgree(): boolean {
    return !this.severalInputs;
  }

  /**
   * Takes the next bytes of the rows.
   * @throws RowError if they are no rows of this model, or not sorted
   */
  push(chunk: Uint8Array): void {
    this.splitter.push(chunk);
  }

  /**
   * Says that there are no more rows.
   * @throws RowError as {@link push} does
   */
  finish(): ReducedBlocks {
    this.splitter.end();
    return this.take(this.keys.length);
  }

  /** Gives the blocks that are complete, in the order of the rows, and forgets them. */
  takeComplete(): ReducedBlocks {
    return this.take(Math.max(0, this.keys.length - 1));
  }

  private take(blockCount: number): ReducedBlocks {
    const { keys, firstOrders } = this;
    const end = blockCount < keys.length ? this.starts[blockCount] : this.entries;
    const taken: ReducedBlocks = {
      log: {
        blocks: {
          offsets: Uint32Array.from([...this.starts.splice(0, blockCount), end]),
          events: this.codes.slice(0, end),
          lines: Uint32Array.from({ length: end }, (_, entry) => entry + 1),
        },
        blockCount,
        keyOf: (block) => takenKeys[block],
        firstTimes: Float64Array.from(this.firstTimes.splice(0, blockCount)),
        lastTimes: Float64Array.from(this.lastTimes.splice(0, blockCount)),
        continuations: new Continuations(),
        lines: end,
        records: end,
        unknownRecords: 0,
        clippedLines: 0,
        limitedLines: 0,
        sample: undefined,
        timeline: undefined,
      },
      recordLines: this.recordLines.slice(0, end),
      continuations: this.continuations.slice(0, end),
      firstOrders: firstOrders.splice(0, blockCount),
    };
    const takenKeys = keys.splice(0, blockCount);
    this.starts = this.starts.map((start) => start - end);
    for (const list of [this.codes, this.recordLines, this.continuations]) {
      list.copyWithin(0, end, this.entries);
    }
    this.entries -= end;
    return taken;
  }

  private takeRow(bytes: Uint8Array, start: number, end: number, row: number): void {
    const keyEnd = cellEnd(bytes, start, end);
    const orderEnd = cellEnd(bytes, keyEnd + 1, end);
    const eventEnd = cellEnd(bytes, orderEnd + 1, end);
    const modelEnd = cellEnd(bytes, eventEnd + 1, end);
    if (modelEnd > end || keyEnd === start || !isOrder(bytes, keyEnd + 1, orderEnd)) {
      throw new RowError(
        `row ${row} is none of --map, which have at least ${CELLS} cells (block, order, event, model): "${shown(bytes, start, end)}"`,
      );
    }
    const event = this.eventOf(bytes, orderEnd + 1, eventEnd, modelEnd, row);
    this.placeRow(bytes, start, keyEnd, row);
    this.addEntry(event);
    if (modelEnd < end) {
      this.takeLines(bytes, modelEnd + 1, end, row);
    }
    this.lastTimes[this.lastTimes.length - 1] = timeOfOrder(bytes, keyEnd + 1);
    for (let i = 0; i < ORDER_BYTES; i++) {
      this.order[i] = bytes[keyEnd + 1 + i];
    }
    this.checkBeginning();
  }

  private eventOf(bytes: Uint8Array, start: number, eventEnd: number, modelEnd: number, row: number): number {
    if (compare(bytes, eventEnd + 1, modelEnd, this.fingerprint) !== 0) {
      throw new RowError(
        `row ${row} was mapped with another model (${shown(bytes, eventEnd + 1, modelEnd)}) than the one that is to judge (${shown(this.fingerprint, 0, this.fingerprint.length)})`,
      );
    }
    const number = this.events.numberOf(bytes, start, eventEnd);
    if (number > this.eventCount) {
      throw new RowError(`row ${row} has the event "${shown(bytes, start, eventEnd)}", which the model does not know`);
    }
    if (number === this.eventCount) {
      this.unknownRows++;
      return UNKNOWN_EVENT;
    }
    return number;
  }

  /** Begins a new block where the row does not belong to the last one. */
  private placeRow(bytes: Uint8Array, start: number, keyEnd: number, row: number): void {
    const step = this.key.length === 0 ? 1 : compare(bytes, start, keyEnd, this.key);
    if (step < 0 || (step === 0 && compare(bytes, keyEnd + 1, keyEnd + 1 + ORDER_BYTES, this.order) < 0)) {
      throw new RowError(
        `row ${row} ("${shown(bytes, start, keyEnd)}") comes too late: the rows must be sorted by block and order, by bytes`,
      );
    }
    if (step === 0) {
      return;
    }
    this.key = bytes.slice(start, keyEnd);
    this.keys.push(keyText(unescapeCell(bytes, start, keyEnd)));
    this.firstOrders.push(shown(bytes, keyEnd + 1, keyEnd + 1 + ORDER_BYTES));
    this.firstTimes.push(timeOfOrder(bytes, keyEnd + 1));
    this.lastTimes.push(NaN);
    this.starts.push(this.entries);
    this.lastLine = 0;
  }

  private addEntry(event: number): void {
    if (this.entries === this.codes.length) {
      this.codes = grown(this.codes);
      this.recordLines = grown(this.recordLines);
      this.continuations = grown(this.continuations);
    }
    this.codes[this.entries] = event;
    this.recordLines[this.entries] = 0;
    this.continuations[this.entries] = 0;
    this.entries++;
  }

  /** The last cell: `line`, `line+continuations` or `+continuations`. */
  private takeLines(bytes: Uint8Array, start: number, end: number, row: number): void {
    let line = 0;
    let more = 0;
    let place = start;
    for (; place < end && bytes[place] !== PLUS; place++) {
      line = 10 * line + digit(bytes[place]);
    }
    for (place++; place < end; place++) {
      more = 10 * more + digit(bytes[place]);
    }
    if (!(line + more <= 0xffffffff && more <= MAX_CONTINUATIONS)) {
      throw new RowError(`row ${row} has "${shown(bytes, start, end)}" for its lines`);
    }
    if (line > 0 && line <= this.lastLine) {
      this.severalInputs = true;
    }
    this.lastLine = line;
    this.recordLines[this.entries - 1] = line;
    this.continuations[this.entries - 1] = more;
  }

  private checkBeginning(): void {
    if (!this.severalInputs && isBeginning(this.order, 0)) {
      const time = String(timeOfOrder(this.order, 0));
      this.beginning ??= time;
      this.severalInputs = time !== this.beginning;
    }
  }
}

/** Where the cell at `start` ends; beyond `end` if there is none. */
function cellEnd(bytes: Uint8Array, start: number, end: number): number {
  if (start > end) {
    return start;
  }
  let place = start;
  while (place < end && bytes[place] !== TAB) {
    place++;
  }
  return place;
}

/** Negative, 0 or positive as `bytes[start…end)` comes before, equals or comes after `other`. */
function compare(bytes: Uint8Array, start: number, end: number, other: Uint8Array): number {
  const length = Math.min(end - start, other.length);
  for (let i = 0; i < length; i++) {
    if (bytes[start + i] !== other[i]) {
      return bytes[start + i] - other[i];
    }
  }
  return end - start - other.length;
}

/** The value of a digit; NaN for any other byte. */
function digit(byte: number): number {
  return byte >= ZERO && byte <= ZERO + 9 ? byte - ZERO : NaN;
}

function shown(bytes: Uint8Array, start: number, end: number): string {
  const text = new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + SHOWN_BYTES)));
  return end - start > SHOWN_BYTES ? `${text}…` : text;
}
