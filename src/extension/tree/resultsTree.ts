import * as vscode from 'vscode';
import { baseName } from '../base/baseName';
import { escapeControls } from '../../core/findings/escapeControls';
import type { Finding } from '../../core/findings/finding';
import { Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import { isShownInEditor } from '../results/largeFiles';
import { isCompressed, rangeOfLine } from '../results/logFiles';
import { placeLabel, placeOf, textsOf } from '../results/logPlaces';
import { escapeMarkdown } from '../base/markdown';
import type { FileResults, ResultsChange, ResultsStore } from '../results/resultsStore';
import { RefreshThrottle } from './refreshThrottle';
import {
  TreeModel,
  type BlockNode,
  type FileNode,
  type LineNode,
  type RangeNode,
  type RestNode,
  type ResultNode,
  type SortOrder,
  type MostSuspiciousNode,
  type GroupNode,
} from './treeModel';
import { GROUPINGS, type Grouping } from './findingGroups';
import { messageOf, rowDescription, rowLabel, rowTooltip } from './findingRow';
import { KIND_ICONS } from './kindIcons';
import { plainTemplate } from '../../core/findings/wording';
import { distinctFolders } from '../results/distinctFolders';
import type { ShownFindings } from '../results/shownFindings';
import type { ResultMessages } from '../results/resultMessages';
import type { WorkerClient } from '../engine/workerClient';

/** Characters of a line's text in a row. */
const LINE_LENGTH = 300;

/** The view with all results, see TreeModel. */
export class ResultsTree extends Disposable implements vscode.TreeDataProvider<ResultNode> {
  /** Rows and their order. */
  readonly model: TreeModel;
  readonly view: vscode.TreeView<ResultNode>;
  private readonly changes = this.register(new vscode.EventEmitter<ResultNode | undefined>());
  readonly onDidChangeTreeData = this.changes.event;
  private readonly sortings = this.register(new Emitter<SortOrder>());
  /** Fires after the rows were put into another order. */
  readonly onDidSort = this.sortings.event;
  private readonly fileNodes = new Map<string, FileNode>();
  /** Where files of one name are, see distinctFolders; found out when it is asked for. */
  private folders: Map<string, string> | undefined;
  /** Files that were last drawn as those without findings. */
  private readonly clean = new Set<string>();
  private readonly pace = new RefreshThrottle(() => performance.now());

  constructor(
    private readonly store: ResultsStore,
    private readonly shown: ShownFindings,
    client: WorkerClient,
    private readonly messages: ResultMessages,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    this.model = new TreeModel(
      () => store.all,
      shown,
      (results, lines) => textsOrNothing(client, results, lines),
    );
    this.view = this.register(
      vscode.window.createTreeView<ResultNode>('logcnn.results', { treeDataProvider: this, showCollapseAll: true }),
    );
    this.register(store.onDidChange((change) => this.onResults(change)));
    this.register(
      shown.onDidChange(() => {
        this.tellFilter();
        this.changes.fire(undefined);
      }),
    );
    this.register(vscode.commands.registerCommand('logcnn.groupFindings', () => this.chooseGrouping()));
    this.register(vscode.commands.registerCommand('logcnn.sortByScore', () => this.sort('score')));
    this.register(vscode.commands.registerCommand('logcnn.sortByPosition', () => this.sort('position')));
    this.register(vscode.commands.registerCommand('logcnn.copyBlock', (node?: ResultNode) => this.copyBlock(node)));
  }

  async getChildren(node?: ResultNode): Promise<ResultNode[]> {
    const rows = await this.model.children(node);
    return rows.map((row) => (row.kind === 'file' ? this.known(row) : row));
  }

  getParent(node: ResultNode): ResultNode | undefined {
    const parent = this.model.parent(node);
    return parent?.kind === 'file' ? this.known(parent) : parent;
  }

  getTreeItem(node: ResultNode): vscode.TreeItem {
    const item = this.item(node);
    item.id = this.model.id(node);
    return item;
  }

  /** Tooltips are made when the pointer rests on a row: a page of rows would spend most of its time on them. */
  resolveTreeItem(item: vscode.TreeItem, node: ResultNode): vscode.TreeItem {
    switch (node.kind) {
      case 'file':
        item.tooltip = new vscode.MarkdownString(this.fileTooltip(node.results));
        break;
      case 'block':
      case 'suspect': {
        const { threshold } = node.results.outcome!.summary;
        item.tooltip = new vscode.MarkdownString(rowTooltip(node.finding, threshold, this.messages, this.t));
        break;
      }
      case 'line':
        item.tooltip = node.text;
        break;
      case 'rest':
        item.tooltip = this.t(
          'These blocks are below the threshold, so they are no findings, but the least usual of the rest.',
        );
        break;
      case 'clean':
      case 'group':
      case 'range':
        break;
    }
    return item;
  }

  /** Opens the view and shows a file's row, without taking the focus. */
  async showFile(results: FileResults): Promise<void> {
    await this.reveal(this.known({ kind: 'file', results }), { select: false, focus: false, expand: true });
  }

  /** Opens the view at the row of a finding. */
  async showBlock(results: FileResults, index: number, options: { focus: boolean; expand: boolean }): Promise<void> {
    const block = this.model.block(results, index);
    if (block !== undefined) {
      await this.reveal(block, { select: true, ...options });
    }
  }

  private async reveal(
    node: FileNode | BlockNode,
    options: { select: boolean; focus: boolean; expand: boolean },
  ): Promise<void> {
    try {
      await this.view.reveal(node, options);
    } catch (error) {
      // The results may have gone while the view was opening: then there is nothing to reveal.
      if (this.store.get(node.results.uri) === node.results) {
        throw error;
      }
    }
  }

  private onResults(change: ResultsChange): void {
    if (!this.pace.isDue(change)) {
      return;
    }
    const { kind, results } = change;
    if (kind === 'removed') {
      this.fileNodes.delete(results.uri.toString());
    }
    const files = this.store.all;
    const count = files.reduce((sum, { outcome }) => sum + (outcome?.summary.anomalous ?? 0), 0);
    if ((this.view.badge?.value ?? 0) !== count) {
      this.view.badge = count === 0 ? undefined : { value: count, tooltip: this.messages.blockCount(count) };
    }
    const whole = kind === 'added' || kind === 'removed' || kind === 'renamed';
    if (whole) {
      this.folders = undefined;
    }
    // Whether a file has findings says where its row is, and groups are of all files.
    const moves = whole || this.model.grouping !== 'file' || this.hasMoved(results);
    this.changes.fire(moves ? undefined : this.known({ kind: 'file', results }));
  }

  /** One object for each file: the tree view knows rows to refresh by identity. */
  private known(node: FileNode): FileNode {
    const key = node.results.uri.toString();
    const known = this.fileNodes.get(key);
    if (known?.results === node.results) {
      return known;
    }
    this.fileNodes.set(key, node);
    return node;
  }

  /** Whether the row of a file is no longer where it was drawn: among those without findings, or not. */
  private hasMoved(results: FileResults): boolean {
    const key = results.uri.toString();
    const isClean = this.model.isClean(results);
    const wasClean = this.clean.has(key);
    if (isClean) {
      this.clean.add(key);
    } else {
      this.clean.delete(key);
    }
    return isClean !== wasClean;
  }

  /** Says above the rows what is left out of them. */
  private tellFilter(): void {
    const { filter, amount, isFiltered } = this.shown;
    const { kind, strength, text } = filter;
    const told = [
      ...(text === undefined ? [] : [`“${text}”`]),
      ...(kind === undefined ? [] : [this.messages.kind({ kind })]),
      ...(strength === undefined ? [] : [this.messages.strength(strength)]),
      ...(amount === 'few' ? [this.t('few')] : amount === 'more' ? [this.t('more')] : []),
    ];
    this.view.description = told.join(' · ');
    void vscode.commands.executeCommand('setContext', 'logcnn.filtered', isFiltered);
  }

  private async chooseGrouping(): Promise<void> {
    const labels: Record<Grouping, string> = {
      file: this.t('By file'),
      cause: this.t('By cause'),
      time: this.t('By time'),
    };
    const items = GROUPINGS.map((grouping) => ({
      label: labels[grouping],
      description: grouping === this.model.grouping ? this.t('as now') : undefined,
      grouping,
    }));
    const item = await vscode.window.showQuickPick(items, { title: this.t('Group Findings') });
    if (item !== undefined) {
      this.model.grouping = item.grouping;
      this.changes.fire(undefined);
    }
  }

  /** Puts the rows into another order. */
  sort(order: SortOrder): void {
    this.model.sortOrder = order;
    void vscode.commands.executeCommand('setContext', 'logcnn.sortOrder', order);
    this.changes.fire(undefined);
    this.sortings.fire(order);
  }

  private async copyBlock(node: ResultNode | undefined = this.view.selection[0]): Promise<void> {
    if (node?.kind === 'block' || node?.kind === 'suspect') {
      await vscode.env.clipboard.writeText(node.finding.block);
    }
  }

  private item(node: ResultNode): vscode.TreeItem {
    switch (node.kind) {
      case 'file':
        return this.fileItem(node);
      case 'clean':
        return this.cleanItem();
      case 'group':
        return this.groupItem(node);
      case 'block':
        return this.blockItem(node);
      case 'rest':
        return this.restItem(node);
      case 'suspect':
        return this.mostSuspiciousItem(node);
      case 'line':
        return this.lineItem(node);
      case 'range':
        return this.rangeItem(node);
    }
  }

  private fileItem({ results }: FileNode): vscode.TreeItem {
    const { uri, documentUri, scanning, following, failure, staleness, outcome } = results;
    const hasFindings = (outcome?.findings.length ?? 0) > 0;
    const isOpened = hasFindings || this.model.cleanFiles().length <= 1;
    const item = new vscode.TreeItem(
      escapeControls(baseName(uri)),
      hasFindings || (outcome?.suspects.length ?? 0) > 0
        ? isOpened
          ? vscode.TreeItemCollapsibleState.Expanded
          : vscode.TreeItemCollapsibleState.Collapsed
        : vscode.TreeItemCollapsibleState.None,
    );
    const state = this.messages.fileState(results, this.model.shownCount(results));
    const folder = this.folderOf(uri);
    const parts = [item.label as string, ...(folder === undefined ? [] : [folder]), state];
    item.description = parts.slice(1).join(' · ');
    item.resourceUri = documentUri;
    item.accessibilityInformation = { label: parts.join(', ') };
    // A compressed log cannot be followed.
    const packed = isCompressed(uri) ? '.packed' : '';
    if (scanning) {
      item.iconPath = new vscode.ThemeIcon('loading~spin');
      item.contextValue = 'file.scanning';
    } else if (failure !== undefined) {
      item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground'));
      item.contextValue = `file.failed${packed}`;
    } else if (following !== undefined) {
      item.iconPath = new vscode.ThemeIcon('eye', new vscode.ThemeColor('charts.blue'));
      item.contextValue = 'file.following';
    } else if (staleness !== undefined) {
      item.iconPath = new vscode.ThemeIcon('history');
      item.contextValue = `file.stale${packed}`;
    } else {
      item.iconPath = hasFindings
        ? vscode.ThemeIcon.File
        : new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
      item.contextValue = `file.done${packed}`;
    }
    return item;
  }

  /** Where a file is, if results of another one of its name are shown. */
  private folderOf(uri: vscode.Uri): string | undefined {
    this.folders ??= distinctFolders(this.store.all.map((results) => results.uri));
    return this.folders.get(uri.toString());
  }

  private cleanItem(): vscode.TreeItem {
    const item = new vscode.TreeItem(
      this.t('{0} logs without findings', this.messages.number(this.model.cleanFiles().length)),
      vscode.TreeItemCollapsibleState.Collapsed,
    );
    item.iconPath = new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
    item.contextValue = 'clean';
    return item;
  }

  private groupItem({ group }: GroupNode): vscode.TreeItem {
    const { members, from } = group;
    const [{ finding }] = members;
    const count = this.messages.findingCount(members.length);
    const isOfTime = this.model.grouping === 'time';
    const label = !isOfTime
      ? plainTemplate(finding.template) || messageOf(finding)
      : from === undefined
        ? this.t('Without time')
        : from.slice(0, 16).replace('T', ' ');
    const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
    item.description = isOfTime ? count : `${this.messages.kind(finding)} · ${count}`;
    item.iconPath = isOfTime ? new vscode.ThemeIcon('clock') : kindIcon(finding);
    item.contextValue = 'group';
    return item;
  }

  private fileTooltip({ uri, rotated, outcome, failure, staleness }: FileResults): string {
    const lines = (rotated ?? [uri]).map((file) => escapeMarkdown(escapeControls(file.fsPath)));
    if (failure !== undefined) {
      lines.push(escapeMarkdown(escapeControls(failure)));
    }
    if (outcome !== undefined) {
      const { anomalous, blocks, lines: total, model, threshold, notes } = outcome.summary;
      const { messages } = this;
      lines.push(
        (blocks === 1
          ? this.t('{0} of 1 block anomalous', messages.number(anomalous))
          : this.t('{0} of {1} blocks anomalous', messages.number(anomalous), messages.number(blocks))) +
          ` · ${messages.lineCount(total)}`,
        this.t('Model {0}, threshold {1}', escapeMarkdown(model), messages.score(threshold)),
        ...notes.map(escapeMarkdown),
      );
      if (outcome.findings.length < anomalous) {
        lines.push(this.t('Only the {0} of the highest scores are listed.', messages.number(outcome.findings.length)));
      }
    }
    if (staleness !== undefined) {
      lines.push(this.t('Out of date: {0}.', this.messages.staleness(staleness)));
    }
    return lines.join('  \n');
  }

  private blockItem({ finding, results }: BlockNode): vscode.TreeItem {
    const item = this.scoredItem(finding, results);
    item.iconPath = kindIcon(finding);
    item.contextValue = 'block';
    if (results.outcome?.fresh?.has(finding) === true) {
      item.description = `${this.t('new')} · ${item.description as string}`;
      item.iconPath = new vscode.ThemeIcon('bell-dot', new vscode.ThemeColor('problemsWarningIcon.foreground'));
    }
    return item;
  }

  private restItem({ results }: RestNode): vscode.TreeItem {
    const item = new vscode.TreeItem(
      this.t('Less likely'),
      this.shown.amount === 'more'
        ? vscode.TreeItemCollapsibleState.Expanded
        : vscode.TreeItemCollapsibleState.Collapsed,
    );
    item.description = this.messages.number(this.shown.suspectsOf(results.outcome!).length);
    item.iconPath = new vscode.ThemeIcon('list-selection');
    return item;
  }

  private mostSuspiciousItem({ finding, results }: MostSuspiciousNode): vscode.TreeItem {
    const item = this.scoredItem(finding, results);
    item.iconPath = new vscode.ThemeIcon('circle-outline');
    item.contextValue = 'suspect';
    return item;
  }

  /** What the rows of findings and of suspects have in common. */
  private scoredItem(finding: Finding, results: FileResults): vscode.TreeItem {
    const { messages, t } = this;
    const place = this.model.grouping === 'file' ? undefined : this.nameOf(results.uri);
    const item = new vscode.TreeItem(messageOf(finding), vscode.TreeItemCollapsibleState.Collapsed);
    item.description = rowDescription(finding, messages, t, place);
    item.accessibilityInformation = { label: rowLabel(finding, messages, t, place) };
    item.command = this.openCommand(results, finding, finding.line);
    return item;
  }

  /** The name of a file, with its folder where another one has that name. */
  private nameOf(uri: vscode.Uri): string {
    const folder = this.folderOf(uri);
    return `${folder === undefined ? '' : `${folder}/`}${escapeControls(baseName(uri))}`;
  }

  private lineItem({ block, line, text }: LineNode): vscode.TreeItem {
    const label = placeLabel(block.results, line);
    const item = new vscode.TreeItem(label);
    const suspicious = line === block.finding.line;
    item.description = text;
    item.iconPath = new vscode.ThemeIcon(suspicious ? 'arrow-small-right' : 'blank');
    item.accessibilityInformation = {
      label: suspicious ? this.t('Line {0}, most suspicious: {1}', label, text) : this.t('Line {0}: {1}', label, text),
    };
    item.command = this.openCommand(block.results, block.finding, line);
    item.contextValue = 'line';
    return item;
  }

  private rangeItem({ range, length }: RangeNode): vscode.TreeItem {
    const { messages } = this;
    const label = this.t(
      '{0}–{1} of {2}',
      messages.number(range.start + 1),
      messages.number(range.end),
      messages.number(length),
    );
    const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
    item.iconPath = new vscode.ThemeIcon('ellipsis');
    return item;
  }

  /**
   * `vscode.open` itself, so that a click previews and a double click keeps the editor, as in VS Code's own trees; where the
   * workbench would ask first, the page of the block.
   */
  private openCommand(results: FileResults, { block }: Finding, lineOfLog: number): vscode.Command {
    if (!isShownInEditor(results, lineOfLog)) {
      const args = [results.uri.toString(), block, lineOfLog];
      return { command: 'logcnn.openInContext', title: this.t('Open Line'), arguments: args };
    }
    const { documentUri, line } = placeOf(results, lineOfLog);
    return {
      command: 'vscode.open',
      title: this.t('Open Line'),
      arguments: [documentUri, { selection: rangeOfLine(line) } satisfies vscode.TextDocumentShowOptions],
    };
  }
}

function kindIcon({ kind }: Finding): vscode.ThemeIcon {
  const { icon, color } = KIND_ICONS[kind];
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}

/** A file that cannot be read any more, or has become another one, shows its lines without text. */
async function textsOrNothing(client: WorkerClient, results: FileResults, lines: number[]): Promise<string[]> {
  try {
    return await textsOf(client, results, lines, LINE_LENGTH);
  } catch {
    return lines.map(() => '');
  }
}
