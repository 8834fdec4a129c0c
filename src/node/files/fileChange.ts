import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';

/** What tells one state of a file from another. */
export type FileVersion = Pick<BigIntStats, 'dev' | 'ino' | 'size' | 'mtimeNs'>;

/** Whether these are states of one file, whatever its name. */
export function isSameFile(one: FileVersion, other: FileVersion): boolean {
  return one.ino === other.ino && one.dev === other.dev;
}

/** One sentence on what happened to a file since it was opened; undefined if nothing did. */
export async function fileChange(path: string, opened: FileVersion, bytesRead: number): Promise<string | undefined> {
  let now: FileVersion;
  try {
    now = await stat(path, { bigint: true });
  } catch {
    return `${path} was removed or renamed while it was scanned: the results are those of the file as it was`;
  }
  if (!isSameFile(now, opened)) {
    return `${path} was replaced by another file while it was scanned: the results are those of the file as it was; scan again`;
  }
  if (now.size === opened.size && now.mtimeNs === opened.mtimeNs) {
    return undefined;
  }
  if (now.size < opened.size || bytesRead < opened.size) {
    return `${path} was truncated while it was scanned, from ${opened.size} to ${now.size} bytes, of which ${bytesRead} were read: the results are those of a part; scan again`;
  }
  if (now.size > opened.size) {
    return `${path} grew while it was scanned, from ${opened.size} to ${now.size} bytes, of which ${bytesRead} were read`;
  }
  return `${path} was overwritten while it was scanned: the results may mix old and new lines; scan again`;
}
