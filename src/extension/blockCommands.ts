import * as vscode from 'vscode';
import type { BlockDocuments } from './blockDocument';
import { blockUri } from './blockUri';
import { Disposable } from './disposable';
import { findingsAt } from './lineLookup';
import { openAtLine } from './logFiles';
import type { FindingReference } from './navigation';
import type { FileResults, ResultsStore } from './resultsStore';
import type { ResultsTree } from './resultsTree';
import type { ResultNode } from './treeModel';

/** The commands that show a block by itself, and lead from there to the log. */
export class BlockCommands extends Disposable {
  constructor(
    private readonly store: ResultsStore,
    private readonly tree: ResultsTree,
    private readonly blocks: BlockDocuments,
  ) {
    super();
    this.register(
      vscode.commands.registerCommand('logcnn.showBlock', (named?: ResultNode | FindingReference) =>
        this.showBlock(named),
      ),
    );
    this.register(vscode.commands.registerCommand('logcnn.goToLineInLog', () => this.goToLine()));
  }

  private async showBlock(named: ResultNode | FindingReference | undefined): Promise<void> {
    const found = named === undefined ? this.blockAtCursor() : this.blockNamed(named);
    const block = found?.results.outcome?.findings[found.index]?.block;
    if (found === undefined || block === undefined) {
      return;
    }
    await vscode.window.showTextDocument(blockUri(found.results.uri, block));
    if (this.tree.view.visible) {
      await this.tree.showBlock(found.results, found.index, { focus: false, expand: false });
    }
  }

  /** The block of the line under the cursor, the best of several; else the one that is selected in the results. */
  private blockAtCursor(): FoundBlock | undefined {
    const editor = vscode.window.activeTextEditor;
    const results = editor && this.store.get(editor.document.uri);
    const [index] = results?.outcome ? findingsAt(results.outcome.index, editor!.selection.active.line + 1) : [];
    if (index !== undefined) {
      return { results: results!, index };
    }
    const [selected] = this.tree.view.selection;
    return selected && this.blockNamed(selected);
  }

  private blockNamed(named: ResultNode | FindingReference): FoundBlock | undefined {
    if ('finding' in named && 'file' in named) {
      const results = this.store.get(vscode.Uri.parse(named.file));
      return results && { results, index: named.finding };
    }
    const node = named.kind === 'line' ? named.block : named;
    return node.kind === 'block' ? node : undefined;
  }

  private async goToLine(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const place = editor && this.blocks.placeOf(editor.document.uri, editor.selection.active.line);
    if (place !== undefined) {
      await openAtLine(place.log, place.line);
    }
  }
}

interface FoundBlock {
  results: FileResults;
  /** Of the finding in the outcome. */
  index: number;
}
