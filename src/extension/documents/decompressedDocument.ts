import * as vscode from 'vscode';
import { Disposable } from '../base/disposable';
import { SHOWN_BYTES } from '../results/largeFiles';
import { DECOMPRESSED_SCHEME, fileOf, statFile } from '../results/logFiles';
import { shownError } from '../base/shownError';
import { watchFile } from '../results/fileWatcher';
import type { WorkerClient } from '../engine/workerClient';

/**
 * Shows the decompressed text of a log in a read-only editor. A file system and not a text document content provider:
 * bytes pass between VS Code's processes as they are, where a string would be escaped and copied several times.
 */
export class DecompressedDocuments extends Disposable implements vscode.FileSystemProvider {
  private readonly changes = this.register(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  readonly onDidChangeFile = this.changes.event;

  constructor(
    private readonly client: WorkerClient,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    this.register(
      vscode.workspace.registerFileSystemProvider(DECOMPRESSED_SCHEME, this, {
        isReadonly: true,
        isCaseSensitive: true,
      }),
    );
  }

  watch(uri: vscode.Uri): vscode.Disposable {
    return watchFile(fileOf(uri)!, (type) => this.changes.fire([{ type, uri }]));
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const state = await statFile(fileOf(uri)!);
    if (state === undefined) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    return {
      ...state,
      ctime: state.mtime,
      type: vscode.FileType.File,
      permissions: vscode.FilePermission.Readonly,
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { bytes, truncated } = await this.client.text(fileOf(uri)!.fsPath, SHOWN_BYTES).catch((error: unknown) => {
      // The editor shows the message of what is thrown.
      throw new Error(shownError(error, this.t));
    });
    if (!truncated) {
      return bytes;
    }
    const note = this.t('[LogCNN shows the first {0} MB of the decompressed text.]', SHOWN_BYTES / 1024 / 1024);
    return Buffer.concat([bytes, Buffer.from(note)]);
  }

  readDirectory(): never {
    throw vscode.FileSystemError.FileNotADirectory();
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}
