import { posix } from 'node:path';
import type { Uri } from 'vscode';

/** The name of a file or folder without the folders that it lies in. */
export function baseName({ path }: Pick<Uri, 'path'>): string {
  return posix.basename(path);
}
