import type { BigIntStats } from 'node:fs';
import type { Encoding } from '../../core/input/encoding';
import type { LinePlaces } from '../../core/input/lineIndex';
import { fileChange } from './fileChange';
import { chunkBuffers, fileChunks, fileOf, type ChunkBuffers } from './fileChunks';
import { packingOf, PACKING_BYTES } from './compression';
import { fileError } from './fileError';
import { notAFile } from './ordinaryFile';
import { openInput, STANDARD_INPUT, type OpenedInput } from './openInput';
import { Unpacking } from './unpacking';
import { openArchive, zipMember, type ZipMember } from './zipArchive';

/** The ordinary file that a log is read from. */
export interface LogFile {
  /** Open until the log's bytes have been read or it is closed. */
  fd: number;
  /** As of its opening. */
  status: BigIntStats;
  /**
   * Who reads the file otherwise than by the log's `chunks` says how many bytes were read, and where lines begin; undefined
   * where it is compressed, as its bytes are not those of the log.
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
   * The log's bytes, decompressed if it is compressed, once; each chunk is only valid until the next is asked for.
   * @throws UserError (while iterating) if it cannot be read or is damaged
   */
  chunks(): AsyncGenerator<Uint8Array, void>;
  /** Bytes read from disk so far, of {@link size}. */
  bytesRead(): number;
  /** One sentence for each file that is not what it was when it was opened, and for a remarkable ratio of compression. */
  changes(): Promise<string[]>;
  /** Gives back what is open, which the end of `chunks` does too. */
  close(): Promise<void>;
}

/**
 * Opens a log. What is compressed is known by its first bytes, whatever its name; several members one after another are read
 * through. Of a zip archive the only log is read, or the one that the path names behind that of the archive.
 * @param path a file, pipe or device, or `-` for standard input
 * @throws UserError if it does not exist, is a folder or may not be read, if standard input is closed, or if an archive
 * does not have the log, has none or more than one
 */
export async function openLog(path: string): Promise<LogSource> {
  const member = await zipMember(path);
  const input = await openInput(member?.archive ?? path);
  // What is piped in has no time of its own, even from a file.
  return input.status.isFile() && path !== STANDARD_INPUT
    ? openedFile(input, input.status, member)
    : streamSource(input, 0, Date.now());
}

/**
 * Opens a log that must be an ordinary file, or in an archive that is one: a pipe may be waited for without end, and a device
 * may have no end.
 * @param known the file as it was seen before, since when its changes are reported; as it is now if left out
 * @throws UserError if it does not exist, is anything else or may not be read
 */
export async function openLogFile(path: string, known?: BigIntStats): Promise<LogSource> {
  const member = await zipMember(path);
  const input = await openInput(member?.archive ?? path);
  if (!input.status.isFile()) {
    await input.close();
    throw notAFile(path);
  }
  return openedFile(input, known ?? input.status, member);
}

async function openedFile(input: OpenedInput, known: BigIntStats, member?: ZipMember): Promise<LogSource> {
  const { name, fd, status } = input;
  const size = Number(status.size);
  const lastChange = Number(status.mtimeMs);
  try {
    const head = Buffer.alloc(PACKING_BYTES);
    const { bytesRead } = await fileOf(fd).read(head, 0, head.length, 0);
    const packing = packingOf(head.subarray(0, bytesRead));
    const source =
      packing === undefined
        ? plainSource(input, size, lastChange)
        : packing === 'zip'
          ? await archivedSource(input, lastChange, member?.name)
          : { ...streamSource(input, size, lastChange), file: { fd, status } };
    return {
      ...source,
      changes: async () => {
        const change = await fileChange(name, known, packing === 'zip' ? size : source.bytesRead());
        return [...(await source.changes()), ...(change === undefined ? [] : [change])];
      },
    };
  } catch (error) {
    await input.close();
    throw fileError(error, name);
  }
}

/** A log in a zip archive. How much of the archive was read is taken for what was decompressed of the log. */
async function archivedSource(input: OpenedInput, lastChange: number, wanted: string | undefined): Promise<LogSource> {
  const { status, fd } = input;
  const log = await (await openArchive(input)).log(wanted);
  let decompressed = 0;
  const bytesRead = (): number => Math.round((decompressed / Math.max(1, log.size)) * log.compressedSize);
  const unpacking = new Unpacking(log.path, bytesRead, 'zip');
  return {
    name: log.path,
    size: log.compressedSize,
    lastChange,
    file: { fd, status },
    bytesRead,
    changes: async () => unpacking.notes(),
    async *chunks() {
      try {
        yield* unpacking.unpack(counted(log.bytes(), (length) => (decompressed += length)));
      } finally {
        await input.close();
      }
    },
    close: () => input.close(),
  };
}

/** The same chunks, the length of each counted as it passes. */
async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  count: (length: number) => void,
): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of chunks) {
    count(chunk.length);
    yield chunk;
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

/** The bytes of a pipe or a device, or what compressed bytes of them hold. */
function streamSource(input: OpenedInput, size: number, lastChange: number): LogSource {
  let bytesRead = 0;
  const unpacking = new Unpacking(input.name, () => bytesRead);
  return {
    name: input.name,
    size,
    lastChange,
    bytesRead: () => bytesRead,
    changes: async () => unpacking.notes(),
    async *chunks() {
      try {
        yield* unpacking.unpack(counted(input.chunks(), (length) => (bytesRead += length)));
      } finally {
        // Who leaves compressed bytes early may leave a read of their pipe behind.
        await input.close();
      }
    },
    close: () => input.close(),
  };
}
