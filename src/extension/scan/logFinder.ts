import * as vscode from 'vscode';
import { LOG_NAME } from '../../core/input/logName';

/** How many logs of folders are scanned at once: more are hardly meant, and their rows would be no list any more. */
export const FOLDER_LIMIT = 1000;

/** Files that were chosen, and what the folders among them hold. */
export interface ChosenFiles {
  files: vscode.Uri[];
  folders: vscode.Uri[];
}

/** Tells the folders among chosen resources from the files; what does not exist is taken for a file. */
export async function splitFolders(chosen: readonly vscode.Uri[]): Promise<ChosenFiles> {
  const isFolder = await Promise.all(
    chosen.map((resource) =>
      vscode.workspace.fs.stat(resource).then(
        ({ type }) => (type & vscode.FileType.Directory) !== 0,
        () => false,
      ),
    ),
  );
  return { files: chosen.filter((_, i) => !isFolder[i]), folders: chosen.filter((_, i) => isFolder[i]) };
}

/**
 * All logs in folders and the folders below, by their names and by path; without what `files.exclude` excludes where the
 * workspace, which may set it, is trusted.
 */
export async function findLogs(folders: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const found = new Map<string, vscode.Uri>();
  const excluded = vscode.workspace.isTrusted ? undefined : null;
  for (const folder of folders) {
    const pattern = new vscode.RelativePattern(folder, '**/*.{[lL][oO][gG],[oO][uU][tT]}*');
    for (const file of await vscode.workspace.findFiles(pattern, excluded)) {
      if (LOG_NAME.test(file.path)) {
        found.set(file.toString(), file);
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Files with each zip archive of several logs replaced by these; an archive that cannot be read stays, so that its scan says why.
 * @param logsIn gives the logs of an archive, as paths
 */
export async function withArchivedLogs(
  files: readonly vscode.Uri[],
  logsIn: (path: string) => Promise<string[]>,
): Promise<vscode.Uri[]> {
  const found = await Promise.all(
    files.map(async (file) => {
      if (!/\.zip$/i.test(file.path)) {
        return [file];
      }
      const logs = await logsIn(file.fsPath).catch(() => []);
      return logs.length < 2 ? [file] : logs.slice(0, FOLDER_LIMIT).map((log) => vscode.Uri.file(log));
    }),
  );
  return found.flat();
}

/** Names of all files in the folder of a file; none if it cannot be read. */
export async function namesBeside(file: vscode.Uri): Promise<string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(file, '..'));
    return entries.filter(([, type]) => (type & vscode.FileType.Directory) === 0).map(([name]) => name);
  } catch {
    return [];
  }
}
