import * as vscode from 'vscode';
import { baseName } from '../base/baseName';
import { escapeControls } from '../../core/findings/escapeControls';
import type { ChosenGoodLogs } from '../results/chosenGoodLogs';
import { Disposable } from '../base/disposable';
import { activeResource, fileOf, statFile } from '../results/logFiles';
import type { ResultsStore } from '../results/resultsStore';
import { namesBeside, splitFolders } from './logFinder';
import { rotatedSiblings } from '../../core/input/rotation';
import { LOG_NAME } from '../../core/input/logName';
import { labelText } from '../base/plainText';
import type { ScanCommands } from './scanCommand';
import type { ScanRunner } from './scanRunner';
import type { ResultNode } from '../tree/treeModel';

/** Folders that are looked into for a log of the same name. */
const MAX_FOLDERS = 50;

interface LogItem extends vscode.QuickPickItem {
  /** Undefined for the item that opens a dialog. */
  file?: vscode.Uri;
}

/** What is judged, and against what. */
interface Choice {
  judged: vscode.Uri[];
  good: vscode.Uri[];
}

/** The command that scans a log against logs which the user believes good. */
export class GoodLogPicker extends Disposable {
  constructor(
    private readonly store: ResultsStore,
    private readonly chosen: ChosenGoodLogs,
    private readonly runner: Pick<ScanRunner, 'stop'>,
    private readonly scans: Pick<ScanCommands, 'scan'>,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    this.register(
      vscode.commands.registerCommand(
        'logcnn.scanAgainstGoodLog',
        (target?: vscode.Uri | ResultNode, selected?: unknown) => this.scanAgainst(target, selected),
      ),
    );
  }

  /**
   * @param target resource or row that the menu was opened on; without it, what the active editor shows
   * @param selected all resources selected in the Explorer; other menus pass something else here
   */
  private async scanAgainst(target: vscode.Uri | ResultNode | undefined, selected: unknown): Promise<void> {
    const resource = target instanceof vscode.Uri ? target : target?.kind === 'file' ? target.results.uri : undefined;
    const active = resource ?? activeResource();
    const file = (active && fileOf(active)) ?? (await this.browse(this.t('Choose the Log to Judge'), false))?.[0];
    if (file === undefined) {
      return;
    }
    const others = target instanceof vscode.Uri ? await othersOf(file, selected) : [];
    const choice = await this.choose(file, others);
    if (choice === undefined || choice.good.length === 0 || choice.judged.length === 0) {
      return;
    }
    for (const judged of choice.judged) {
      await this.runner.stop(judged);
      this.chosen.set(
        judged,
        choice.good.map(({ fsPath }) => fsPath),
      );
    }
    await this.scans.scan(choice.judged.map((file) => ({ file })));
  }

  private async choose(file: vscode.Uri, others: vscode.Uri[]): Promise<Choice | undefined> {
    if (others.length === 0) {
      const good = await this.pickGood(file);
      return good && { judged: [file], good };
    }
    const selection = [...others, file];
    const good = others.length === 1 ? await this.pickOne(others[0], file) : await this.pickAmong(others, file);
    return good && { judged: selection.filter((each) => !good.includes(each)), good };
  }

  /** Which of two logs is the good one: first the one that the menu was not opened on. */
  private async pickOne(other: vscode.Uri, clicked: vscode.Uri): Promise<vscode.Uri[] | undefined> {
    const item = (good: vscode.Uri, judged: vscode.Uri): LogItem => ({
      label: labelText(baseName(good)),
      description: this.t('{0} is judged against it', labelText(baseName(judged))),
      file: good,
    });
    const picked = await vscode.window.showQuickPick([item(other, clicked), item(clicked, other)], {
      title: this.t('Scan Against a Good Log'),
      placeHolder: this.t('Which log is the good one?'),
    });
    return picked?.file && [picked.file];
  }

  /** Which of several selected logs are good; the others are judged against them. */
  private async pickAmong(others: vscode.Uri[], clicked: vscode.Uri): Promise<vscode.Uri[] | undefined> {
    const items = [...others, clicked].map((file) => ({
      label: labelText(baseName(file)),
      picked: file !== clicked,
      file,
    }));
    const picked = await vscode.window.showQuickPick(items, {
      title: this.t('Scan Against a Good Log'),
      placeHolder: this.t('Which logs are good? The others are judged against them.'),
      canPickMany: true,
    });
    return picked?.map(({ file }) => file);
  }

  /** Good logs for a single one: of those scanned before, of its folder, or from anywhere. */
  private async pickGood(file: vscode.Uri): Promise<vscode.Uri[] | undefined> {
    const items = await this.candidates(file);
    return items.length === 0 ? this.browseGood(file) : this.pickOrBrowse(file, items);
  }

  private async candidates(file: vscode.Uri): Promise<LogItem[]> {
    const before = (this.chosen.get(file) ?? []).map((each) => vscode.Uri.file(each));
    const scanned = this.store.all.map(({ uri }) => uri);
    const known = new Set([file.toString()]);
    const items: LogItem[] = [];
    for (const [files, detail] of [
      [before, this.t('judged against before')],
      [await earlierLogs(file), this.t('the same log before')],
      [scanned, this.t('scanned')],
      [await logsBeside(file), this.t('in the same folder')],
    ] as const) {
      for (const each of files.filter((other) => !known.has(other.toString()))) {
        known.add(each.toString());
        items.push({ label: labelText(baseName(each)), description: detail, file: each, picked: files === before });
      }
    }
    return items;
  }

  private pickOrBrowse(file: vscode.Uri, items: LogItem[]): Promise<vscode.Uri[] | undefined> {
    const browse: LogItem = { label: this.t('Browse…'), iconPath: new vscode.ThemeIcon('folder-opened') };
    const pick = vscode.window.createQuickPick<LogItem>();
    pick.title = this.t('Scan {0} Against Good Logs', escapeControls(baseName(file)));
    pick.placeholder = this.t('Choose logs of runs that went well');
    pick.canSelectMany = true;
    pick.matchOnDescription = true;
    pick.items = [...items, browse];
    pick.selectedItems = items.filter(({ picked }) => picked);
    return new Promise<vscode.Uri[] | undefined>((resolve) => {
      const filesOf = (chosen: readonly LogItem[]) => chosen.flatMap((item) => item.file ?? []);
      pick.onDidChangeSelection((chosen) => {
        if (chosen.includes(browse)) {
          // Resolved before the list hides, which would count as giving up.
          resolve(this.browseGood(file).then((more) => more && [...filesOf(chosen), ...more]));
          pick.hide();
        }
      });
      pick.onDidAccept(() => {
        resolve(filesOf(pick.selectedItems));
        pick.hide();
      });
      pick.onDidHide(() => {
        resolve(undefined);
        pick.dispose();
      });
      pick.show();
    });
  }

  private browseGood(file: vscode.Uri): Promise<vscode.Uri[] | undefined> {
    return this.browse(this.t('Good Logs for {0}', escapeControls(baseName(file))), true);
  }

  private async browse(title: string, canSelectMany: boolean): Promise<vscode.Uri[] | undefined> {
    return vscode.window.showOpenDialog({ title, canSelectMany, openLabel: this.t('Choose') });
  }
}

/** The files that are selected beside the one that the menu was opened on. */
async function othersOf(file: vscode.Uri, selected: unknown): Promise<vscode.Uri[]> {
  const files = Array.isArray(selected) ? (selected as vscode.Uri[]).flatMap((each) => fileOf(each) ?? []) : [];
  const others = files.filter((each) => each.toString() !== file.toString());
  return others.length === 0 ? [] : (await splitFolders(others)).files.filter((each) => each !== file);
}

/** Logs of the same name from before, the latest first: what it was rotated to, and in the folders beside its own. */
async function earlierLogs(file: vscode.Uri): Promise<vscode.Uri[]> {
  const folder = vscode.Uri.joinPath(file, '..');
  const rotated = rotatedSiblings(baseName(file), await namesBeside(file));
  const older = rotated.slice(0, rotated.indexOf(baseName(file))).reverse();
  const inOtherFolders: vscode.Uri[] = [];
  for (const around of [folder, vscode.Uri.joinPath(folder, '..')]) {
    const entries = await vscode.workspace.fs.readDirectory(around).then(
      (all) => all,
      () => [],
    );
    const folders = entries.filter(([, type]) => (type & vscode.FileType.Directory) !== 0).slice(0, MAX_FOLDERS);
    const others = folders.map(([name]) => vscode.Uri.joinPath(around, name, baseName(file)));
    const states = await Promise.all(others.map(statFile));
    inOtherFolders.push(...others.filter((other, i) => states[i] !== undefined && other.path !== file.path));
  }
  return [...older.map((name) => vscode.Uri.joinPath(folder, name)), ...inOtherFolders];
}

async function logsBeside(file: vscode.Uri): Promise<vscode.Uri[]> {
  const folder = vscode.Uri.joinPath(file, '..');
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (all) => all,
    () => [],
  );
  return entries
    .filter(([name, type]) => (type & vscode.FileType.Directory) === 0 && LOG_NAME.test(name))
    .map(([name]) => vscode.Uri.joinPath(folder, name))
    .sort((a, b) => a.path.localeCompare(b.path));
}
