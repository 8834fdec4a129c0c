import * as vscode from 'vscode';
import { CONFIG_NAME } from '../../node/settings/configName';
import { archiveOf, filesState } from './logFiles';

/** Where a configuration of a log may stand; the worker reads the first that there is. */
export function configurationFiles(log: vscode.Uri): vscode.Uri[] {
  const beside = vscode.Uri.joinPath(archiveOf(log) ?? log, '..', CONFIG_NAME);
  const folder = vscode.workspace.getWorkspaceFolder(log);
  const ofFolder = folder && vscode.Uri.joinPath(folder.uri, CONFIG_NAME);
  return ofFolder === undefined || ofFolder.toString() === beside.toString() ? [beside] : [beside, ofFolder];
}

/** A text that is another one when a log's configuration is another one. */
export async function configurationState(log: vscode.Uri): Promise<string> {
  return filesState(configurationFiles(log));
}
