import * as vscode from 'vscode';
import { baseName } from '../base/baseName';
import { escapeControls } from '../../core/findings/escapeControls';
import { Disposable } from '../base/disposable';
import { activeResource } from '../results/logFiles';
import type { FileResults, ResultsStore } from '../results/resultsStore';
import type { ResultMessages } from '../results/resultMessages';

/** Shows a scan's progress, with a click that cancels it, and else what was found in all logs. */
export class ScanStatusBar extends Disposable {
  private readonly item = this.register(
    vscode.window.createStatusBarItem('logcnn.status', vscode.StatusBarAlignment.Left),
  );

  constructor(
    private readonly store: ResultsStore,
    private readonly messages: ResultMessages,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    this.item.name = 'LogCNN';
    this.register(store.onDidChange(() => this.update()));
    this.register(vscode.window.tabGroups.onDidChangeTabs(() => this.update()));
    this.register(vscode.window.tabGroups.onDidChangeTabGroups(() => this.update()));
  }

  private update(): void {
    const scans = this.store.all.filter(({ scanning }) => scanning);
    const found = this.store.all.filter(({ outcome }) => outcome !== undefined);
    if (scans.length > 0) {
      this.showScans(scans);
    } else if (found.length > 0) {
      this.showResults(found);
    } else {
      this.item.hide();
    }
  }

  private showScans(scans: FileResults[]): void {
    const current = scans.find(({ progress }) => progress !== undefined) ?? scans[0];
    const progress = this.messages.progress(current.progress);
    const more = scans.length === 1 ? '' : ` (+${scans.length - 1})`;
    this.show(
      `$(loading~spin) LogCNN: ${progress}${more}`,
      this.t('Scanning {0}. Click to cancel.', scans.map(({ uri }) => escapeControls(baseName(uri))).join(', ')),
      'logcnn.cancelScan',
    );
  }

  /** What was found in all logs, and in that of the active editor if it is one of several. */
  private showResults(found: readonly FileResults[]): void {
    const shown = activeResource();
    const active = shown && this.store.get(shown);
    const anomalousIn = (results: readonly FileResults[]): number =>
      results.reduce((sum, { outcome }) => sum + (outcome?.summary.anomalous ?? 0), 0);
    const all = anomalousIn(found);
    const count = this.countText(all);
    const text =
      active?.outcome === undefined || found.length === 1
        ? count
        : this.t('{0}, {1} in all', this.countText(anomalousIn([active])), this.messages.number(all));
    const isStale = (active === undefined ? found : [active]).some(({ staleness }) => staleness !== undefined);
    const stale = isStale ? ` (${this.t('out of date')})` : '';
    const followed = found.some(({ following }) => following !== undefined) ? ` $(eye) ${this.t('following')}` : '';
    const icon = all === 0 ? 'pass' : 'warning';
    this.show(
      `$(${icon}) ${text}${stale}${followed}`,
      this.t('LogCNN: show the anomalous blocks'),
      'logcnn.results.focus',
    );
  }

  private countText(anomalous: number): string {
    return anomalous === 0 ? this.t('no anomalous blocks') : this.messages.blockCount(anomalous);
  }

  private show(text: string, tooltip: string, command: string): void {
    // The workbench is told only what has changed, as progress comes ten times a second.
    if (this.item.text !== text) {
      this.item.text = text;
    }
    this.item.tooltip = tooltip;
    this.item.command = command;
    this.item.show();
  }
}
