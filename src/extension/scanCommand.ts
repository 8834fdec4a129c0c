import path from 'node:path';
import * as vscode from 'vscode';
import { Disposable } from './disposable';
import type { FollowRunner } from './followRunner';
import { activeResource, fileOf } from './logFiles';
import type { ResultsTree } from './resultsTree';
import type { ResultsStore } from './resultsStore';
import type { ScanEnd, ScanRunner } from './scanRunner';
import type { ResultNode } from './treeModel';

/** The commands that start, repeat and end scans, and remove results. */
export class ScanCommands extends Disposable {
  constructor(
    private readonly runner: ScanRunner,
    follows: FollowRunner,
    private readonly store: ResultsStore,
    private readonly tree: ResultsTree,
    private readonly log: vscode.LogOutputChannel,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    const command = (name: string, run: (...args: never[]) => unknown) =>
      this.register(vscode.commands.registerCommand(name, run));
    command('logcnn.scanFile', (resource?: vscode.Uri, selected?: unknown) => this.scanResources(resource, selected));
    command('logcnn.chooseFiles', () => this.chooseFiles());
    command('logcnn.rescan', (node?: ResultNode) => this.rescan(node));
    command('logcnn.cancelScan', (node?: ResultNode) => {
      const file = node?.kind === 'file' ? node.results.uri : undefined;
      runner.cancel(file);
      follows.cancel(file);
    });
    command('logcnn.removeResults', (node?: ResultNode) => node?.kind === 'file' && store.remove(node.results.uri));
    command('logcnn.clearResults', () => store.all.forEach(({ uri }) => store.remove(uri)));
  }

  /**
   * @param resource that the menu was opened on; without it, what the active editor shows
   * @param selected all resources selected in the Explorer; other menus pass something else here
   */
  private async scanResources(resource: vscode.Uri | undefined = activeResource(), selected: unknown): Promise<void> {
    if (resource === undefined) {
      return this.chooseFiles();
    }
    const resources = Array.isArray(selected) && selected.length > 0 ? (selected as vscode.Uri[]) : [resource];
    const files = resources.map((each) => fileOf(each)).filter((file) => file !== undefined);
    if (files.length === 0) {
      const name = path.posix.basename(resource.path);
      void vscode.window.showErrorMessage(
        resource.scheme === 'untitled'
          ? this.t('{0} is not on disk yet; save it and scan again.', name)
          : this.t('{0} is not a file on disk; open a log file and scan again.', name),
      );
      return;
    }
    await this.scan(await withoutFolders(files));
  }

  private async chooseFiles(): Promise<void> {
    const files = await vscode.window.showOpenDialog({
      canSelectMany: true,
      openLabel: this.t('Scan'),
      title: this.t('Scan Logs for Anomalies'),
    });
    if (files !== undefined) {
      await this.scan(files);
    }
  }

  private async rescan(node: ResultNode | undefined): Promise<void> {
    const active = activeResource();
    const results = node?.kind === 'file' ? node.results : ((active && this.store.get(active)) ?? this.store.all[0]);
    if (results !== undefined) {
      await this.scan([results.uri]);
    }
  }

  private async scan(files: vscode.Uri[]): Promise<void> {
    if (files.length === 0) {
      return;
    }
    this.tellUnsaved(files);
    const isFirstScan = this.store.get(files[0])?.outcome === undefined;
    const ends = files.map((file) => this.runner.scan(file, files.length > 1));
    const shown = this.showFile(files[0]);
    const progress = { location: { viewId: 'logcnn.results' } };
    const results = await vscode.window.withProgress(progress, () => Promise.all(ends));
    const excluded = files.filter((_, i) => results[i].kind === 'excluded');
    if (excluded.length > 0) {
      this.log.info(`excluded: ${excluded.map(({ fsPath }) => fsPath).join(', ')}`);
      void vscode.window.showInformationMessage(
        this.t('{0} of {1} logs were left out: logcnn.config.json excludes them.', excluded.length, files.length),
      );
    }
    const failures = results.filter((end) => end.kind === 'failed');
    failures.forEach(({ message }) => this.log.error(message));
    if (failures.length > 0) {
      // Not waited for: the scan is over, however long the message stands.
      void this.tellFailures(failures, files);
    }
    await shown;
    if (isFirstScan && this.tree.view.visible) {
      // Its row had nothing to open when it was shown. Where the user has left the view meanwhile, it stays closed.
      await this.showFile(files[0]);
    }
  }

  private async showFile(file: vscode.Uri): Promise<void> {
    const results = this.store.get(file);
    if (results !== undefined) {
      await this.tree.showFile(results);
    }
  }

  private tellUnsaved(files: vscode.Uri[]): void {
    const unsaved = vscode.workspace.textDocuments.filter(
      ({ isDirty, uri }) => isDirty && files.some((file) => file.toString() === uri.toString()),
    );
    if (unsaved.length === 0) {
      return;
    }
    const names = unsaved.map(({ uri }) => path.posix.basename(uri.path)).join(', ');
    const save = this.t('Save and Rescan');
    void vscode.window
      .showInformationMessage(this.t('{0} has unsaved edits: what is on disk was scanned.', names), save)
      .then(async (choice) => {
        if (choice === save) {
          await Promise.all(unsaved.map((document) => document.save()));
          await this.scan(unsaved.map(({ uri }) => uri));
        }
      });
  }

  /** One message for all files of a scan. */
  private async tellFailures(failures: FailedScan[], files: vscode.Uri[]): Promise<void> {
    const [{ message: first }] = failures;
    const message =
      failures.length === 1
        ? first
        : this.t('{0} of {1} logs could not be scanned. {2}', failures.length, files.length, first);
    const showLog = this.t('Show Log');
    const openSettings = this.t('Open Settings');
    const actions = failures.some(({ bySettings }) => bySettings) ? [openSettings, showLog] : [showLog];
    const choice = await vscode.window.showErrorMessage(message, ...actions);
    if (choice === showLog) {
      this.log.show();
    } else if (choice === openSettings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:logcnn.logcnn');
    }
  }
}

type FailedScan = Extract<ScanEnd, { kind: 'failed' }>;

/** A selection in the Explorer may hold folders beside the logs. */
async function withoutFolders(files: vscode.Uri[]): Promise<vscode.Uri[]> {
  if (files.length === 1) {
    return files;
  }
  const types = await Promise.all(
    files.map((file) =>
      vscode.workspace.fs.stat(file).then(
        ({ type }) => type,
        () => vscode.FileType.Unknown,
      ),
    ),
  );
  return files.filter((_, i) => (types[i] & vscode.FileType.Directory) === 0);
}
