import * as vscode from 'vscode';
import { BLOCK_SCHEME, blockOf } from '../base/blockUri';
import { COMPRESSED_ENDING } from '../../core/input/logName';
import type { FileState } from './resultsStore';

/** Scheme of the read-only documents with the decompressed text of a log; package.json names it too. */
export const DECOMPRESSED_SCHEME = 'logcnn-gz';

/** The document that shows a log's lines: the file itself, or a read-only one where the file is compressed. */
export function documentOf(file: vscode.Uri): vscode.Uri {
  return isCompressed(file) ? file.with({ scheme: DECOMPRESSED_SCHEME }) : file;
}

/** Whether a log is compressed or in an archive, by its name: such a log is shown decompressed and cannot be followed. */
export function isCompressed(file: vscode.Uri): boolean {
  return COMPRESSED_ENDING.test(file.path) || archiveOf(file) !== undefined;
}

/** The archive of a log that is named as if its archive were a folder; undefined of any other. */
export function archiveOf(file: vscode.Uri): vscode.Uri | undefined {
  const path = /^(.*?\.zip)\/./i.exec(file.path)?.[1];
  return path === undefined ? undefined : file.with({ path });
}

/** The file on disk that a document shows or shows a block of; `undefined` if there is none. */
export function fileOf(document: vscode.Uri): vscode.Uri | undefined {
  switch (document.scheme) {
    case 'file':
      return document;
    case DECOMPRESSED_SCHEME:
      return document.with({ scheme: 'file' });
    case BLOCK_SCHEME:
      return blockOf(document)?.file;
    default:
      return undefined;
  }
}

/** Size and time of a file, or of the archive that it is in; `undefined` if there is none. */
export async function statFile(file: vscode.Uri): Promise<FileState | undefined> {
  try {
    const { size, mtime } = await vscode.workspace.fs.stat(file);
    return { size, mtime };
  } catch {
    const archive = archiveOf(file);
    return archive && statFile(archive);
  }
}

/** A text that is another one when one of the files is another one. */
export async function filesState(files: readonly vscode.Uri[]): Promise<string> {
  return JSON.stringify(await Promise.all(files.map(statFile)));
}

/** {@link filesState} of the good logs at these paths. */
export function goodLogsState(paths: readonly string[]): Promise<string> {
  return filesState(paths.map((path) => vscode.Uri.file(path)));
}

/**
 * The resource shown in the active editor; the log where that is a block of one. A file above 50 MB has no `activeTextEditor`, as VS Code does not hand its text
 * to extensions, but its tab knows it.
 */
export function activeResource(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) {
    return blockOf(input.uri)?.file ?? input.uri;
  }
  return vscode.window.activeTextEditor?.document.uri;
}

/** Opens a log at a line, also where the file is too large for extensions. */
export async function openAtLine(
  document: vscode.Uri,
  line: number,
  options: vscode.TextDocumentShowOptions = {},
): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', document, { ...options, selection: rangeOfLine(line) });
}

/** The beginning of a physical line, which is counted from 1. */
export function rangeOfLine(line: number): vscode.Range {
  return new vscode.Range(line - 1, 0, line - 1, 0);
}
