import * as vscode from 'vscode';
import { baseName } from '../base/baseName';
import { Disposable } from '../base/disposable';
import { activeResource, fileOf, isCompressed } from '../results/logFiles';
import { notificationText } from '../base/plainText';
import type { ResultsStore } from '../results/resultsStore';
import type { ResultsTree } from '../tree/resultsTree';
import type { ScanRunner } from './scanRunner';
import type { ResultNode } from '../tree/treeModel';

/** The commands that follow growing logs and end that. */
export class FollowCommands extends Disposable {
  constructor(
    private readonly runner: ScanRunner,
    private readonly store: ResultsStore,
    private readonly tree: ResultsTree,
    private readonly t: typeof vscode.l10n.t,
  ) {
    super();
    const command = (name: string, run: (...args: never[]) => unknown) =>
      this.register(vscode.commands.registerCommand(name, run));
    command('logcnn.followFile', (from?: vscode.Uri | ResultNode, selected?: unknown) => this.follow(from, selected));
    command('logcnn.stopFollowing', (from?: vscode.Uri | ResultNode) => this.stop(from));
  }

  /**
   * @param from what the menu was opened on; without it, what the active editor shows
   * @param selected all resources selected in the Explorer; other menus pass something else here
   */
  private async follow(from: vscode.Uri | ResultNode | undefined, selected: unknown): Promise<void> {
    const own = fileFrom(from);
    const files =
      Array.isArray(selected) && selected.length > 0 && from instanceof vscode.Uri
        ? (selected as vscode.Uri[]).map(fileOf).filter((file) => file !== undefined)
        : own === undefined
          ? []
          : [own];
    if (files.length === 0) {
      void vscode.window.showErrorMessage(
        this.t('There is no log to follow; open one, or choose one in the Explorer.'),
      );
      return;
    }
    const packed = files.filter(isCompressed);
    if (packed.length > 0) {
      const names = notificationText(packed.map((file) => baseName(file)).join(', '));
      void vscode.window.showErrorMessage(
        this.t('{0} is compressed and cannot be followed; follow the log that it is made of.', names),
      );
      return;
    }
    await vscode.window.withProgress({ location: { viewId: 'logcnn.results' } }, () =>
      Promise.all(files.map((file) => this.followFile(file))),
    );
  }

  private async followFile(file: vscode.Uri): Promise<void> {
    await this.runner.stop(file);
    const first = this.runner.follow(file);
    await this.show(file);
    const end = await first;
    if (end.kind === 'failed') {
      // Not waited for: however long the message stands, there is nothing more to do.
      void vscode.window.showErrorMessage(notificationText(end.message));
    } else if (this.tree.view.visible) {
      // Its row had nothing to open before.
      await this.show(file);
    }
  }

  /** Offers to follow logs again that were followed in an earlier session. */
  async offer(files: readonly vscode.Uri[]): Promise<void> {
    const follow = this.t('Follow Again');
    const names = notificationText(files.map((file) => baseName(file)).join(', '));
    const choice = await vscode.window.showInformationMessage(this.t('{0} was followed before.', names), follow);
    if (choice === follow) {
      await Promise.all(files.map((file) => this.followFile(file)));
    }
  }

  private async show(file: vscode.Uri): Promise<void> {
    const results = this.store.get(file);
    try {
      await (results && this.tree.showFile(results));
    } catch {
      // The tree cannot reveal a row that it is just refreshing, as it does while the log grows. The row is there all the same.
    }
  }

  private stop(from: vscode.Uri | ResultNode | undefined): void {
    const file = fileFrom(from);
    const isFollowed = file !== undefined && this.store.get(file)?.following !== undefined;
    // Without a menu's choice and with another file in the editor, what is meant is all that is followed.
    this.runner.unfollow(isFollowed || from !== undefined ? file : undefined);
  }
}

/** The file of a row of the results, of a resource, or without either of the active editor. */
function fileFrom(from: vscode.Uri | ResultNode | undefined): vscode.Uri | undefined {
  if (from === undefined) {
    const active = activeResource();
    return active && fileOf(active);
  }
  if (from instanceof vscode.Uri) {
    return fileOf(from);
  }
  return from.kind === 'file' ? from.results.uri : undefined;
}
