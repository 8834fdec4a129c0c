import { createHash, randomBytes } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { isSystemError } from './writeError';

/** After this time a file that a process of another machine or container has not written to is taken for left behind. */
const ABANDONED_MILLISECONDS = 24 * 60 * 60 * 1000;

const NAME = /^\.logcnn-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}\.tmp$/;

let ownTag: string | undefined;

/** A new path for a file that is being written, which tells what process it belongs to. */
export function temporaryPath(folder: string): string {
  return join(folder, `.logcnn-${processesTag()}-${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
}

/**
 * Removes the files that earlier processes of this user left in a folder when they were killed, as far as they may be.
 * @param own the paths at which this process is writing; not all that bear its number are, for in a container the first
 *   process is number 1 each time
 */
export async function sweepLeftovers(folder: string, own: Iterable<string>): Promise<void> {
  // By their names, which are unique: a path has many forms.
  const open = new Set(Array.from(own, (path) => basename(path)));
  for (const name of await readdir(folder).catch(() => [])) {
    const [, tag, pid] = NAME.exec(name) ?? [];
    const path = join(folder, name);
    if (tag !== undefined && !open.has(name) && (await isLeftBehind(path, tag, Number(pid)))) {
      await rm(path, { force: true }).catch(() => undefined);
    }
  }
}

async function isLeftBehind(path: string, tag: string, pid: number): Promise<boolean> {
  const status = await lstat(path).catch(() => undefined);
  if (status === undefined || !status.isFile() || (process.getuid !== undefined && status.uid !== process.getuid())) {
    return false;
  }
  return tag === processesTag()
    ? pid === process.pid || !isRunning(pid)
    : Date.now() - status.mtimeMs > ABANDONED_MILLISECONDS;
}

/** Whether a process that numbers processes as we do is there. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return isSystemError(error, 'EPERM');
  }
}

/**
 * Stands for all processes that share their numbers with this one. A folder may be shared by several machines and
 * containers, each of which numbers its own.
 */
function processesTag(): string {
  if (ownTag === undefined) {
    let namespace = '';
    try {
      namespace = readlinkSync('/proc/self/ns/pid');
    } catch {
      // Only Linux has containers that number their own processes.
    }
    ownTag = createHash('sha256').update(`${hostname()} ${namespace}`).digest('hex').slice(0, 8);
  }
  return ownTag;
}
