import type { LineWatch } from './lineWatch';

/** Bytes that are pushed at once: with the most costly patterns and lines that takes a second. */
const PIECE_BYTES = 16 * 1024;
/** Work of patterns after which there is a pause. */
const UNITS_PER_PAUSE = 1 << 23;

/**
 * A computation that pauses now and then while patterns cost much, so that its caller may do something else meanwhile, or
 * drop it. The pauses make no difference to the result.
 */
export type Steps<T> = Generator<void, T, void>;

/**
 * Pushes bytes of a log in pieces.
 * @param watch of the reader that takes them
 * @param isEnough asked before each piece; the rest is left once it says true
 */
export function* pushSteps(
  reader: { push(bytes: Uint8Array): void },
  bytes: Uint8Array,
  watch: LineWatch | undefined,
  isEnough: () => boolean = () => false,
): Steps<void> {
  let before = watch?.units ?? 0;
  for (let start = 0; start < bytes.length && !isEnough(); start += PIECE_BYTES) {
    reader.push(bytes.subarray(start, start + PIECE_BYTES));
    if (watch !== undefined && watch.units - before >= UNITS_PER_PAUSE) {
      before = watch.units;
      yield;
    }
  }
}

/** Runs a computation without a pause. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) {
      return value;
    }
  }
}
