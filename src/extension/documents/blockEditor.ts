import * as vscode from 'vscode';
import type { BlockDocuments } from './blockDocument';
import { BLOCK_SCHEME } from '../base/blockUri';
import { Disposable } from '../base/disposable';

/** Marks the most suspicious line in the editors that show a block, and begins there. */
export class BlockEditors extends Disposable {
  private readonly suspicious: vscode.TextEditorDecorationType;
  /** Documents that have been shown at their most suspicious line. */
  private readonly begun = new WeakSet<vscode.TextDocument>();

  constructor(
    private readonly blocks: BlockDocuments,
    extension: vscode.Uri,
  ) {
    super();
    const icon = (name: string) => ({ gutterIconPath: vscode.Uri.joinPath(extension, 'media', name) });
    this.suspicious = this.register(
      vscode.window.createTextEditorDecorationType({
        isWholeLine: true,
        gutterIconSize: 'contain',
        light: icon('finding-light.svg'),
        dark: icon('finding-dark.svg'),
        backgroundColor: new vscode.ThemeColor('logcnn.findingLineBackground'),
        overviewRulerColor: new vscode.ThemeColor('logcnn.findingRulerForeground'),
        overviewRulerLane: vscode.OverviewRulerLane.Full,
      }),
    );
    this.register(vscode.window.onDidChangeVisibleTextEditors(() => this.updateAll()));
    this.register(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.scheme === BLOCK_SCHEME) {
          this.updateAll();
        }
      }),
    );
  }

  private updateAll(): void {
    vscode.window.visibleTextEditors.forEach((editor) => this.update(editor));
  }

  private update(editor: vscode.TextEditor): void {
    const { document } = editor;
    const page = this.blocks.page(document.uri);
    if (page === undefined) {
      return;
    }
    // The page has the numbers of the log; those of its own rows beside them would be taken for these.
    editor.options = { lineNumbers: vscode.TextEditorLineNumbersStyle.Off };
    const row = page.suspiciousRow;
    const ranges = row === undefined ? [] : [new vscode.Range(row, 0, row, 0)];
    editor.setDecorations(this.suspicious, ranges);
    if (row !== undefined && !this.begun.has(document)) {
      this.begun.add(document);
      editor.selection = new vscode.Selection(ranges[0].start, ranges[0].start);
      editor.revealRange(ranges[0], vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }
}
