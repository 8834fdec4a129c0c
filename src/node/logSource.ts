import { createReadStream, type BigIntStats } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { LinePlaces } from '../core/input/lineIndex';
import { fileChange } from './fileChange';
import { CHUNK_BYTES, chunkBuffers, fileChunks } from './fileChunks';
import { fileError, InputError } from './inputError';

/** How standard input is called in messages. */
export const STANDARD_INPUT = '-';

/** Where the bytes of a log come from. */
export interface LogSource {
  /** How the log is called in messages. */
  name: string;
  /** Size on disk in bytes; 0 where it is not known beforehand. */
  size: number;
  /** When its last record may have been written, in milliseconds since 1970: its last change, or now for a pipe. */
  lastChange: number;
  /**
   * The file that holds these bytes as they are; undefined for gzip, a pipe or several files. Who reads it otherwise than
   * by `chunks` says how many bytes were read, and where lines begin.
   */
  plainFile?: { path: string; onRead: (bytes: number, places: LinePlaces) => void };
  /**
   * The log's bytes, decompressed if it is gzip; each chunk is only valid until the next is asked for.
   * @throws InputError (while iterating) if it cannot be read or its gzip is damaged
   */
  chunks(): AsyncGenerator<Uint8Array, void>;
  /** Bytes read from disk so far, of {@link size}. */
  bytesRead(): number;
  /** One sentence for each file that is not what it was when it was opened. */
  changes(): Promise<string[]>;
}

/**
 * Opens a log. A gzip file is known by its first bytes, whatever its name; several members one after another are read
 * through.
 * @param path a file, or `-` for standard input
 * @throws InputError if it does not exist, is a folder or may not be read
 */
export async function openLog(path: string): Promise<LogSource> {
  if (path === STANDARD_INPUT) {
    return streamSource('standard input', 0, Date.now(), () => process.stdin);
  }
  let status: BigIntStats;
  let isPlainFile: boolean;
  try {
    const handle = await open(path, 'r');
    try {
      status = await handle.stat({ bigint: true });
      if (status.isDirectory()) {
        throw new InputError(`${path} is a folder; give a log file.`);
      }
      isPlainFile = status.isFile() && !isGzip((await handle.read(new Uint8Array(2), 0, 2, 0)).buffer);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError(error, path);
  }
  const read = (): Readable => createReadStream(path, { highWaterMark: CHUNK_BYTES });
  if (!status.isFile()) {
    return streamSource(path, 0, Date.now(), read);
  }
  const size = Number(status.size);
  const lastChange = Number(status.mtimeMs);
  const source = isPlainFile ? plainSource(path, size, lastChange) : streamSource(path, size, lastChange, read);
  return {
    ...source,
    changes: async () => {
      const change = await fileChange(path, status, source.bytesRead());
      return change === undefined ? [] : [change];
    },
  };
}

/** The bytes of a file as they are, read into the same two buffers again and again: a stream makes new ones. */
function plainSource(path: string, size: number, lastChange: number): LogSource {
  let bytesRead = 0;
  return {
    name: path,
    size,
    lastChange,
    plainFile: { path, onRead: (bytes) => (bytesRead = bytes) },
    bytesRead: () => bytesRead,
    changes: async () => [],
    async *chunks() {
      try {
        const file = await open(path);
        try {
          for await (const chunk of fileChunks(file, 0, chunkBuffers())) {
            bytesRead += chunk.length;
            yield chunk;
          }
        } finally {
          await file.close();
        }
      } catch (error) {
        throw fileError(error, path);
      }
    },
  };
}

function isGzip(head: Uint8Array): boolean {
  return head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b;
}

function streamSource(name: string, size: number, lastChange: number, open: () => Readable): LogSource {
  let bytesRead = 0;
  async function* raw(stream: Readable): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      bytesRead += chunk.length;
      yield chunk;
    }
  }
  return {
    name,
    size,
    lastChange,
    bytesRead: () => bytesRead,
    changes: async () => [],
    async *chunks() {
      const stream = open();
      try {
        const source = raw(stream);
        const { head, rest } = await readHead(source);
        if (isGzip(head)) {
          yield* gunzip(rest, name);
        } else {
          yield* rest;
        }
      } catch (error) {
        throw fileError(error, name);
      } finally {
        stream.destroy();
      }
    },
  };
}

/** Looks at the first two bytes of a stream, of which the first chunk may hold only one. */
async function readHead(
  source: AsyncGenerator<Uint8Array, void>,
): Promise<{ head: Uint8Array; rest: AsyncGenerator<Uint8Array, void> }> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < 2) {
    const next = await source.next();
    if (next.done) {
      break;
    }
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  async function* rest(): AsyncGenerator<Uint8Array, void> {
    if (head.length > 0) {
      yield head;
    }
    yield* source;
  }
  return { head, rest: rest() };
}

async function* gunzip(source: AsyncGenerator<Uint8Array, void>, name: string): AsyncGenerator<Uint8Array, void> {
  const decompress = createGunzip({ chunkSize: CHUNK_BYTES });
  // A fault of the source destroys the decompressor with it, so both kinds come out of the loop below.
  pipeline(Readable.from(source), decompress, () => undefined);
  try {
    yield* decompress as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw new InputError(
        `${name} is damaged gzip (${error.message}); decompress it as far as it goes and scan that.`,
      );
    }
    throw error;
  }
}
