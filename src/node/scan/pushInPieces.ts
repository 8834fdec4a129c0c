import { setImmediate as nextTurn } from 'node:timers/promises';
import { refuseIfCancelled, type Hooks } from '../../core/cancellation';
import type { LineWatch } from '../../core/patterns/lineWatch';

/** Bytes that are pushed at once: with the most costly patterns and lines that takes a second. */
const PIECE_BYTES = 16 * 1024;
/** Work of patterns after which the event loop gets a turn: without one a program never hears of Ctrl+C. */
const UNITS_PER_TURN = 1 << 23;

/**
 * Pushes a chunk of a log to a scan, and lets the event loop take turns where that costs much.
 * @param watch of the scan
 * @throws CancelledError if the hooks say so
 */
export async function pushInPieces(
  scan: { push(bytes: Uint8Array): void },
  chunk: Uint8Array,
  watch: LineWatch | undefined,
  hooks: Pick<Hooks, 'isCancelled'>,
): Promise<void> {
  let before = watch?.units ?? 0;
  for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
    scan.push(chunk.subarray(start, start + PIECE_BYTES));
    if (watch !== undefined && watch.units - before >= UNITS_PER_TURN) {
      before = watch.units;
      await nextTurn();
      refuseIfCancelled(hooks);
    }
  }
}
