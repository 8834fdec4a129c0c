import * as vscode from 'vscode';
import type { BlockDocuments } from './blockDocument';
import type { BlockEditors } from './blockEditor';
import { blockUri } from '../base/blockUri';
import { Disposable } from '../base/disposable';
import { findingsAt } from '../results/lineLookup';
import { openAtLine } from '../results/logFiles';
import { linesShownBy } from '../results/logPlaces';
import type { FindingReference } from '../tree/navigation';
import type { FileResults, ResultsStore } from '../results/resultsStore';
import type { ResultsTree } from '../tree/resultsTree';
import type { ResultNode, MostSuspiciousNode } from '../tree/treeModel';

/** The commands that show a block by itself, and lead from there to the log. */
export class BlockCommands extends Disposable {
  constructor(
    private readonly store: ResultsStore,
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
    const found = named === undefined ? this.blockAtCursor() : this.blockNamed(named);
    const block = found?.results.outcome?.findings[found.index]?.block;
    if (found === undefined || block === undefined) {
      const row = named ?? this.tree.view.selection[0];
      const suspect = row !== undefined && 'kind' in row ? mostSuspiciousOf(row) : undefined;
      if (suspect !== undefined) {
        await vscode.window.showTextDocument(blockUri(suspect.results.uri, suspect.finding.block));
      }
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
    if (results?.outcome !== undefined) {
      const line = linesShownBy(results, editor!.document.uri).after + editor!.selection.active.line + 1;
      const [index] = findingsAt(results.outcome.index, line);
      if (index !== undefined) {
        return { results, index };
      }
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

/** The row of a block below the threshold, if it is one or one of its lines. */
function mostSuspiciousOf(node: ResultNode): MostSuspiciousNode | undefined {
  const row = node.kind === 'line' ? node.block : node;
  return row.kind === 'suspect' ? row : undefined;
}

interface FoundBlock {
  results: FileResults;
  /** Of the finding in the outcome. */
  index: number;
}
