import * as vscode from 'vscode';
import { baseName } from '../base/baseName';
import type { Announcer } from './announcer';
import { BatchProgress } from './batchProgress';
import type { ChosenGoodLogs } from '../results/chosenGoodLogs';
import { Disposable } from '../base/disposable';
import { activeResource, fileOf, statFile } from '../results/logFiles';
import { findLogs, FOLDER_LIMIT, namesBeside, splitFolders, withArchivedLogs, type ChosenFiles } from './logFinder';
import { groupRotated, withRotated, type LogToScan } from './logToScan';
import { notificationText } from '../base/plainText';
import type { ResultsTree } from '../tree/resultsTree';
import type { ResultsStore } from '../results/resultsStore';
import type { ScanEnd } from './scanEnd';
import type { ScanRunner } from './scanRunner';
import type { ResultNode } from '../tree/treeModel';

const IN_VIEW = { location: { viewId: 'logcnn.results' } };

/** The commands that start, repeat and end scans, and remove results. */
export class ScanCommands extends Disposable {
  constructor(
    private readonly runner: ScanRunner,
    private readonly store: ResultsStore,
    private readonly tree: ResultsTree,
    private readonly goodLogs: ChosenGoodLogs,
    private readonly announcer: Announcer,
    private readonly logsIn: (archive: string) => Promise<string[]>,
    private readonly log: vscode.LogOutputChannel,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    const command = (name: string, run: (...args: never[]) => unknown) =>
      this.register(vscode.commands.registerCommand(name, run));
    command('logcnn.scanFile', (resource?: vscode.Uri, selected?: unknown) => this.scanResources(resource, selected));
    command('logcnn.scanFolder', (resource?: vscode.Uri, selected?: unknown) => this.scanResources(resource, selected));
    command('logcnn.scanRotated', (of?: vscode.Uri | ResultNode, selected?: unknown) => this.scanRotated(of, selected));
    command('logcnn.chooseFiles', () => this.chooseFiles());
    command('logcnn.rescan', (node?: ResultNode) => this.rescan(node));
    command('logcnn.cancelScan', (node?: ResultNode) =>
      runner.cancel(node?.kind === 'file' ? node.results.uri : undefined),
    );
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
    const files = this.filesOnDisk(resource, selected);
    if (files.length > 0) {
      await this.scanChosen(await splitFolders(files));
    }
  }

  /** The files of what is selected; without any, the user is told why. */
  private filesOnDisk(resource: vscode.Uri, selected: unknown): vscode.Uri[] {
    const resources = Array.isArray(selected) && selected.length > 0 ? (selected as vscode.Uri[]) : [resource];
    const files = resources.map((each) => fileOf(each)).filter((file) => file !== undefined);
    if (files.length === 0) {
      const name = notificationText(baseName(resource));
      void vscode.window.showErrorMessage(
        resource.scheme === 'untitled'
          ? this.t('{0} is not on disk yet; save it and scan again.', name)
          : this.t('{0} is not a file on disk; open a log file and scan again.', name),
      );
    }
    return files;
  }

  /** Scans files as they are, and the logs in folders, where the files of a rotation are one log. */
  private async scanChosen({ files, folders }: ChosenFiles): Promise<void> {
    if (folders.length === 0) {
      return this.scanFiles(files);
    }
    const found = await vscode.window.withProgress(IN_VIEW, () => findLogs(folders));
    const named = new Set(files.map((file) => file.toString()));
    const others = found.filter((file) => !named.has(file.toString()));
    if (found.length + files.length === 0) {
      const names = notificationText(folders.map((folder) => baseName(folder)).join(', '));
      void vscode.window.showInformationMessage(
        this.t(
          'There are no logs in {0}: none of its files is called like app.log, app.log.1, app.log.gz, app.log.zst or app.out.',
          names,
        ),
      );
      return;
    }
    if (others.length > FOLDER_LIMIT) {
      void vscode.window.showWarningMessage(
        this.t(
          'There are {0} logs, and the first {1} by path are scanned; choose a smaller folder, or exclude some in the setting files.exclude.',
          others.length,
          FOLDER_LIMIT,
        ),
      );
    }
    await this.scanByThemselves(
      [...files.map((file) => ({ file })), ...groupRotated(others.slice(0, FOLDER_LIMIT))],
      files.length > 0,
    );
  }

  /** Scans logs with those that they were rotated to, as one log each. */
  private async scanRotated(of: vscode.Uri | ResultNode | undefined, selected: unknown): Promise<void> {
    const resource = of !== undefined && 'kind' in of ? (of.kind === 'file' ? of.results.uri : undefined) : of;
    const active = resource ?? activeResource();
    if (active === undefined) {
      return;
    }
    const { files } = await splitFolders(this.filesOnDisk(active, selected));
    const logs = new Map<string, LogToScan>();
    for (const file of files) {
      const log = withRotated(file, await namesBeside(file));
      logs.set(log.file.toString(), log);
    }
    const all = [...logs.values()];
    if (all.some(({ rotated }) => rotated !== undefined)) {
      await this.scanByThemselves(all);
    } else if (all.length > 0) {
      const scan = this.t('Scan');
      const names = notificationText(files.map((file) => baseName(file)).join(', '));
      void vscode.window
        .showInformationMessage(
          this.t('{0}: no rotated file is beside it, such as app.log.1, app.log.2.gz or app-2026-01-31.log.', names),
          scan,
        )
        .then((choice) => (choice === scan ? this.scanByThemselves(all) : undefined));
    }
  }

  private async chooseFiles(): Promise<void> {
    const files = await vscode.window.showOpenDialog({
      canSelectMany: true,
      openLabel: this.t('Scan'),
      title: this.t('Scan Logs for Anomalies'),
    });
    if (files !== undefined) {
      await this.scanFiles(files);
    }
  }

  /** Scans files that were named, each log of an archive by itself. */
  private async scanFiles(files: readonly vscode.Uri[]): Promise<void> {
    const logs = await withArchivedLogs(files, this.logsIn);
    await this.scanByThemselves(logs.map((file) => ({ file })));
  }

  /** A scan that is not against good logs forgets those that were chosen for an earlier one. */
  private async scanByThemselves(logs: LogToScan[], tellsExcluded = true): Promise<void> {
    for (const { file } of logs.filter((log) => this.goodLogs.get(log.file) !== undefined)) {
      await this.runner.stop(file);
      this.goodLogs.delete(file);
    }
    await this.scan(logs, tellsExcluded);
  }

  private async rescan(node: ResultNode | undefined): Promise<void> {
    const active = activeResource();
    const results = node?.kind === 'file' ? node.results : ((active && this.store.get(active)) ?? this.store.all[0]);
    if (results !== undefined) {
      const { uri, rotated } = results;
      await this.scan([rotated === undefined ? { file: uri } : withRotated(uri, await namesBeside(uri))]);
    }
  }

  /**
   * Scans logs, shows them in the view and tells what failed.
   * @param tellsExcluded whether the user is told of logs that the configuration excludes: those of a folder were not named
   */
  async scan(logs: LogToScan[], tellsExcluded = true): Promise<void> {
    if (logs.length === 0) {
      return;
    }
    const files = logs.map(({ file }) => file);
    this.tellUnsaved(logs);
    const isFirstScan = this.store.get(files[0])?.outcome === undefined;
    const ends = logs.map((log) => this.runner.scan(log, logs.length > 1));
    const shown = this.showFile(files[0]);
    const results = await vscode.window.withProgress(IN_VIEW, () =>
      logs.length === 1 ? Promise.all(ends) : this.showBatch(logs, ends),
    );
    const excluded = files.filter((_, i) => results[i].kind === 'excluded');
    if (excluded.length > 0) {
      this.log.info(`excluded: ${excluded.map(({ fsPath }) => fsPath).join(', ')}`);
    }
    if (excluded.length === files.length || (excluded.length > 0 && tellsExcluded)) {
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
    const completed = files.filter((_, i) => results[i].kind === 'completed');
    this.announcer.tellFound(completed.flatMap((file) => this.store.get(file) ?? []));
    await shown;
    if (isFirstScan && this.tree.view.visible) {
      // Its row had nothing to open when it was shown. Where the user has left the view meanwhile, it stays closed.
      await this.showFile(files[0]);
    }
  }

  /** Shows how far the scan of several logs is as a whole, and lets it be cancelled as a whole. */
  private async showBatch(logs: LogToScan[], ends: Promise<ScanEnd>[]): Promise<ScanEnd[]> {
    const files = logs.map(({ file }) => file);
    const states = await Promise.all(files.map(statFile));
    const batch = new BatchProgress(
      files,
      states.map((state) => state?.size ?? 0),
    );
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: this.t('Scanning Logs'),
      cancellable: true,
    };
    return vscode.window.withProgress(options, async (progress, token) => {
      let reported = 0;
      const report = (file: vscode.Uri): void => {
        const increment = batch.percent - reported;
        reported = batch.percent;
        const name = notificationText(baseName(file));
        progress.report({ increment, message: this.t('{0} of {1}: {2}', batch.place, batch.count, name) });
      };
      const listening = this.store.onDidChange(({ results }) => {
        if (results.progress !== undefined && batch.advance(results.uri, results.progress)) {
          report(results.uri);
        }
      });
      token.onCancellationRequested(() => files.forEach((file) => this.runner.cancel(file)));
      try {
        return await Promise.all(
          ends.map(async (end, i) => {
            const result = await end;
            batch.end(files[i]);
            report(files[Math.min(i + 1, files.length - 1)]);
            return result;
          }),
        );
      } finally {
        listening.dispose();
      }
    });
  }

  private async showFile(file: vscode.Uri): Promise<void> {
    const results = this.store.get(file);
    if (results !== undefined) {
      await this.tree.showFile(results);
    }
  }

  private tellUnsaved(logs: LogToScan[]): void {
    const unsaved = vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty);
    const unsavedIn = ({ file, rotated = [file] }: LogToScan): vscode.TextDocument[] =>
      unsaved.filter(({ uri }) => rotated.some((each) => each.toString() === uri.toString()));
    const affected = logs.filter((log) => unsavedIn(log).length > 0);
    if (affected.length === 0) {
      return;
    }
    const documents = affected.flatMap(unsavedIn);
    const names = notificationText(documents.map(({ uri }) => baseName(uri)).join(', '));
    const save = this.t('Save and Rescan');
    void vscode.window
      .showInformationMessage(this.t('{0} has unsaved edits: what is on disk was scanned.', names), save)
      .then(async (choice) => {
        if (choice === save) {
          await Promise.all(documents.map((document) => document.save()));
          await this.scan(affected);
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
    const choice = await vscode.window.showErrorMessage(notificationText(message), ...actions);
    if (choice === showLog) {
      this.log.show();
    } else if (choice === openSettings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:logcnn.logcnn');
    }
  }
}

type FailedScan = Extract<ScanEnd, { kind: 'failed' }>;
