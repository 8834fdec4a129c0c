import * as vscode from 'vscode';
import { Disposable } from '../base/disposable';
import { isShownInEditor } from '../results/largeFiles';
import { activeResource, openAtLine } from '../results/logFiles';
import { linesShownBy, placeOf } from '../results/logPlaces';
import { neighbour, type StepStart } from './navigationOrder';
import type { ResultsTree } from './resultsTree';
import type { FileResults, ResultsStore } from '../results/resultsStore';
import type { ShownFindings } from '../results/shownFindings';

/** Milliseconds for which it is told that a step went around the end. */
const TOLD = 5000;

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
    private readonly shown: ShownFindings,
    private readonly t: typeof vscode.l10n.t,
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
    const found = neighbour(this.store.all, this.shown, this.start(reference), step);
    if (found === undefined) {
      return;
    }
    if (found.isAround) {
      const text = step === 1 ? this.t('LogCNN: back at the first finding') : this.t('LogCNN: on at the last finding');
      vscode.window.setStatusBarMessage(text, TOLD);
    }
    await this.open(found.results, found.finding);
  }

  /** The finding that is meant, the place in the active log, else the last step. */
  private start(reference: FindingReference | undefined): StepStart | undefined {
    const named = this.resultsOf(reference);
    if (named !== undefined) {
      return { results: named, finding: reference!.finding };
    }
    const editor = vscode.window.activeTextEditor;
    const ofEditor = editor && this.store.get(editor.document.uri);
    if (ofEditor?.outcome !== undefined && ofEditor.outcome.findings.length > 0) {
      const { after } = linesShownBy(ofEditor, editor!.document.uri);
      return { results: ofEditor, line: after + editor!.selection.active.line + 1 };
    }
    const active = activeResource();
    const inTab = active && this.store.get(active);
    const isElsewhere =
      inTab !== undefined && inTab !== this.current?.results && (inTab.outcome?.findings.length ?? 0) > 0;
    if (isElsewhere) {
      return { results: inTab, line: 0 };
    }
    const { current } = this;
    return current !== undefined && this.store.get(current.results.uri) === current.results ? current : undefined;
  }

  private async open(results: FileResults, finding: number): Promise<void> {
    this.current = { results, finding };
    const { block, line: lineOfLog } = results.outcome!.findings[finding];
    if (isShownInEditor(results, lineOfLog)) {
      const { documentUri, line } = placeOf(results, lineOfLog);
      await openAtLine(documentUri, line);
    } else {
      await vscode.commands.executeCommand('logcnn.openInContext', results.uri.toString(), block, lineOfLog);
    }
    if (this.tree.view.visible) {
      await this.tree.showBlock(results, finding, { focus: false, expand: false });
    }
  }
}
