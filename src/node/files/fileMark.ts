import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

/** By what a file is known to be still what it was, or that with more appended to it. */
export interface FileMark {
  /** Device and number of the file: a file that takes another one's name has its own. */
  identity: string;
  /** In bytes. */
  size: number;
  /** Time of the last change in milliseconds since 1970. */
  modified: number;
  /** Some of its bytes, and where they end: they are still there if it was only appended to. */
  tail?: { end: number; bytes: Uint8Array };
}

/** The mark of a file by what the system says of it. */
export function markOf(status: Stats, tail?: FileMark['tail']): FileMark {
  return { identity: `${status.dev}:${status.ino}`, size: status.size, modified: status.mtimeMs, tail };
}

/** Whether the bytes that a file had when it was marked are still its first ones. */
export async function isStill(file: FileHandle, mark: FileMark): Promise<boolean> {
  const now = markOf(await file.stat());
  if (now.identity !== mark.identity) {
    return false;
  }
  if (now.size === mark.size && now.modified === mark.modified) {
    return true;
  }
  if (now.size <= mark.size || mark.tail === undefined) {
    return false;
  }
  const { end, bytes } = mark.tail;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes.length), 0, bytes.length, end - bytes.length);
  return buffer.subarray(0, bytesRead).equals(bytes);
}
