import type { Uri } from 'vscode';
import { baseName } from '../base/baseName';
import { rotatedSiblings, rotations } from '../../core/input/rotation';

/** A log that is to be scanned. */
export interface LogToScan {
  /** Its file; the newest if there are several. */
  file: Uri;
  /** Where it is several files by rotation, all of them, oldest first. */
  rotated?: readonly Uri[];
}

/**
 * A file with those that it was rotated to.
 * @param names all files of its folder
 */
export function withRotated(file: Uri, names: readonly string[]): LogToScan {
  return logOf(rotatedSiblings(baseName(file), names).map((name) => sibling(file, name)));
}

/** Makes one log of each rotation among files, in the order of their paths; every other file is a log of its own. */
export function groupRotated(files: readonly Uri[]): LogToScan[] {
  const folders = new Map<string, Map<string, Uri>>();
  for (const file of files) {
    const folder = file.path.slice(0, file.path.lastIndexOf('/'));
    folders.set(folder, (folders.get(folder) ?? new Map<string, Uri>()).set(baseName(file), file));
  }
  return [...folders.values()]
    .flatMap((byName) => rotations([...byName.keys()]).map((names) => logOf(names.map((name) => byName.get(name)!))))
    .sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
}

/** @param files of one log, oldest first */
function logOf(files: readonly Uri[]): LogToScan {
  const file = files[files.length - 1];
  return files.length === 1 ? { file } : { file, rotated: files };
}

function sibling(file: Uri, name: string): Uri {
  return file.with({ path: file.path.slice(0, file.path.lastIndexOf('/') + 1) + name });
}
