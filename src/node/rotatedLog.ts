import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ByteDecoder, NotTextError } from '../core/input/byteDecoder';
import { LineSplitter } from '../core/input/lineSplitter';
import type { LogPart } from '../core/input/logParts';
import { rotatedSiblings } from '../core/input/rotation';
import { fileError } from './inputError';
import { openLog, type LogSource } from './logSource';
import { notText } from './readLog';

const LF = 0x0a;

/**
 * The files of the log that a file belongs to: itself and those it was rotated to, in the same folder, oldest first.
 * @throws InputError if the folder cannot be read
 */
export async function rotatedFiles(path: string): Promise<string[]> {
  try {
    const names = await readdir(dirname(path));
    return rotatedSiblings(basename(path), names).map((name) => join(dirname(path), name));
  } catch (error) {
    throw fileError(error, dirname(path));
  }
}

/** A file of a log that is read with those it was rotated to. */
export interface FilePart extends LogPart {
  path: string;
}

/** Several files that are read as one log. */
export interface RotatedLog {
  /** The files, oldest first. */
  paths: readonly string[];
  /** Their bytes one after another, in UTF-8, each file ending with a line end. Can be read once. */
  source: LogSource;
  /** The files that have been begun, oldest first, and where their lines begin in the whole. */
  parts: readonly FilePart[];
}

/**
 * Opens the files of a rotated log as one log. Each may be gzip and has an encoding of its own.
 * @param paths the files, the oldest first; at least one
 * @throws InputError if one of them does not exist, is a folder or may not be read
 */
export async function openRotatedLog(paths: readonly string[]): Promise<RotatedLog> {
  const files = await Promise.all(paths.map(openLog));
  const parts: FilePart[] = [];
  let lines = 0;

  async function* linesOf(file: LogSource, path: string): AsyncGenerator<Uint8Array, void> {
    const counter = new LineSplitter(() => undefined);
    const decoded: Uint8Array[] = [];
    const decoder = new ByteDecoder((bytes) => decoded.push(bytes));
    let last = LF;
    const take = (): Uint8Array[] => {
      const chunks = decoded.splice(0);
      for (const chunk of chunks) {
        counter.push(chunk);
        last = chunk[chunk.length - 1];
      }
      return chunks;
    };
    parts.push({ path, linesBefore: lines });
    try {
      for await (const chunk of file.chunks()) {
        decoder.push(chunk);
        yield* take();
      }
      decoder.end();
    } catch (error) {
      throw error instanceof NotTextError ? notText(file) : error;
    }
    yield* take();
    counter.end();
    lines += counter.lineCount;
    if (last !== LF) {
      // Ends the last line, or makes CRLF of its CR, so that it does not run into the next file.
      yield Uint8Array.of(LF);
    }
  }

  return {
    paths,
    source: {
      name: paths[paths.length - 1],
      lastChange: Math.max(...files.map(({ lastChange }) => lastChange)),
      size: files.reduce((sum, { size }) => sum + size, 0),
      bytesRead: () => files.reduce((sum, file) => sum + file.bytesRead(), 0),
      changes: async () => (await Promise.all(files.map((file) => file.changes()))).flat(),
      async *chunks() {
        for (const [i, file] of files.entries()) {
          yield* linesOf(file, paths[i]);
        }
      },
    },
    parts,
  };
}
