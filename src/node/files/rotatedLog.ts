import { LF } from '../../core/input/bytes';
import type { BigIntStats } from 'node:fs';
import { access, constants, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../core/errors/userError';
import { ByteDecoder } from '../../core/input/byteDecoder';
import type { Encoding } from '../../core/input/encoding';
import { LineSplitter } from '../../core/input/lineSplitter';
import type { RotatedFile } from '../../core/input/rotatedFile';
import { rotatedSiblings } from '../../core/input/rotation';
import { fileChange, isSameFile } from './fileChange';
import { fileError } from './fileError';
import { openLogFile, type LogSource } from './logSource';
import { notAFile } from './ordinaryFile';
import { namingLog } from './notText';

/**
 * The files of the log that a file belongs to: itself and those it was rotated to, in the same folder, oldest first.
 * @throws UserError if the folder cannot be read
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
export interface FilePart extends RotatedFile {
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
 * Makes one log of the files of a rotated log. Each may be compressed and has an encoding of its own. They are opened one after
 * another, when their turn comes: there may be more of them than files may be open.
 * @param paths the files, the oldest first; at least one
 * @param encoding of all of them, where that was said; found out of each if left out
 * @throws UserError if one of them does not exist, is no ordinary file or may not be read; also while iterating, then also
 * if another file has taken the name of one
 */
export async function openRotatedLog(paths: readonly string[], encoding?: Encoding): Promise<RotatedLog> {
  const statuses: BigIntStats[] = [];
  for (const path of paths) {
    statuses.push(await readableFile(path));
  }
  const files: LogSource[] = [];
  const parts: FilePart[] = [];
  let lines = 0;

  async function* linesOf(file: LogSource, path: string): AsyncGenerator<Uint8Array, void> {
    const counter = new LineSplitter(() => undefined);
    const decoded: Uint8Array[] = [];
    const decoder = new ByteDecoder((bytes) => decoded.push(bytes), undefined, encoding);
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
      throw namingLog(error, file);
    }
    yield* take();
    counter.end();
    lines += counter.lineCount;
    if (last !== LF && path !== paths[paths.length - 1]) {
      // Ends the last line, or makes CRLF of its CR, so that it does not run into the next file.
      yield Uint8Array.of(LF);
    }
  }

  return {
    paths,
    source: {
      name: paths[paths.length - 1],
      encoding: 'utf-8',
      lastChange: Math.max(...statuses.map(({ mtimeMs }) => Number(mtimeMs))),
      size: statuses.reduce((sum, { size }) => sum + Number(size), 0),
      bytesRead: () => files.reduce((sum, file) => sum + file.bytesRead(), 0),
      changes: async () => {
        const changes = statuses.map((status, i) => files.at(i)?.changes() ?? changesOf(paths[i], status));
        return (await Promise.all(changes)).flat();
      },
      async *chunks() {
        for (const [i, path] of paths.entries()) {
          const file = await openLogFile(path, statuses[i]);
          files.push(file);
          if (file.file === undefined || !isSameFile(file.file.status, statuses[i])) {
            throw new UserError('replaced', { path });
          }
          yield* linesOf(file, path);
        }
      },
      close: async () => {
        await Promise.all(files.map((file) => file.close()));
      },
    },
    parts,
  };
}

/** What the system says of a file that can be read. */
async function readableFile(path: string): Promise<BigIntStats> {
  try {
    const status = await stat(path, { bigint: true });
    if (status.isDirectory()) {
      throw new UserError('is-folder', { path });
    }
    if (!status.isFile()) {
      throw notAFile(path);
    }
    await access(path, constants.R_OK);
    return status;
  } catch (error) {
    throw fileError(error, path);
  }
}

/** What has happened to a file that was not read. */
async function changesOf(path: string, status: BigIntStats): Promise<string[]> {
  const change = await fileChange(path, status, 0);
  return change === undefined ? [] : [change];
}
