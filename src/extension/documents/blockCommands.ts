import * as vscode from 'vscode';
import type { BlockDocuments } from './blockDocument';
import type { BlockEditors } from './blockEditor';
import type { FindingTarget } from './findingTarget';
import { blockUri } from '../base/blockUri';
import { Disposable } from '../base/disposable';
import { openAtLine } from '../results/logFiles';
import type { FindingReference } from '../tree/navigation';
import type { ResultsTree } from '../tree/resultsTree';
import type { ResultNode } from '../tree/treeModel';

/** The commands that show a block in the log around it, and lead from there to the log. */
export class BlockCommands extends Disposable {
  constructor(
    private readonly target: FindingTarget,
    private readonly tree: ResultsTree,
    private readonly blocks: BlockDocuments,
    private readonly editors: BlockEditors,
  ) {
    super();
    this.register(
      vscode.commands.registerCommand('logcnn.showBlock', (named?: ResultNode | FindingReference) =>
        this.showBlock(named),
      ),
    );
    this.register(vscode.commands.registerCommand('logcnn.goToLineInLog', () => this.goToLine()));
    this.register(
      vscode.commands.registerCommand('logcnn.openInContext', (file: string, block: string, line: number) =>
        this.editors.open(blockUri(vscode.Uri.parse(file), block), line),
      ),
    );
    this.register(
      vscode.commands.registerCommand('logcnn.showMoreContext', (page?: unknown, side?: unknown) =>
        this.showMore(page, side),
      ),
    );
  }

  private async showBlock(named: ResultNode | FindingReference | undefined): Promise<void> {
    const target = this.target.of(named);
    if (target === undefined) {
      return;
    }
    const { results, finding, index } = target;
    await vscode.window.showTextDocument(blockUri(results.uri, finding.block));
    if (index !== undefined && this.tree.view.visible) {
      await this.tree.showBlock(results, index, { focus: false, expand: false });
    }
  }

  /** @param page as a link of the page names it; the active editor's if it is none */
  private showMore(page: unknown, side: unknown): void {
    const uri = typeof page === 'string' ? vscode.Uri.parse(page) : vscode.window.activeTextEditor?.document.uri;
    if (uri !== undefined) {
      this.blocks.showMore(uri, side === 'before' || side === 'after' ? side : undefined);
    }
  }

  private async goToLine(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const place = editor && this.blocks.placeOf(editor.document.uri, editor.selection.active.line);
    if (place !== undefined) {
      await openAtLine(place.documentUri, place.line);
    }
  }
}
