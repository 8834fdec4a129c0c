import * as vscode from 'vscode';
import type { BlockDocuments } from './blockDocument';
import { BLOCK_SCHEME } from '../base/blockUri';
import { Disposable } from '../base/disposable';

/** Marks the lines of a block in the editors that show it, the most suspicious one most, and begins there. */
export class BlockEditors extends Disposable {
  private readonly suspicious: vscode.TextEditorDecorationType;
  private readonly own: vscode.TextEditorDecorationType;
  private readonly header: vscode.TextEditorDecorationType;
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
    this.own = this.register(
      vscode.window.createTextEditorDecorationType({
        gutterIconSize: 'contain',
        light: icon('block-light.svg'),
        dark: icon('block-dark.svg'),
        overviewRulerColor: new vscode.ThemeColor('logcnn.blockRulerForeground'),
        overviewRulerLane: vscode.OverviewRulerLane.Left,
      }),
    );
    this.header = this.register(
      vscode.window.createTextEditorDecorationType({ color: new vscode.ThemeColor('descriptionForeground') }),
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

  /** Shows the page of a block at one of its lines. */
  async open(page: vscode.Uri, line: number): Promise<void> {
    const document = await vscode.workspace.openTextDocument(page);
    this.begun.add(document);
    const editor = await vscode.window.showTextDocument(document, { preview: true });
    const row = this.blocks.rowOf(page, line) ?? this.blocks.page(page)?.suspiciousRow;
    if (row !== undefined) {
      begin(editor, row);
    }
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
    editor.setDecorations(
      this.own,
      page.ownRows.map((own) => new vscode.Range(own, 0, own, 0)),
    );
    editor.setDecorations(
      this.header,
      page.headers.map(({ row: own, start, end }) => new vscode.Range(own, start, own, end)),
    );
    if (row !== undefined && !this.begun.has(document)) {
      this.begun.add(document);
      begin(editor, row);
    }
  }
}

/** Puts the cursor on a row, which is shown. */
function begin(editor: vscode.TextEditor, row: number): void {
  const place = new vscode.Position(row, 0);
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(new vscode.Range(row, 0, row, 0), vscode.TextEditorRevealType.InCenter);
}
