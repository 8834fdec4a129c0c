import bitIterator from '@openpgp/unbzip2-stream/lib/bit_iterator.js';
import bzip2 from '@openpgp/unbzip2-stream/lib/bzip2.js';
import { DamagedData, UNEXPECTED_END } from './damagedData';

/** Bytes of a unit of the size of blocks, and what a block may take beside its data. */
const UNIT_BYTES = 100_000;
const BESIDE_BYTES = 25_000;
const LARGEST_BLOCK = 9;
/** A block of 900 kB may be a hundred times as large: it comes in pieces of so many bytes. */
const PIECE_BYTES = 1 << 18;

/**
 * Decompresses bzip2 of one or several streams, a block at a time.
 * @throws DamagedData (while iterating) if it is no bzip2, or is cut or damaged
 */
export async function* decompressBzip2(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const chunks: AsyncIterator<Uint8Array, unknown> = source[Symbol.asyncIterator]();
  const waiting: Uint8Array[] = [];
  let received = 0;
  let isAtEnd = false;
  const bits = bitIterator(() => {
    // It asks once before there is anything.
    const next = received === 0 ? new Uint8Array(0) : waiting.shift();
    if (next === undefined) {
      throw new DamagedData(UNEXPECTED_END);
    }
    return next;
  });
  /** Waits until so many bytes are there, or all. */
  const fill = async (wanted: number): Promise<void> => {
    while (!isAtEnd && received - bits.bytesRead < wanted) {
      const { done, value } = await chunks.next();
      isAtEnd = done === true;
      if (done !== true) {
        waiting.push(value.slice());
        received += value.length;
      }
    }
  };
  try {
    for (;;) {
      await fill(BESIDE_BYTES + UNIT_BYTES * LARGEST_BLOCK);
      if (received === bits.bytesRead) {
        return;
      }
      const units = decoded(() => bzip2.header(bits));
      const size = units * UNIT_BYTES;
      const buffer = new Int32Array(size);
      for (let checksum: number | null = 0; ;) {
        await fill(BESIDE_BYTES + size);
        const pieces = new Pieces();
        const before: number = checksum;
        checksum = decoded(() => bzip2.decompress(bits, pieces.push, buffer, size, before));
        if (checksum === null) {
          break;
        }
        yield* pieces.take();
      }
    }
  } finally {
    await chunks.return?.();
  }
}

/** Bytes that come one by one. */
class Pieces {
  private readonly full: Uint8Array[] = [];
  private piece = new Uint8Array(PIECE_BYTES);
  private length = 0;

  readonly push = (byte: number): void => {
    if (this.length === PIECE_BYTES) {
      this.full.push(this.piece);
      this.piece = new Uint8Array(PIECE_BYTES);
      this.length = 0;
    }
    this.piece[this.length++] = byte;
  };

  take(): Uint8Array[] {
    const last = this.piece.subarray(0, this.length);
    return last.length === 0 ? this.full : [...this.full, last];
  }
}

/** What the library throws is about the data. */
function decoded<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw error instanceof DamagedData
      ? error
      : new DamagedData(error instanceof Error ? error.message : String(error));
  }
}
