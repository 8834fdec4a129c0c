import * as vscode from 'vscode';
import { Disposable } from '../base/disposable';
import { activeResource, openAtLine } from '../results/logFiles';
import { linesShownBy, placeOf } from '../results/logPlaces';
import { neighbour } from './navigationOrder';
import type { ResultsTree } from './resultsTree';
import type { FileResults, ResultsStore } from '../results/resultsStore';

/** Names a finding in the links of a hover. */
export interface FindingReference {
  /** URI of the file. */
  file: string;
  /** Index of the finding among those of the file. */
  finding: number;
}

/** Takes the user from one anomalous block to another. */
export class Navigation extends Disposable {
  /** Where the last step or click in the tree led: what counts where the editor's cursor cannot be asked. */
  private current: { results: FileResults; finding: number } | undefined;

  constructor(
    private readonly store: ResultsStore,
    private readonly tree: ResultsTree,
  ) {
    super();
    const command = (name: string, run: (reference?: FindingReference) => Promise<void>) =>
      this.register(vscode.commands.registerCommand(name, run));
    command('logcnn.nextFinding', (reference) => this.step(1, reference));
    command('logcnn.previousFinding', (reference) => this.step(-1, reference));
    command('logcnn.openFinding', async (reference) => {
      const results = this.resultsOf(reference);
      if (results !== undefined) {
        await this.open(results, reference!.finding);
      }
    });
    this.register(
      tree.view.onDidChangeSelection(({ selection: [node] }) => {
        const block = node?.kind === 'line' ? node.block : node;
        if (block?.kind === 'block') {
          this.current = { results: block.results, finding: block.index };
        }
      }),
    );
  }

  private resultsOf(reference: FindingReference | undefined): FileResults | undefined {
    return reference && this.store.get(vscode.Uri.parse(reference.file));
  }

  private async step(step: 1 | -1, reference: FindingReference | undefined): Promise<void> {
    const results = this.resultsOf(reference) ?? this.resultsToWalk();
    const outcome = results?.outcome;
    if (results === undefined || outcome === undefined) {
      return;
    }
    const finding = neighbour(outcome, reference ?? this.placeIn(results), step);
    if (finding !== undefined) {
      await this.open(results, finding);
    }
  }

  /** The file in the active editor, else the one of the last step, else the first that has findings. */
  private resultsToWalk(): FileResults | undefined {
    const active = activeResource();
    const ofEditor = active && this.store.get(active);
    return [ofEditor, this.current && this.store.get(this.current.results.uri), ...this.store.all].find(
      (results) => (results?.outcome?.findings.length ?? 0) > 0,
    );
  }

  private placeIn(results: FileResults): { line: number } | { finding: number } {
    const editor = vscode.window.activeTextEditor;
    if (editor !== undefined && this.store.get(editor.document.uri) === results) {
      return { line: linesShownBy(results, editor.document.uri).after + editor.selection.active.line + 1 };
    }
    return this.current?.results === results ? { finding: this.current.finding } : { line: 0 };
  }

  private async open(results: FileResults, finding: number): Promise<void> {
    this.current = { results, finding };
    const { documentUri, line } = placeOf(results, results.outcome!.findings[finding].line);
    await openAtLine(documentUri, line);
    if (this.tree.view.visible) {
      await this.tree.showBlock(results, finding, { focus: false, expand: false });
    }
  }
}
