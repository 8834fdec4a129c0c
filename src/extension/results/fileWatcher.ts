import * as vscode from 'vscode';
import { baseName } from '../base/baseName';
import { archiveOf } from './logFiles';

/** Watches one file, wherever it lies, until the result is disposed; of a log in an archive that. */
export function watchFile(log: vscode.Uri, onChange: (type: vscode.FileChangeType) => void): vscode.Disposable {
  const file = archiveOf(log) ?? log;
  const folder = vscode.Uri.joinPath(file, '..');
  // A glob has no escape for its own signs: `?` in their place matches them, and what else it matches is sorted out.
  const name = baseName(file).replace(/[*?[\]{}]/g, '?');
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, name));
  const forward = (type: vscode.FileChangeType) => (uri: vscode.Uri) => {
    if (uri.toString() === file.toString()) {
      onChange(type);
    }
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(forward(vscode.FileChangeType.Changed)),
    watcher.onDidCreate(forward(vscode.FileChangeType.Created)),
    watcher.onDidDelete(forward(vscode.FileChangeType.Deleted)),
  );
}
