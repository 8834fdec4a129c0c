import * as vscode from 'vscode';
import { baseName } from './baseName';
import { escapeControls } from '../../core/findings/escapeControls';

/** Scheme of the read-only documents that show one block; package.json names it too. */
export const BLOCK_SCHEME = 'logcnn-block';

/** Names a block of a log. */
export interface BlockName {
  file: vscode.Uri;
  block: string;
}

/** The document that shows a block. Its path is only what its tab says. */
export function blockUri(file: vscode.Uri, block: string): vscode.Uri {
  // A link passes through forms in which `%` and the like would not survive.
  const query = Buffer.from(JSON.stringify([file.toString(), block])).toString('base64url');
  const title = `${block} — ${escapeControls(baseName(file))}`.replace(/[/\\%?#]/g, '_');
  return vscode.Uri.from({ scheme: BLOCK_SCHEME, path: `/${title}`, query });
}

/** The block that a document shows; `undefined` if it shows none. */
export function blockOf(document: vscode.Uri): BlockName | undefined {
  if (document.scheme !== BLOCK_SCHEME) {
    return undefined;
  }
  try {
    const [file, block] = JSON.parse(Buffer.from(document.query, 'base64url').toString()) as [string, string];
    return { file: vscode.Uri.parse(file), block };
  } catch {
    // A link that is none of ours.
    return undefined;
  }
}
