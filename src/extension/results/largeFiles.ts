import * as vscode from 'vscode';
import { DECOMPRESSED_SCHEME } from './logFiles';
import { placeOf } from './logPlaces';
import type { FileResults } from './resultsStore';

const MB = 1024 * 1024;

/** Bytes of decompressed text that are shown: more would keep the extension host from its other work. */
export const SHOWN_BYTES = 48 * MB;

/** Where a window runs. */
export interface WindowKind {
  /** Whether its files lie on another machine: SSH, WSL, a container, a VS Code server. */
  isRemote: boolean;
  /** Whether it is a browser. */
  isWeb: boolean;
}

/**
 * Bytes from which on the workbench asks whether it is to open a file, and shows no line meanwhile.
 * @param configured megabytes that the user has set; undefined if it is the workbench that decides
 * @param scheme of the document
 */
export function largeFileLimit(
  { isRemote, isWeb }: WindowKind,
  configured: number | undefined,
  scheme: string,
): number {
  if (configured !== undefined) {
    return configured * MB;
  }
  if (scheme === 'file' && isRemote) {
    return 10 * MB;
  }
  return (isWeb ? 50 : 1024) * MB;
}

/** Whether the editor shows a line of a log: the workbench does not ask first, and the shown text reaches that far. */
export function isShownInEditor(results: FileResults, lineOfLog: number): boolean {
  const { outcome } = results;
  const { uri, documentUri } = placeOf(results, lineOfLog);
  const size = outcome?.parts?.find((part) => part.uri.toString() === uri.toString())?.state.size ?? outcome?.file.size;
  if (size === undefined) {
    return true;
  }
  const { remoteName, uiKind } = vscode.env;
  const window = { isRemote: remoteName !== undefined, isWeb: uiKind === vscode.UIKind.Web };
  const isWhole =
    documentUri.scheme !== DECOMPRESSED_SCHEME || outcome?.textBytes === undefined || outcome.textBytes <= SHOWN_BYTES;
  return isWhole && size <= largeFileLimit(window, configuredLimit(documentUri), documentUri.scheme);
}

/** What the user has set; the default of the setting is the limit of the window, not of the file. */
function configuredLimit(document: vscode.Uri): number | undefined {
  const setting = vscode.workspace
    .getConfiguration('workbench', document)
    .inspect<number>('editorLargeFileConfirmation');
  return setting?.workspaceFolderValue ?? setting?.workspaceValue ?? setting?.globalValue;
}
