import * as vscode from 'vscode';
import { Disposable } from '../base/disposable';
import type { ResultsStore } from './resultsStore';

/** Keeps the context keys that menus, keybindings and the welcome text of package.json ask for. */
export class ContextKeys extends Disposable {
  private readonly values = new Map<string, unknown>();

  constructor(private readonly store: ResultsStore) {
    super();
    this.register(store.onDidChange(() => this.update()));
  }

  private update(): void {
    const files = this.store.all;
    this.set(
      'logcnn.scanning',
      files.some(({ scanning }) => scanning),
    );
    this.set(
      'logcnn.following',
      files.some(({ following }) => following !== undefined),
    );
    this.set('logcnn.hasResults', files.length > 0);
    this.set(
      'logcnn.hasFindings',
      files.some(({ outcome }) => (outcome?.findings.length ?? 0) > 0),
    );
  }

  /** Each key is sent to the workbench only when it changes: progress would send it ten times a second. */
  private set(key: string, value: boolean): void {
    if (this.values.get(key) !== value) {
      this.values.set(key, value);
      void vscode.commands.executeCommand('setContext', key, value);
    }
  }
}
