import * as vscode from 'vscode';
import { baseName } from '../base/baseName';
import { escapeControls } from '../../core/findings/escapeControls';

/**
 * For each of several files that has its name in common with another the end of its folder's path that tells it from those,
 * as short as possible, with the workspace folder's name in a workspace of several.
 * @returns by the file's URI; nothing of a file whose name is its own
 */
export function distinctFolders(files: readonly vscode.Uri[]): Map<string, string> {
  const byName = new Map<string, vscode.Uri[]>();
  for (const file of files) {
    const name = baseName(file);
    byName.set(name, [...(byName.get(name) ?? []), file]);
  }
  const folders = new Map<string, string>();
  for (const alike of [...byName.values()].filter(({ length }) => length > 1)) {
    const paths = alike.map((file) => vscode.workspace.asRelativePath(vscode.Uri.joinPath(file, '..')).split('/'));
    alike.forEach((file, i) => folders.set(file.toString(), escapeControls(shortest(paths[i], paths))));
  }
  return folders;
}

/** The shortest end of a path that no other one has. */
function shortest(path: readonly string[], all: readonly (readonly string[])[]): string {
  for (let length = 1; length < path.length; length++) {
    const end = path.slice(-length).join('/');
    if (all.filter((other) => other.slice(-length).join('/') === end).length === 1) {
      return end;
    }
  }
  return path.join('/');
}
