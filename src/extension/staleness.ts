import * as vscode from 'vscode';
import type { ScanOptions } from '../worker/protocol';
import type { ChosenFormats } from './chosenFormats';
import { configurationFiles, configurationState } from './configurationFiles';
import { Disposable } from './disposable';
import { watchFile } from './fileWatcher';
import { statFile } from './logFiles';
import type { FileResults, ResultsChange, ResultsStore, Staleness } from './resultsStore';
import { SettingsFault } from './settings';

/** How long a file may be away before its results go: editors and log rotation replace a file by deleting it first. */
const GONE_AFTER = 500;

/**
 * Marks results whose file or settings have changed since the scan, lets them follow a renamed file and go with a deleted
 * one. Only scanned files are watched.
 */
export class StalenessWatch extends Disposable {
  private readonly watchers = new Map<string, vscode.Disposable>();

  constructor(
    private readonly store: ResultsStore,
    private readonly optionsFor: (file: vscode.Uri) => ScanOptions,
    formats: ChosenFormats,
  ) {
    super();
    this.register(store.onDidChange((change) => this.onResults(change)));
    this.register(vscode.workspace.onDidChangeTextDocument(({ document }) => void this.checkDocument(document)));
    this.register(vscode.workspace.onDidSaveTextDocument((document) => void this.checkDocument(document)));
    this.register(vscode.workspace.onDidCloseTextDocument((document) => void this.checkDocument(document)));
    this.register(vscode.workspace.onDidRenameFiles(({ files }) => this.onRenamed(files)));
    this.register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('logcnn')) {
          void this.checkAll();
        }
      }),
    );
    this.register(formats.onDidChange((file) => void this.check(file)));
    this.register(vscode.workspace.onDidGrantWorkspaceTrust(() => void this.checkAll()));
  }

  override dispose(): void {
    super.dispose();
    for (const watcher of this.watchers.values()) {
      watcher.dispose();
    }
    this.watchers.clear();
  }

  private onResults({ kind, results }: ResultsChange): void {
    const key = results.uri.toString();
    if (kind === 'removed') {
      this.watchers.get(key)?.dispose();
      this.watchers.delete(key);
    } else if (!this.watchers.has(key)) {
      this.watchers.set(
        key,
        vscode.Disposable.from(
          ...[results.uri, ...configurationFiles(results.uri)].map((file) =>
            watchFile(file, () => void this.check(results.uri)),
          ),
        ),
      );
    }
    if (
      kind === 'completed' ||
      kind === 'failed' ||
      kind === 'cancelled' ||
      kind === 'unfollowed' ||
      kind === 'renamed'
    ) {
      void this.check(results.uri);
    }
  }

  private async checkDocument({ uri, isDirty }: vscode.TextDocument): Promise<void> {
    const results = this.store.get(uri);
    // Typing on does not make stale results any staler.
    if (results !== undefined && !(isDirty && results.staleness !== undefined)) {
      await this.check(results.uri);
    }
  }

  private async checkAll(): Promise<void> {
    await Promise.all(this.store.all.map(({ uri }) => this.check(uri)));
  }

  /** Compares a file with what was scanned. */
  private async check(file: vscode.Uri): Promise<void> {
    let state = await statFile(file);
    if (state === undefined) {
      await new Promise((resolve) => setTimeout(resolve, GONE_AFTER));
      state = await statFile(file);
    }
    const results = this.store.get(file);
    if (this.isDisposed || results === undefined) {
      return;
    }
    if (state === undefined) {
      // What was followed keeps its last results, for a log that is gone may be what one wants to know of.
      if (results.following === undefined && results.staleness !== 'gone') {
        this.store.remove(results.uri);
      }
      return;
    }
    const configuration = await configurationState(results.uri);
    const { outcome } = results;
    if (outcome !== undefined) {
      const { file: scanned } = outcome;
      // A file that is followed is read as it changes.
      const changed = results.following === undefined && (state.size !== scanned.size || state.mtime !== scanned.mtime);
      const besides = outcome.configuration === configuration ? this.reasonBesidesFile(results) : 'settings';
      this.store.setStaleness(results.uri, changed ? 'changed' : besides);
    }
  }

  private reasonBesidesFile({ uri, outcome }: FileResults): Staleness | undefined {
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (document?.isDirty) {
      return 'edited';
    }
    try {
      return JSON.stringify(this.optionsFor(uri)) === JSON.stringify(outcome!.options) ? undefined : 'settings';
    } catch (error) {
      if (error instanceof SettingsFault) {
        return 'settings';
      }
      throw error;
    }
  }

  private onRenamed(files: readonly { oldUri: vscode.Uri; newUri: vscode.Uri }[]): void {
    for (const { oldUri, newUri } of files) {
      for (const { uri } of this.store.all) {
        // A folder takes its files along.
        if (uri.toString() === oldUri.toString()) {
          this.store.rename(uri, newUri);
        } else if (uri.scheme === oldUri.scheme && uri.path.startsWith(`${oldUri.path}/`)) {
          this.store.rename(uri, newUri.with({ path: newUri.path + uri.path.slice(oldUri.path.length) }));
        }
      }
    }
  }
}
