import * as vscode from 'vscode';
import { escapeControls } from '../../core/findings/escapeControls';
import { baseName } from '../base/baseName';
import { Disposable } from '../base/disposable';
import type { FileResults, ResultsStore } from '../results/resultsStore';
import type { ResultMessages } from '../results/resultMessages';

/** How long a message stands, in milliseconds. */
const SHOWN = 5000;

/** Tells for a moment in the status bar, wherever the user is, what a scan has found and what is new in a followed log. */
export class Announcer extends Disposable {
  private readonly item = this.register(
    vscode.window.createStatusBarItem('logcnn.announcement', vscode.StatusBarAlignment.Left),
  );
  private stopWaiting: () => void = () => undefined;

  /** @param later calls back after some milliseconds, unless what it gives is called */
  constructor(
    store: ResultsStore,
    private readonly messages: ResultMessages,
    private readonly later: (milliseconds: number, callback: () => void) => () => void,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    this.item.name = this.t('LogCNN: Messages');
    this.register({ dispose: () => this.stopWaiting() });
    this.register(
      store.onDidChange(({ kind, results }) => {
        const fresh = results.outcome?.fresh?.size ?? 0;
        if (kind === 'completed' && fresh > 0) {
          this.tell(this.t('{0} new in {1}', this.messages.blockCount(fresh), nameOf(results)));
        }
      }),
    );
  }

  /** Tells what was found in logs that were scanned together. */
  tellFound(scanned: readonly FileResults[]): void {
    const count = scanned.reduce((sum, { outcome }) => sum + (outcome?.summary.anomalous ?? 0), 0);
    const found = count === 0 ? this.t('no anomalous blocks') : this.messages.blockCount(count);
    const [first] = scanned;
    if (scanned.length === 1) {
      this.tell(this.t('{0} in {1}', found, nameOf(first)));
    } else if (scanned.length > 1) {
      this.tell(this.t('{0} in {1} logs', found, scanned.length));
    }
  }

  private tell(text: string): void {
    this.stopWaiting();
    this.item.text = `$(pulse) ${text}`;
    // A screen reader reads it aloud when it comes.
    this.item.accessibilityInformation = { label: text, role: 'alert' };
    this.item.show();
    this.stopWaiting = this.later(SHOWN, () => this.item.hide());
  }
}

function nameOf({ uri }: FileResults): string {
  return escapeControls(baseName(uri));
}
