import { DASH, ZERO } from '../input/bytes';

const TIME_DIGITS = 16;
const OFFSET_DIGITS = 16;
const BEGINNING_PLACE = TIME_DIGITS + 1;
/** Added to times so that those before 1970 have no sign: `1001709584530000` is 1709584530000 ms after 1970. */
const BIAS = 1e15;

/** Bytes of an order: `time-beginning-offset`, all zero-padded. */
export const ORDER_BYTES = BEGINNING_PLACE + 2 + OFFSET_DIGITS;

/**
 * The places of the records of one input, as text whose byte order is that of (time, offset).
 *
 * Within an input the order is that of its lines: a record without time, or one that is timed before its predecessors,
 * gets their latest time. Before the first time of an input the time is all zeros.
 *
 * Where a log was cut, one piece may end and the next begin within the same second, and an offset only counts within its
 * piece. So a digit between the two says whether a record has the time with which its input begins: at such a time the
 * rest of the earlier piece (0) comes before the beginning of the later one (1).
 */
export class OrderColumn {
  /** The order of the last record. */
  readonly bytes = new Uint8Array(ORDER_BYTES).fill(ZERO);
  private clock = -Infinity;
  private beginning: number | undefined;

  constructor() {
    this.bytes[TIME_DIGITS] = DASH;
    this.bytes[BEGINNING_PLACE + 1] = DASH;
  }

  /**
   * Takes the next record of the input.
   * @param time in milliseconds since 1970; NaN if it has none
   * @param offset of its first byte, 0…2⁵³
   */
  advance(time: number, offset: number): void {
    if (time > this.clock) {
      this.clock = time;
      writeDigits(this.bytes, 0, TIME_DIGITS, BIAS + Math.min(Math.max(Math.floor(time), 1 - BIAS), BIAS - 1));
    }
    this.beginning ??= this.clock;
    this.bytes[BEGINNING_PLACE] = this.clock === this.beginning ? ZERO + 1 : ZERO;
    writeDigits(this.bytes, BEGINNING_PLACE + 2, OFFSET_DIGITS, offset);
  }
}

/** Whether the cell `bytes[start…end)` is an order. */
export function isOrder(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== ORDER_BYTES) {
    return false;
  }
  for (let i = 0; i < ORDER_BYTES; i++) {
    const byte = bytes[start + i];
    const isDash = i === TIME_DIGITS || i === BEGINNING_PLACE + 1;
    if (isDash ? byte !== DASH : byte < ZERO || byte > ZERO + 9) {
      return false;
    }
  }
  return true;
}

/** The time of the order at `bytes[start…)` in milliseconds since 1970; NaN if it has none. */
export function timeOfOrder(bytes: Uint8Array, start: number): number {
  let value = 0;
  for (let i = start; i < start + TIME_DIGITS; i++) {
    value = 10 * value + bytes[i] - ZERO;
  }
  return value === 0 ? NaN : value - BIAS;
}

/** Whether the order at `bytes[start…)` is of the time with which its input begins. */
export function isBeginning(bytes: Uint8Array, start: number): boolean {
  return bytes[start + BEGINNING_PLACE] !== ZERO;
}

function writeDigits(target: Uint8Array, start: number, digits: number, value: number): void {
  // In two halves, of which each is a small integer.
  let high = Math.floor(value / 1e8);
  let low = value - 1e8 * high;
  for (let i = start + digits - 1; i >= start + digits - 8; i--) {
    const rest = Math.floor(low / 10);
    target[i] = ZERO + low - 10 * rest;
    low = rest;
  }
  for (let i = start + digits - 9; i >= start; i--) {
    const rest = Math.floor(high / 10);
    target[i] = ZERO + high - 10 * rest;
    high = rest;
  }
}
