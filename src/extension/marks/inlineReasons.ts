import * as vscode from 'vscode';
import { Disposable } from '../base/disposable';
import { readInlineReasons } from '../base/settings';
import { findingsAt } from '../results/lineLookup';
import { linesShownBy } from '../results/logPlaces';
import type { ResultsStore } from '../results/resultsStore';
import type { ResultMessages } from '../results/resultMessages';
import { gutterLines } from './decorationModel';

/** Characters of a reason beside a line. */
const LENGTH = 100;
/** Lines above and below what is seen that have their reasons, too. */
const MARGIN = 100;

/** Says behind the most suspicious line of a finding, dimmed, why it is one. */
export class InlineReasons extends Disposable {
  private readonly type = this.register(
    vscode.window.createTextEditorDecorationType({
      after: { color: new vscode.ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 3em', fontStyle: 'italic' },
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    }),
  );

  constructor(
    private readonly store: ResultsStore,
    private readonly messages: ResultMessages,
  ) {
    super();
    const updateAll = (): void => vscode.window.visibleTextEditors.forEach((editor) => this.update(editor));
    this.register(
      store.onDidChange(({ kind }) => {
        if (kind === 'completed' || kind === 'removed' || kind === 'renamed' || kind === 'staleness') {
          updateAll();
        }
      }),
    );
    this.register(vscode.window.onDidChangeVisibleTextEditors(updateAll));
    this.register(vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.update(textEditor)));
    this.register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('logcnn.inlineReasons')) {
          updateAll();
        }
      }),
    );
  }

  private update(editor: vscode.TextEditor): void {
    const { document, visibleRanges } = editor;
    const results = this.store.get(document.uri);
    const scope = {
      source: vscode.workspace.getConfiguration('logcnn', document.uri),
      isTrusted: vscode.workspace.isTrusted,
    };
    // In an edited document the line may be another one than was scanned.
    if (results?.outcome === undefined || results.staleness === 'edited' || !readInlineReasons(scope)) {
      editor.setDecorations(this.type, []);
      return;
    }
    const { outcome } = results;
    const shown = linesShownBy(results, document.uri);
    const first = shown.after + Math.max(1, Math.min(...visibleRanges.map(({ start }) => start.line)) + 1 - MARGIN);
    const last = Math.min(shown.last, shown.after + Math.max(...visibleRanges.map(({ end }) => end.line)) + 1 + MARGIN);
    const options = gutterLines(outcome, first, last).suspicious.map((line): vscode.DecorationOptions => {
      const index = findingsAt(outcome.index, line).find((each) => outcome.findings[each].line === line)!;
      const row = line - shown.after - 1;
      return {
        range: new vscode.Range(row, Number.MAX_SAFE_INTEGER, row, Number.MAX_SAFE_INTEGER),
        renderOptions: { after: { contentText: shortened(this.messages.why(outcome.findings[index])) } },
      };
    });
    editor.setDecorations(this.type, options);
  }
}

function shortened(reason: string): string {
  return reason.length <= LENGTH ? reason : `${reason.slice(0, LENGTH - 1).trimEnd()}…`;
}
