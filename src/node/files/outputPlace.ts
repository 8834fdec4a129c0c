import { constants, fstat, type BigIntStats } from 'node:fs';
import { access, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../../core/errors/userError';
import { isSystemError, writeError } from './writeError';

/** Where an output goes once all links are followed, and what is there now. */
export type OutputPlace =
  /** A file, which a new one may replace; `status` of the one that is there. */
  | { kind: 'file'; path: string; status: BigIntStats | undefined }
  /** A device, a pipe or a file of the kernel: it is written where it is, for a file must not take its place. */
  | { kind: 'special'; path: string; status: BigIntStats }
  /** What this process has open, such as its standard output: its beginning, its end and its reader belong to others. */
  | { kind: 'descriptor'; descriptor: number; status: BigIntStats };

/** Folders whose files are the kernel's; that of shared memory is like any other. */
const OF_THE_KERNEL = /^\/(?:proc|sys|dev(?!\/shm\/))\//;

/** Links that follow one another at most, as Linux has it. */
const MAXIMUM_LINKS = 40;

/** How standard output is called where a path is expected. */
export const STANDARD_OUTPUT = '-';

/**
 * Follows all links of an output, also those of which the last one points to nothing yet.
 * @param path a path, or `-` for standard output
 * @throws UserError if it is a folder or may not be written
 */
export async function outputPlace(path: string): Promise<OutputPlace> {
  try {
    if (path === STANDARD_OUTPUT) {
      return await descriptorPlace(1);
    }
    if (path === '') {
      throw new UserError('output-unnamed');
    }
    if (path.endsWith('/') || path.endsWith(sep)) {
      throw new UserError('is-folder', { path });
    }
    // The system follows links first: it refuses those that others have laid out in a folder for everybody.
    const status = await statOrNothing(path);
    if (status?.isDirectory()) {
      throw new UserError('is-folder', { path });
    }
    const followed = await followLinks(path);
    if (typeof followed === 'number') {
      return await descriptorPlace(followed);
    }
    if (status === undefined) {
      if (OF_THE_KERNEL.test(followed)) {
        throw new UserError('output-device-missing', { path });
      }
      return { kind: 'file', path: followed, status };
    }
    if (!status.isFile() || OF_THE_KERNEL.test(followed)) {
      return { kind: 'special', path: followed, status };
    }
    // To replace a file asks for no permission on it: who has protected one means it.
    await access(followed, constants.W_OK);
    return { kind: 'file', path: followed, status };
  } catch (error) {
    throw writeError(error, path);
  }
}

async function descriptorPlace(descriptor: number): Promise<OutputPlace> {
  return { kind: 'descriptor', descriptor, status: await promisify(fstat)(descriptor, { bigint: true }) };
}

async function statOrNothing(path: string): Promise<BigIntStats | undefined> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    return orNothing(error, 'ENOENT');
  }
}

/** The path that a chain of links ends at, or the open file of this process that it leads to. */
async function followLinks(path: string): Promise<string | number> {
  let place = path;
  for (let links = 0; links <= MAXIMUM_LINKS; links++) {
    const folder = await realFolder(dirname(place));
    const at = join(folder, basename(place));
    const descriptor = ownDescriptor(at);
    if (descriptor !== undefined) {
      return descriptor;
    }
    const target = at.startsWith('/proc/') ? undefined : await linkTarget(at);
    if (target === undefined) {
      return at;
    }
    // Not joined, which would take `..` away before the link in front of it is followed.
    place = isAbsolute(target) ? target : `${folder}/${target}`;
  }
  throw new UserError('output-link-endless', { path });
}

/** The folder itself, without links; as it is given if it does not exist yet. */
async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    return orNothing(error, 'ENOENT') ?? folder;
  }
}

async function linkTarget(path: string): Promise<string | undefined> {
  try {
    return await readlink(path);
  } catch (error) {
    // What is no link; on Windows that is UNKNOWN in some file systems.
    return orNothing(error, 'ENOENT', 'EINVAL', 'UNKNOWN');
  }
}

/** The number of an open file of this process by its path, such as /dev/fd/1 or /proc/42/fd/1. */
function ownDescriptor(path: string): number | undefined {
  const match = /^\/(?:dev|proc\/(\d+)(?:\/task\/\d+)?)\/fd\/(\d+)$/.exec(path);
  return match !== null && (match[1] === undefined || Number(match[1]) === process.pid) ? Number(match[2]) : undefined;
}

function orNothing(error: unknown, ...codes: string[]): undefined {
  if (isSystemError(error, ...codes)) {
    return undefined;
  }
  throw error;
}
