import type { BigIntStats } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../core/errors/userError';
import type { Encoding } from '../../core/input/encoding';
import type { LinePlaces } from '../../core/input/lineIndex';
import { fileChange } from './fileChange';
import { CHUNK_BYTES, chunkBuffers, fileChunks, fileOf, type ChunkBuffers } from './fileChunks';
import { fileError } from './fileError';
import { GzipRatio } from './gzipRatio';
import { notAFile } from './ordinaryFile';
import { openInput, STANDARD_INPUT, type OpenedInput } from './openInput';

/** The ordinary file that a log is read from. */
export interface LogFile {
  /** Open until the log's bytes have been read or it is closed. */
  fd: number;
  /** As of its opening. */
  status: BigIntStats;
  /**
   * Who reads the file otherwise than by the log's `chunks` says how many bytes were read, and where lines begin; undefined
   * for gzip, whose bytes are not those of the log.
   */
  onRead?: (bytes: number, places: LinePlaces) => void;
}

/** Where the bytes of a log come from. */
export interface LogSource {
  /** How the log is called in messages. */
  name: string;
  /** Size on disk in bytes; 0 where it is not known beforehand. */
  size: number;
  /** When its last record may have been written, in milliseconds since 1970: its last change, or now for a pipe. */
  lastChange: number;
  /** Undefined for a pipe, which cannot be read once more, for a device, and for several files. */
  file?: LogFile;
  /** In which its text is, where that was said; found out if left out. */
  encoding?: Encoding;
  /**
   * The log's bytes, decompressed if it is gzip, once; each chunk is only valid until the next is asked for.
   * @throws UserError (while iterating) if it cannot be read or its gzip is damaged
   */
  chunks(): AsyncGenerator<Uint8Array, void>;
  /** Bytes read from disk so far, of {@link size}. */
  bytesRead(): number;
  /** One sentence for each file that is not what it was when it was opened, and for gzip of a remarkable ratio. */
  changes(): Promise<string[]>;
  /** Gives back what is open, which the end of `chunks` does too. */
  close(): Promise<void>;
}

/**
 * Opens a log. A gzip file is known by its first bytes, whatever its name; several members one after another are read
 * through.
 * @param path a file, pipe or device, or `-` for standard input
 * @throws UserError if it does not exist, is a folder or may not be read, or if standard input is closed
 */
export async function openLog(path: string): Promise<LogSource> {
  const input = await openInput(path);
  // What is piped in has no time of its own, even from a file.
  return input.status.isFile() && path !== STANDARD_INPUT ? openedFile(input) : streamSource(input, 0, Date.now());
}

/**
 * Opens a log that must be an ordinary file: a pipe may be waited for without end, and a device may have no end.
 * @param known the file as it was seen before, since when its changes are reported; as it is now if left out
 * @throws UserError if it does not exist, is anything else or may not be read
 */
export async function openLogFile(path: string, known?: BigIntStats): Promise<LogSource> {
  const input = await openInput(path);
  if (!input.status.isFile()) {
    await input.close();
    throw notAFile(path);
  }
  return openedFile(input, known);
}

async function openedFile(input: OpenedInput, known: BigIntStats = input.status): Promise<LogSource> {
  const { name, fd, status } = input;
  const size = Number(status.size);
  const lastChange = Number(status.mtimeMs);
  try {
    const head = Buffer.alloc(2);
    await fileOf(fd).read(head, 0, 2, 0);
    const source = isGzip(head)
      ? { ...streamSource(input, size, lastChange), file: { fd, status } }
      : plainSource(input, size, lastChange);
    return {
      ...source,
      changes: async () => {
        const change = await fileChange(name, known, source.bytesRead());
        return [...(await source.changes()), ...(change === undefined ? [] : [change])];
      },
    };
  } catch (error) {
    await input.close();
    throw fileError(error, name);
  }
}

/** Buffers that no file is read into now: files that are read one after another share them. */
let spareBuffers: ChunkBuffers | undefined;

/** The bytes of a file as they are, read into the same two buffers again and again: a stream makes new ones. */
function plainSource(input: OpenedInput, size: number, lastChange: number): LogSource {
  const { name, fd, status } = input;
  let bytesRead = 0;
  let reading: ReturnType<typeof fileChunks> | undefined;
  const close = async (): Promise<void> => {
    // Ends the read ahead, too.
    await reading?.return();
    await input.close();
  };
  return {
    name,
    size,
    lastChange,
    file: { fd, status, onRead: (bytes) => (bytesRead = bytes) },
    bytesRead: () => bytesRead,
    changes: async () => [],
    async *chunks() {
      const buffers = spareBuffers ?? chunkBuffers();
      spareBuffers = undefined;
      try {
        reading = fileChunks(fileOf(fd), 0, buffers);
        for await (const chunk of reading) {
          bytesRead += chunk.length;
          yield chunk;
        }
      } catch (error) {
        throw fileError(error, name);
      } finally {
        await close();
        spareBuffers = buffers;
      }
    },
    close,
  };
}

function isGzip(head: Uint8Array): boolean {
  return head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b;
}

/** The bytes of a pipe or a device, or what a gzip of them holds. */
function streamSource(input: OpenedInput, size: number, lastChange: number): LogSource {
  let bytesRead = 0;
  async function* raw(): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of input.chunks()) {
      bytesRead += chunk.length;
      yield chunk;
    }
  }
  const ratio = new GzipRatio(input.name, () => bytesRead);
  return {
    name: input.name,
    size,
    lastChange,
    bytesRead: () => bytesRead,
    changes: async () => ratio.notes(),
    async *chunks() {
      try {
        const { head, rest } = await readHead(raw());
        yield* isGzip(head) ? gunzip(rest, input.name, ratio) : rest;
      } finally {
        // Who leaves a gzip early may leave a read of its pipe behind.
        await input.close();
      }
    },
    close: () => input.close(),
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

async function* gunzip(
  source: AsyncGenerator<Uint8Array, void>,
  name: string,
  ratio: GzipRatio,
): AsyncGenerator<Uint8Array, void> {
  const decompress = createGunzip({ chunkSize: CHUNK_BYTES });
  // A fault of the source destroys the decompressor with it, so both kinds come out of the loop below.
  pipeline(Readable.from(source), decompress, () => undefined);
  try {
    for await (const chunk of decompress as AsyncIterable<Uint8Array>) {
      ratio.take(chunk.length);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw new UserError('damaged-gzip', { path: name, why: error.message });
    }
    throw error;
  }
}
