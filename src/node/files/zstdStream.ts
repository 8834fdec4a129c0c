import { pipeline, Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { CHUNK_BYTES } from './fileChunks';
import { DamagedData, UNEXPECTED_END } from './damagedData';

/** Bytes of the largest window that is taken, as of the program zstd: it has to be kept while a frame is read. */
const MAX_WINDOW = 128 << 20;
const MAGIC = 0xfd2fb528;
/** Those of the sixteen kinds of frames that are skipped differ in the last four bits. */
const SKIPPABLE = 0x184d2a5;

/** What Node 22.15 and 23.8 have and Node 20 has not. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: (options: { chunkSize: number }) => Transform };

/**
 * Decompresses zstd of any number of frames. Each frame gets a decoder of its own: that of Node ends with the first one and says
 * nothing of the others.
 * @throws DamagedData (while iterating) if it is no zstd, is cut or damaged, or needs a window of more than 128 MiB
 */
export async function* decompressZstd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const frames = new FrameReader(source);
  try {
    while (await frames.next()) {
      yield* createZstdDecompress === undefined ? decodeFrame(frames.bytes()) : decodeNatively(frames.bytes());
    }
  } finally {
    await frames.close();
  }
}

async function* decodeNatively(frame: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
  const decoder = createZstdDecompress!({ chunkSize: CHUNK_BYTES });
  // A fault of the frame destroys the decoder with it, so both kinds come out of the loop below.
  pipeline(Readable.from(frame), decoder, () => undefined);
  try {
    yield* decoder as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw error instanceof Error && 'code' in error && /^Z(STD)?_/.test(String(error.code))
      ? new DamagedData(error.message)
      : error;
  }
}

/** For Node 20. It does not look at the checksum of a frame. */
async function* decodeFrame(frame: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let decoded: Uint8Array[] = [];
  const decoder = new Decompress((bytes) => {
    if (bytes.length > 0) {
      // The decoder goes on with the memory of what it gives.
      decoded.push(bytes.slice());
    }
  });
  const push = (bytes: Uint8Array, isLast: boolean): Uint8Array[] => {
    decoded = [];
    try {
      decoder.push(bytes, isLast);
    } catch (error) {
      throw new DamagedData(error instanceof Error ? error.message : String(error));
    }
    return decoded;
  };
  for await (const bytes of frame) {
    yield* push(bytes, false);
  }
  // It keeps the first bytes back until it is certain of the header.
  yield* push(new Uint8Array(0), true);
}

/** Finds the frames in zstd by the sizes that their blocks tell, without decompressing them. */
class FrameReader {
  private readonly source: AsyncIterator<Uint8Array, unknown>;
  private chunk: Uint8Array = new Uint8Array(0);
  private magic: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** Goes to the next frame that is not skipped; false at the end. */
  async next(): Promise<boolean> {
    while (this.chunk.length > 0 || (await this.more())) {
      this.magic = await this.take(4);
      const magic = numberOf(this.magic);
      if (magic === MAGIC) {
        return true;
      }
      if (magic >>> 4 !== SKIPPABLE) {
        throw new DamagedData('no frame begins where one has to');
      }
      for await (const skipped of this.pieces(numberOf(await this.take(4)))) {
        void skipped;
      }
    }
    return false;
  }

  /** The bytes of the frame that was found, to its end; none is valid after the next. */
  async *bytes(): AsyncGenerator<Uint8Array, void> {
    const flags = await this.take(1);
    const isSingleSegment = (flags[0] & 0x20) !== 0;
    const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][flags[0] >> 6];
    const window = await this.take(isSingleSegment ? 0 : 1);
    const dictionary = await this.take([0, 1, 2, 4][flags[0] & 3]);
    const size = await this.take(sizeBytes);
    const windowBytes = isSingleSegment ? numberOf(size) : windowOf(window[0]);
    if (windowBytes > MAX_WINDOW) {
      throw new DamagedData(
        `its window of ${Math.ceil(windowBytes / (1 << 20))} MiB is larger than ${MAX_WINDOW / (1 << 20)} MiB`,
      );
    }
    yield Buffer.concat([this.magic, flags, window, dictionary, size]);
    for (let isLast = false; !isLast;) {
      const header = await this.take(3);
      const bits = numberOf(header);
      isLast = (bits & 1) === 1;
      const type = (bits >> 1) & 3;
      if (type === 3) {
        throw new DamagedData('a block is of no known type');
      }
      yield header;
      const isRun = type === 1;
      yield* this.pieces(isRun ? 1 : bits >> 3);
    }
    if ((flags[0] & 4) !== 0) {
      yield await this.take(4);
    }
  }

  async close(): Promise<void> {
    await this.source.return?.();
  }

  private async more(): Promise<boolean> {
    const { done, value } = await this.source.next();
    this.chunk = done === true ? new Uint8Array(0) : value;
    return done !== true;
  }

  private async take(length: number): Promise<Uint8Array> {
    const taken: Uint8Array[] = [];
    for await (const piece of this.pieces(length)) {
      taken.push(piece.slice());
    }
    return Buffer.concat(taken);
  }

  private async *pieces(length: number): AsyncGenerator<Uint8Array, void> {
    for (let left = length; left > 0;) {
      if (this.chunk.length === 0 && !(await this.more())) {
        throw new DamagedData(UNEXPECTED_END);
      }
      const piece = this.chunk.subarray(0, left);
      this.chunk = this.chunk.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }
}

/** Of bytes with the lowest first. */
function numberOf(bytes: Uint8Array): number {
  return bytes.reduceRight((number, byte) => number * 256 + byte, 0);
}

/** Bytes of a window by its descriptor. */
function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}
