import assert from 'node:assert/strict';
import { appendFileSync, rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { blockOf, blockUri } from '../../src/extension/base/blockUri';
import type { TestAccess } from '../../src/extension/extension';
import type { BlockNode } from '../../src/extension/tree/treeModel';
import { access, LogFolder, until } from './workspace';
import { findingText } from '../../src/core/findings/wording';

/** Two blocks whose lines lie between each other, with a continuation line, and a line of neither. */
const TWO_BLOCKS = [
  'INFO open key_1',
  'INFO open key_2',
  'INFO read key_1',
  '  at somewhere',
  'INFO ping nothing',
  'INFO close key_2',
  'INFO close key_1',
  '',
].join('\n');

describe('a block by itself', () => {
  let folder: LogFolder;
  let log: vscode.Uri;
  let extension: TestAccess;

  before(async () => {
    folder = new LogFolder('blocks');
    await folder.useTinyModel();
    extension = await access();
  });

  beforeEach(async () => {
    log = folder.write('two %.log', TWO_BLOCKS);
    await scan(log);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('logcnn.clearResults');
  });

  after(async () => {
    await folder.set('model', undefined);
    folder.remove();
  });

  async function scan(file: vscode.Uri): Promise<void> {
    await vscode.commands.executeCommand('logcnn.scanFile', file);
    assert.equal(extension.store.get(file)?.failure, undefined);
  }

  function node(file: vscode.Uri, block: string): BlockNode {
    const results = extension.store.get(file)!;
    return extension.tree.model.block(
      results,
      results.outcome!.findings.findIndex((finding) => finding.block === block),
    )!;
  }

  /** Shows a block from its row; gives its editor. */
  async function show(file: vscode.Uri, block: string): Promise<vscode.TextEditor> {
    await vscode.commands.executeCommand('logcnn.showBlock', node(file, block));
    return shown(file, block);
  }

  async function shown(file: vscode.Uri, block: string): Promise<vscode.TextEditor> {
    const uri = blockUri(file, block).toString();
    await until(() => vscode.window.activeTextEditor?.document.uri.toString() === uri);
    return vscode.window.activeTextEditor!;
  }

  function linesOf({ document }: vscode.TextEditor): string[] {
    const rows = document.getText().split('\n');
    return rows.slice(rows.indexOf('') + 1, -1);
  }

  it('is a document with its lines and those around, and their numbers', async () => {
    const editor = await show(log, 'key_1');
    const { finding } = node(log, 'key_1');
    const { line } = finding;
    const rows = editor.document.getText().split('\n');
    assert.deepEqual(rows.slice(0, rows.indexOf('')), [
      'key_1, score 0.500, 4 lines',
      log.fsPath,
      findingText(finding),
    ]);
    assert.deepEqual(
      linesOf(editor).map((row) => row.replace('>', '*')),
      [
        '* 1 | INFO open key_1',
        '  2 | INFO open key_2',
        '* 3 | INFO read key_1',
        '* 4 |   at somewhere',
        '  5 | INFO ping nothing',
        '  6 | INFO close key_2',
        '* 7 | INFO close key_1',
      ],
    );
    await until(() => editor.selection.active.line > 0);
    assert.ok(editor.document.lineAt(editor.selection.active.line).text.startsWith(`> ${line} |`));
    assert.equal(editor.options.lineNumbers, vscode.TextEditorLineNumbersStyle.Off);
  });

  it('opens from the link of a hover, from a line of the results, from the line at the cursor and from a problem', async () => {
    const { results, index } = node(log, 'key_2');
    await vscode.commands.executeCommand('logcnn.showBlock', { file: log.toString(), finding: index });
    await shown(log, 'key_2');

    await vscode.commands.executeCommand('logcnn.showBlock', { kind: 'line', block: node(log, 'key_1'), line: 1 });
    await shown(log, 'key_1');

    await vscode.window.showTextDocument(log, { selection: new vscode.Range(5, 0, 5, 0) });
    await vscode.commands.executeCommand('logcnn.showBlock');
    await shown(log, 'key_2');

    await until(() => vscode.languages.getDiagnostics(results.documentUri).length === 2);
    const targets = vscode.languages
      .getDiagnostics(results.documentUri)
      .map(({ code }) => (code as { target: vscode.Uri }).target);
    // The Problems panel hands links on as text.
    const names = targets.map((target) => blockOf(vscode.Uri.parse(target.toString(true))));
    assert.deepEqual(names.map((name) => name?.block).sort(), ['key_1', 'key_2']);
    assert.ok(names.every((name) => name?.file.toString() === log.toString()));
  });

  it('leads from each of its lines to that line of the log', async () => {
    const editor = await show(log, 'key_1');
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      editor.document.uri,
      100,
    );
    // VS Code finds links in the text, too.
    const own = links.filter(({ range }) => /^\d+$/.test(editor.document.getText(range)));
    assert.deepEqual(
      own.map(({ range, target }) => [Number(editor.document.getText(range)), target?.toString()]),
      [1, 2, 3, 4, 5, 6, 7].map((line) => [line, log.with({ fragment: `L${line}` }).toString()]),
    );
    for (const [row, line] of [
      ['close key_1', 7],
      ['|   at some', 4],
      ['score', 1],
    ] as const) {
      const page = await show(log, 'key_1');
      const at = page.document
        .getText()
        .split('\n')
        .findIndex((text) => text.includes(row));
      page.selection = new vscode.Selection(at, 0, at, 0);
      await vscode.commands.executeCommand('logcnn.goToLineInLog');
      await until(() => {
        const active = vscode.window.activeTextEditor;
        return active?.document.uri.toString() === log.toString() && active.selection.active.line === line - 1;
      });
    }
  });

  it('says that the log has grown, and shows the lines as they were', async () => {
    const { document } = await show(log, 'key_1');
    appendFileSync(log.fsPath, 'INFO open key_1\n');
    await until(() => document.getText().includes('\nThe log has grown since it was scanned.\n'));
    assert.match(document.getText(), / 7 \| INFO close key_1\n$/);
  });

  it('shows no lines of a log that has become another one, and reads it again after a rescan', async () => {
    const editor = await show(log, 'key_1');
    folder.write('two %.log', 'INFO open key_1\n');
    await until(() => /has changed since it was scanned; scan it again\./.test(editor.document.getText()));
    assert.ok(!editor.document.getText().includes(' | '));
    const rows = await extension.tree.getChildren(node(log, 'key_2'));
    assert.deepEqual(
      rows.map((row) => extension.tree.getTreeItem(row)).map(({ label, description }) => [label, description]),
      [
        ['2', ''],
        ['6', ''],
      ],
    );
    await scan(log);
    await until(() => linesOf(editor).join() === '> 1 | INFO open key_1');
    folder.write('two %.log', 'INFO open key_3\n');
    await scan(log);
    await until(() => /key_1 is not among the anomalous blocks of two %\.log/.test(editor.document.getText()));
  });

  it('says that the log is gone', async () => {
    const gone = folder.write('gone.log', TWO_BLOCKS);
    await scan(gone);
    const named = node(gone, 'key_1');
    rmSync(gone.fsPath);
    await vscode.commands.executeCommand('logcnn.showBlock', named);
    assert.match((await shown(gone, 'key_1')).document.getText(), /does not exist; check the path\./);
  });

  it('cuts long lines and long blocks, and says so', async () => {
    const reads = Array.from({ length: 12_000 }, (_, i) => `INFO read key_1 ${i} ${'x'.repeat(i % 2 ? 10 : 300)}\n`);
    const long = folder.write('long.log', reads.join(''));
    await scan(long);
    const editor = await show(long, 'key_1');
    const rows = linesOf(editor);
    assert.equal(rows.filter((row) => row.includes(' | ')).length, 10_000);
    assert.ok(rows.some((row) => row.includes('2,000 lines of this block are not shown')));
    assert.ok(rows.every((row) => row.length < 250));
    assert.equal(rows.filter((row) => row.endsWith(' [...]')).length, 5_000);
  });

  it('is read from a compressed log, too', async () => {
    const packed = folder.write('two.log.gz', gzipSync(TWO_BLOCKS));
    await scan(packed);
    assert.match((await show(packed, 'key_2')).document.getText(), / 6 \| INFO close key_2\n/);
  });

  it('does not wait for the scan of another log', async () => {
    const big = folder.write('big.log', 'INFO read key_1 and some more\n'.repeat(4_000_000));
    const scanning = vscode.commands.executeCommand('logcnn.scanFile', big);
    await until(() => extension.store.get(big)?.progress !== undefined);
    assert.match((await show(log, 'key_2')).document.getText(), / 6 \| INFO close key_2\n/);
    assert.equal(extension.store.get(big)!.scanning, true, 'the scan was over before');
    await vscode.commands.executeCommand('logcnn.cancelScan');
    await scanning;
  });
});
