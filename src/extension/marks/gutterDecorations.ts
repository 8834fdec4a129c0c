import * as vscode from 'vscode';
import { gutterLines, ownLines, rulerLines, type MarkedLines } from './decorationModel';
import { Disposable } from '../base/disposable';
import { linesShownBy } from '../results/logPlaces';
import type { ResultsStore, ScanOutcome } from '../results/resultsStore';

/** Lines above and below what is seen that are marked too, so that scrolling a little changes nothing. */
const MARGIN = 500;

/** The lines between which an editor's gutter has been marked, counted from 1. */
interface MarkedWindow {
  outcome: ScanOutcome;
  first: number;
  last: number;
}

/** Marks the lines of anomalous blocks in the gutter and the overview ruler of all visible editors. */
export class GutterDecorations extends Disposable {
  private readonly suspiciousGutter: vscode.TextEditorDecorationType;
  private readonly otherGutter: vscode.TextEditorDecorationType;
  private readonly suspiciousRuler: vscode.TextEditorDecorationType;
  private readonly otherRuler: vscode.TextEditorDecorationType;
  private readonly windows = new WeakMap<vscode.TextEditor, MarkedWindow>();
  private readonly shown = new WeakMap<vscode.TextEditor, MarkedLines>();

  constructor(
    private readonly store: ResultsStore,
    extension: vscode.Uri,
  ) {
    super();
    const icon = (name: string) => ({
      gutterIconPath: vscode.Uri.joinPath(extension, 'media', name),
      gutterIconSize: 'contain',
    });
    const type = (options: vscode.DecorationRenderOptions) =>
      this.register(vscode.window.createTextEditorDecorationType(options));
    this.suspiciousGutter = type({ light: icon('finding-light.svg'), dark: icon('finding-dark.svg') });
    this.otherGutter = type({ light: icon('block-light.svg'), dark: icon('block-dark.svg') });
    this.suspiciousRuler = type({
      overviewRulerColor: new vscode.ThemeColor('logcnn.findingRulerForeground'),
      overviewRulerLane: vscode.OverviewRulerLane.Full,
    });
    this.otherRuler = type({
      overviewRulerColor: new vscode.ThemeColor('logcnn.blockRulerForeground'),
      overviewRulerLane: vscode.OverviewRulerLane.Left,
    });
    this.register(
      store.onDidChange(({ kind }) => {
        if (kind === 'completed' || kind === 'removed' || kind === 'renamed') {
          this.updateAll();
        }
      }),
    );
    this.register(vscode.window.onDidChangeVisibleTextEditors(() => this.updateAll()));
    this.register(vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.update(textEditor)));
  }

  /** The lines that are marked in an editor's gutter now, for tests. */
  markedLines(editor: vscode.TextEditor): MarkedLines {
    return this.shown.get(editor) ?? { suspicious: [], others: [] };
  }

  private updateAll(): void {
    vscode.window.visibleTextEditors.forEach((editor) => this.update(editor));
  }

  private update(editor: vscode.TextEditor): void {
    const results = this.store.get(editor.document.uri);
    const outcome = results?.outcome;
    const marked = this.windows.get(editor);
    if (outcome === undefined) {
      if (marked !== undefined) {
        this.windows.delete(editor);
        this.markGutter(editor, { suspicious: [], others: [] });
        this.markRuler(editor, { suspicious: [], others: [] });
      }
      return;
    }
    const first = Math.min(...editor.visibleRanges.map(({ start }) => start.line)) + 1;
    const last = Math.max(...editor.visibleRanges.map(({ end }) => end.line)) + 1;
    if (marked?.outcome === outcome && marked.first <= first && last <= marked.last) {
      return;
    }
    // In an edited document line numbers have moved on; the marks that are there move with the text.
    if (marked?.outcome === outcome && results!.staleness === 'edited') {
      return;
    }
    const window = { outcome, first: Math.max(1, first - MARGIN), last: last + MARGIN };
    this.windows.set(editor, window);
    const shown = linesShownBy(results!, editor.document.uri);
    const { after } = shown;
    const lines = gutterLines(outcome, after + window.first, Math.min(after + window.last, shown.last));
    this.markGutter(editor, ownLines(lines, after));
    if (marked?.outcome !== outcome) {
      this.markRuler(editor, ownLines(rulerLines(outcome, shown), after));
    }
  }

  private markGutter(editor: vscode.TextEditor, lines: MarkedLines): void {
    this.shown.set(editor, lines);
    editor.setDecorations(this.suspiciousGutter, lines.suspicious.map(toRange));
    editor.setDecorations(this.otherGutter, lines.others.map(toRange));
  }

  private markRuler(editor: vscode.TextEditor, lines: MarkedLines): void {
    editor.setDecorations(this.suspiciousRuler, lines.suspicious.map(toRange));
    editor.setDecorations(this.otherRuler, lines.others.map(toRange));
  }
}

function toRange(line: number): vscode.Range {
  return new vscode.Range(line - 1, 0, line - 1, 0);
}
