import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../core/errors/userError';
import { decompressBzip2 } from './bzip2Stream';
import { mayBePacked, packingOf, PACKING_BYTES, type Compression, type Packing } from './compression';
import { CompressionRatio } from './compressionRatio';
import { DamagedData } from './damagedData';
import { CHUNK_BYTES } from './fileChunks';
import { decompressXz } from './xzStream';
import { decompressZstd } from './zstdStream';

/**
 * Decompresses bytes as they come, in chunks that stay valid; each that it gives is only valid until the next is asked for.
 * @throws DamagedData (while iterating) if they are cut or damaged
 */
type Decoder = (source: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array, void>;

const DECODERS: Readonly<Record<Compression, Decoder>> = {
  gzip: decompressGzip,
  zstd: decompressZstd,
  xz: decompressXz,
  bzip2: decompressBzip2,
};

/** Unpacks one log, whichever way it is compressed, and watches that it does not grow without measure. */
export class Unpacking {
  private readonly ratios: CompressionRatio[] = [];

  /**
   * @param name of the log in messages
   * @param bytesRead tells how many packed bytes were read
   * @param outer of what the bytes come out already
   */
  constructor(
    private readonly name: string,
    private readonly bytesRead: () => number,
    private readonly outer?: Packing,
  ) {}

  /**
   * The bytes, decompressed if they are compressed.
   * @param source chunks that stay valid
   * @throws UserError (while iterating) if they are damaged, grow too much, or are a zip archive, which is read from files only
   */
  async *unpack(source: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
    const { name: path } = this;
    const { head, rest } = await readHead(this.outer === undefined ? source : this.counted(this.outer, source));
    const packing = packingOf(head);
    if (packing === undefined) {
      yield* rest;
      return;
    }
    if (packing === 'zip') {
      await rest.return();
      throw new UserError('zip-not-a-file', { path });
    }
    try {
      yield* this.counted(packing, DECODERS[packing](rest));
    } catch (error) {
      throw error instanceof DamagedData
        ? new UserError('damaged-compression', { path, kind: packing, why: error.message })
        : error;
    }
  }

  /** What a report says of remarkable ratios. */
  notes(): string[] {
    return this.ratios.flatMap((ratio) => ratio.notes()).slice(-1);
  }

  private async *counted(kind: Packing, decompressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
    const ratio = new CompressionRatio(this.name, kind, this.bytesRead);
    this.ratios.push(ratio);
    for await (const chunk of decompressed) {
      ratio.take(chunk.length);
      yield chunk;
    }
  }
}

/** Looks at the first bytes of a stream, no more of them than are needed: a pipe may give few and then nothing for long. */
async function readHead(
  source: AsyncGenerator<Uint8Array, void>,
): Promise<{ head: Uint8Array; rest: AsyncGenerator<Uint8Array, void> }> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < PACKING_BYTES && mayBePacked(head)) {
    const next = await source.next();
    if (next.done) {
      break;
    }
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  async function* rest(): AsyncGenerator<Uint8Array, void> {
    try {
      if (head.length > 0) {
        yield head;
      }
      yield* source;
    } finally {
      await source.return();
    }
  }
  return { head, rest: rest() };
}

async function* decompressGzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const decompress = createGunzip({ chunkSize: CHUNK_BYTES });
  // A fault of the source destroys the decompressor with it, so both kinds come out of the loop below.
  pipeline(Readable.from(source), decompress, () => undefined);
  try {
    yield* decompress as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
      ? new DamagedData(error.message)
      : error;
  }
}
