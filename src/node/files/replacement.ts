import { rmSync, type BigIntStats } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sweepLeftovers, temporaryPath } from './leftovers';
import { makeFolder } from './makeFolder';
import type { OutputTarget } from './outputTarget';
import { isSystemError } from './writeError';

/** The files that are being written beside their places. */
const unfinished = new Set<string>();

/** Removes at once what this process has written of files that are not complete, for it is about to be ended. */
export function discardUnfinishedFiles(): void {
  for (const path of unfinished) {
    try {
      rmSync(path, { force: true });
    } catch {
      // Nobody is left to be told; a later run removes it.
    }
  }
  unfinished.clear();
}

/**
 * Begins a file beside its place, which it takes when it is complete. Missing folders are made, and what killed processes
 * have left there is removed.
 * @param earlier the file that it replaces, whose permissions and owner it gets
 * @throws the system's error if the place cannot be written
 */
export async function openReplacement(path: string, earlier: BigIntStats | undefined): Promise<OutputTarget> {
  const folder = dirname(path);
  await makeFolder(folder);
  await sweepLeftovers(folder, unfinished);
  const temporary = temporaryPath(folder);
  unfinished.add(temporary);
  let handle: FileHandle | undefined;
  const discard = async (): Promise<void> => {
    await handle?.close().catch(() => undefined);
    if (unfinished.delete(temporary)) {
      await rm(temporary, { force: true });
    }
  };
  try {
    // Nobody may read of it what they may not read of the file that it replaces.
    const file = (handle = await open(temporary, 'wx', earlier === undefined ? 0o666 : 0o600));
    if (earlier !== undefined) {
      await takeOver(file, earlier);
    }
    return {
      write: async (bytes) => (await file.write(bytes)).bytesWritten,
      complete: async () => {
        // What is renamed before it is on the disk is an empty file after a loss of power.
        await ifPossible(file.sync());
        await file.close();
        await rename(temporary, path);
        unfinished.delete(temporary);
        await syncFolder(folder);
      },
      discard,
    };
  } catch (error) {
    await discard();
    throw error;
  }
}

/** Gives a file the permissions and, as far as the system allows, the owner and the group of an earlier one. */
async function takeOver(file: FileHandle, earlier: BigIntStats): Promise<void> {
  const { uid, gid } = await file.stat();
  const [owner, group] = [Number(earlier.uid), Number(earlier.gid)];
  let mode = Number(earlier.mode) & 0o777;
  const isOwned =
    (uid === owner && gid === group) ||
    (await ifPossible(file.chown(owner, group))) ||
    gid === group ||
    (await ifPossible(file.chown(uid, group)));
  if (!isOwned) {
    // The group is another one now: it may do what all others may.
    mode = (mode & 0o707) | ((mode & 0o007) << 3);
  }
  await ifPossible(file.chmod(mode));
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') {
    return;
  }
  let handle: FileHandle;
  try {
    handle = await open(folder, 'r');
  } catch {
    // One that may be written but not read: the system decides when.
    return;
  }
  try {
    await ifPossible(handle.sync());
  } finally {
    await handle.close();
  }
}

/** Codes with which a file system says that it has no such thing, or that this user may not do it. */
const IMPOSSIBLE = ['EINVAL', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR'];

/** Whether what not every file system can do was done. */
async function ifPossible(doing: Promise<void>): Promise<boolean> {
  try {
    await doing;
    return true;
  } catch (error) {
    if (isSystemError(error, ...IMPOSSIBLE)) {
      return false;
    }
    throw error;
  }
}
