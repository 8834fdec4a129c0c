import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension/extension';
import { writeTinyBundle } from '../support/tinyBundle';

/** What the extension gives to its tests; it is activated by the first call. */
export async function access(): Promise<TestAccess> {
  const extension = vscode.extensions.getExtension<TestAccess>('logcnn.logcnn');
  assert.ok(extension, 'the extension is not there');
  return extension.activate();
}

/** Waits for what VS Code or the extension brings about in its own time; mocha's limit ends the waiting. */
export async function until(condition: () => unknown): Promise<void> {
  while (!condition()) {
    await setTimeout(20);
  }
}

/** A folder in the workspace with logs for the tiny model, which finds every block whose lines it knows anomalous. */
export class LogFolder {
  private readonly folder: string;

  constructor(name: string) {
    this.folder = path.join(vscode.workspace.workspaceFolders![0].uri.fsPath, name);
    mkdirSync(this.folder, { recursive: true });
  }

  /** Writes a file and gives its URI. */
  write(name: string, content: string | Uint8Array): vscode.Uri {
    const file = path.join(this.folder, name);
    writeFileSync(file, content);
    return vscode.Uri.file(file);
  }

  uri(name: string): vscode.Uri {
    return vscode.Uri.file(path.join(this.folder, name));
  }

  /** Makes scans use the tiny model. */
  async useTinyModel(): Promise<void> {
    writeTinyBundle(path.join(this.folder, 'tiny'));
    await this.set('model', path.join(this.folder, 'tiny'));
  }

  /** Changes a setting of the extension in the workspace; `undefined` takes it back. */
  async set(key: string, value: unknown): Promise<void> {
    await vscode.workspace.getConfiguration('logcnn').update(key, value, vscode.ConfigurationTarget.Workspace);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * Gives a suite a folder of its own with logs for the tiny model, and leaves no editor and no results to its next test.
 * @param onReady takes the folder and the extension before the first test
 */
export function useLogFolder(name: string, onReady: (folder: LogFolder, extension: TestAccess) => void): void {
  let folder: LogFolder;
  before(async () => {
    folder = new LogFolder(name);
    await folder.useTinyModel();
    onReady(folder, await access());
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('logcnn.clearResults');
  });
  after(async () => {
    await folder.set('model', undefined);
    folder.remove();
  });
}

/** A log with these blocks one after another, three lines each: `open`, `read` and `close` of `key_1`, `key_2` … */
export function logOf(blocks: number): string {
  const lines: string[] = [];
  for (let block = 1; block <= blocks; block++) {
    lines.push(`INFO open key_${block}`, `INFO read key_${block}`, `INFO close key_${block}`);
  }
  return lines.join('\n') + '\n';
}
