import * as vscode from 'vscode';
import { UserError } from '../../core/errors/userError';
import type { ScanOptions } from '../../worker/protocol';
import type { ChosenFormats } from './chosenFormats';
import { configurationFiles, configurationState } from './configurationFiles';
import { Disposable } from '../base/disposable';
import { watchFile } from './fileWatcher';
import { goodLogsState, statFile } from './logFiles';
import {
  filesOf,
  type FileResults,
  type FileState,
  type ResultsChange,
  type ResultsStore,
  type ScanOutcome,
  type Staleness,
} from './resultsStore';

/** How long a file may be away before its results go: editors and log rotation replace a file by deleting it first. */
const GONE_AFTER = 500;

/**
 * Marks results whose file, good logs or settings have changed since the scan, lets them follow a renamed file and go with a deleted
 * one. Only scanned files, and what they were judged against, are watched.
 */
export class StalenessWatch extends Disposable {
  private readonly watchers = new Map<string, WatchedLog>();

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
    for (const { watchers } of this.watchers.values()) {
      watchers.dispose();
    }
    this.watchers.clear();
  }

  private onResults({ kind, results }: ResultsChange): void {
    const key = results.uri.toString();
    if (kind === 'removed') {
      this.watchers.get(key)?.watchers.dispose();
      this.watchers.delete(key);
    } else {
      this.watch(results);
    }
    if (['completed', 'failed', 'cancelled', 'unfollowed', 'renamed'].includes(kind)) {
      void this.check(results.uri);
    }
  }

  private watch(results: FileResults): void {
    const { uri, rotated } = results;
    const key = uri.toString();
    // Only a complete scan tells the good logs that the configuration names.
    const goodLogs = baselinesOf(results).map((path) => vscode.Uri.file(path));
    const watched = [...(rotated ?? [uri]), ...configurationFiles(uri), ...goodLogs];
    const files = watched.join('\n');
    const known = this.watchers.get(key);
    if (known?.files !== files) {
      known?.watchers.dispose();
      const watchers = vscode.Disposable.from(...watched.map((file) => watchFile(file, () => void this.check(uri))));
      this.watchers.set(key, { files, watchers });
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
    const goodLogs = await goodLogsState(baselinesOf(results));
    const { outcome } = results;
    if (outcome !== undefined) {
      // A file that is followed is read as it changes.
      const changed = results.following === undefined && (await hasChanged(outcome, state));
      const besides = outcome.configuration === configuration ? this.reasonBesidesFile(results) : 'settings';
      const goodLogChanged = outcome.goodLogs === goodLogs ? undefined : 'goodLog';
      this.store.setStaleness(results.uri, changed ? 'changed' : (goodLogChanged ?? besides));
    }
  }

  private reasonBesidesFile(results: FileResults): Staleness | undefined {
    const { uri, outcome } = results;
    const files = filesOf(results).map((file) => file.toString());
    if (vscode.workspace.textDocuments.some((each) => each.isDirty && files.includes(each.uri.toString()))) {
      return 'edited';
    }
    try {
      return JSON.stringify(this.optionsFor(uri)) === JSON.stringify(outcome!.options) ? undefined : 'settings';
    } catch (error) {
      if (error instanceof UserError) {
        return 'settings';
      }
      throw error;
    }
  }

  private onRenamed(files: readonly { oldUri: vscode.Uri; newUri: vscode.Uri }[]): void {
    for (const { oldUri, newUri } of files) {
      const isMoved = (file: vscode.Uri): boolean =>
        // A folder takes its files along.
        file.toString() === oldUri.toString() ||
        (file.scheme === oldUri.scheme && file.path.startsWith(`${oldUri.path}/`));
      const moved = (file: vscode.Uri): vscode.Uri =>
        isMoved(file) ? newUri.with({ path: newUri.path + file.path.slice(oldUri.path.length) }) : file;
      for (const results of this.store.all) {
        if (filesOf(results).some(isMoved)) {
          this.store.rename(results.uri, moved);
        }
      }
    }
  }
}

function baselinesOf({ outcome }: FileResults): readonly string[] {
  return outcome?.summary.baselines ?? [];
}

/** The watchers of a log. */
interface WatchedLog {
  /** What is watched: the files of the log, its configuration and its good logs. */
  files: string;
  watchers: vscode.Disposable;
}

/** Whether one of the files of a scan is another one now. */
async function hasChanged({ file, parts }: ScanOutcome, state: FileState): Promise<boolean> {
  const differs = (a: FileState | undefined, b: FileState): boolean => a?.size !== b.size || a.mtime !== b.mtime;
  if (parts === undefined) {
    return differs(state, file);
  }
  const states = await Promise.all(parts.map(({ uri }) => statFile(uri)));
  return parts.some((part, i) => differs(states[i], part.state));
}
