import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension/extension';
import type { ResultNode } from '../../src/extension/tree/treeModel';
import { access, logOf, LogFolder, until } from './workspace';
import { findingText } from '../../src/core/findings/wording';

describe('the results of a scan', () => {
  let folder: LogFolder;
  let log: vscode.Uri;
  let extension: TestAccess;

  before(async () => {
    folder = new LogFolder('results');
    await folder.useTinyModel();
    log = folder.write('three.log', logOf(3));
    extension = await access();
    await vscode.commands.executeCommand('logcnn.scanFile', log);
    await until(() => diagnostics().length > 0);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('logcnn.clearResults');
    await folder.set('model', undefined);
    folder.remove();
  });

  function diagnostics(): vscode.Diagnostic[] {
    return vscode.languages.getDiagnostics(log).filter(({ source }) => source === 'LogCNN');
  }

  async function rows(node?: ResultNode): Promise<ResultNode[]> {
    return extension.tree.getChildren(node);
  }

  it('are in the store with their totals', () => {
    const { outcome, scanning, staleness } = extension.store.get(log)!;
    assert.deepEqual(
      outcome?.findings.map(({ block, lines }) => [block, [...lines]]),
      [
        ['key_1', [1, 2, 3]],
        ['key_2', [4, 5, 6]],
        ['key_3', [7, 8, 9]],
      ],
    );
    assert.deepEqual([outcome.summary.model, outcome.summary.blocks, outcome.summary.lines], ['tiny', 3, 9]);
    assert.deepEqual([scanning, staleness], [false, undefined]);
  });

  it('are diagnostics with the reason, the block and the text of its other lines', () => {
    const { findings } = extension.store.get(log)!.outcome!;
    assert.equal(diagnostics().length, 3);
    for (const [i, diagnostic] of diagnostics().entries()) {
      assert.equal((diagnostic.code as { value: string }).value, findings[i].block);
      assert.equal(diagnostic.message, findingText(findings[i]));
      assert.equal(diagnostic.range.start.line, findings[i].line - 1);
      assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Warning);
    }
    const [first] = diagnostics();
    const lines = ['INFO open key_1', 'INFO read key_1', 'INFO close key_1'];
    assert.deepEqual(
      first.relatedInformation?.map(({ message }) => message),
      lines.filter((_, line) => line !== first.range.start.line),
    );
  });

  it('are rows of the tree: file, block, line', async () => {
    const [file] = (await rows()).filter((row) => row.kind === 'file' && row.results.uri.path === log.path);
    assert.match(extension.tree.getTreeItem(file).description as string, /^3 findings · /);
    const blocks = await rows(file);
    assert.deepEqual(
      blocks.map((row) => {
        const { label, description, accessibilityInformation } = extension.tree.getTreeItem(row);
        return [label, description, accessibilityInformation?.label];
      }),
      [1, 2, 3].map((key) => {
        const { line, kind } = extension.store.get(log)!.outcome!.findings[key - 1];
        const [message] = ['open', 'read', 'close'].slice((line - 1) % 3).map((word) => `INFO ${word} key_${key}`);
        const name = kind.replaceAll('-', ' ');
        return [message, `${name} · line ${line} · key_${key}`, `${name}: ${message}`];
      }),
    );
    const lines = await rows(blocks[1]);
    assert.deepEqual(
      lines.map((row) => [extension.tree.getTreeItem(row).label, extension.tree.getTreeItem(row).description]),
      [
        ['4', 'INFO open key_2'],
        ['5', 'INFO read key_2'],
        ['6', 'INFO close key_2'],
      ],
    );
    assert.equal(extension.tree.view.badge?.value, 3);
  });

  it('open at the line that was clicked', async () => {
    const [file] = await rows();
    const [, block] = await rows(file);
    const [, line] = await rows(block);
    const { command } = extension.tree.getTreeItem(line);
    await vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));
    await until(() => vscode.window.activeTextEditor?.selection.active.line === 4);
    assert.equal(vscode.window.activeTextEditor!.document.uri.toString(), log.toString());
  });

  it('are marked in the gutter of an open editor', async () => {
    const editor = await vscode.window.showTextDocument(log);
    await until(() => extension.gutter.markedLines(editor).suspicious.length > 0);
    const { suspicious, others } = extension.gutter.markedLines(editor);
    assert.deepEqual(
      suspicious,
      extension.store.get(log)!.outcome!.findings.map(({ line }) => line),
    );
    assert.deepEqual(
      [...suspicious, ...others].sort((a, b) => a - b),
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
  });

  it('are told by the hover, with links to commands of this extension only', async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      log,
      new vscode.Position(4, 3),
    );
    const [text] = hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]).map(({ value }) => value);
    assert.match(text, /key\\_2/);
    assert.match(text, /score 0\.500 · 3 lines/);
    for (const command of ['showBlock', 'previousFinding', 'nextFinding']) {
      assert.ok(text.includes(`(command:logcnn.${command}?`), text);
    }
  });

  it('stay in the tree during another scan, of which the progress is not drawn so often that nothing could be revealed', () => {
    let drawn = 0;
    const counting = extension.tree.onDidChangeTreeData(() => drawn++);
    extension.store.begin(log);
    for (let done = 0; done < 100; done++) {
      extension.store.progress(log, { phase: 'reading', done, total: 100 });
    }
    extension.store.cancel(log);
    counting.dispose();
    // The beginning and the end; a second begins during the test only on a very slow machine.
    assert.ok(drawn >= 2 && drawn < 10, `drawn ${drawn} times`);
    assert.equal(extension.store.get(log)?.outcome?.findings.length, 3);
  });

  it('are walked through with next and previous, around the end', async () => {
    const editor = await vscode.window.showTextDocument(log);
    const lines = extension.store.get(log)!.outcome!.findings.map(({ line }) => line - 1);
    editor.selection = new vscode.Selection(8, 0, 8, 0);
    for (const [command, line] of [
      ['nextFinding', lines[0]],
      ['nextFinding', lines[1]],
      ['previousFinding', lines[0]],
      ['previousFinding', lines[2]],
    ] as const) {
      await vscode.commands.executeCommand(`logcnn.${command}`);
      await until(() => vscode.window.activeTextEditor?.selection.active.line === line);
    }
  });

  it('are sorted by position on demand', async () => {
    await vscode.commands.executeCommand('logcnn.sortByPosition');
    const [file] = await rows();
    const positions = (await rows(file)).map((row) => (row.kind === 'block' ? row.finding.line : 0));
    assert.deepEqual(
      positions,
      [...positions].sort((a, b) => a - b),
    );
    assert.equal(extension.tree.model.sortOrder, 'position');
    await vscode.commands.executeCommand('logcnn.sortByScore');
    assert.equal(extension.tree.model.sortOrder, 'score');
  });

  it('follow the setting of the severity', async () => {
    await folder.set('severity', 'information');
    await until(() => diagnostics()[0]?.severity === vscode.DiagnosticSeverity.Information);
    await folder.set('severity', undefined);
    await until(() => diagnostics()[0]?.severity === vscode.DiagnosticSeverity.Warning);
  });

  it('are limited to 500 diagnostics, of which the last tells how many more there are, and paged in the tree', async () => {
    const many = folder.write('many.log', logOf(1234));
    await vscode.commands.executeCommand('logcnn.scanFile', many);
    await until(() => vscode.languages.getDiagnostics(many).length > 0);
    const shown = vscode.languages.getDiagnostics(many);
    assert.equal(shown.length, 500);
    assert.match(shown[499].message, /\(734 more anomalous blocks of this log are in the LogCNN view\.\)$/);
    const file = (await rows()).find((row) => row.kind === 'file' && row.results.uri.path === many.path);
    const labels = (await rows(file)).map((row) => extension.tree.getTreeItem(row).label);
    assert.equal(labels.length, 206);
    assert.equal(labels.at(-1), '1,201–1,234 of 1,234');
    await extension.tree.showBlock(extension.store.get(many)!, 1233, { focus: false, expand: false });
    await until(() => {
      const [selected] = extension.tree.view.selection;
      return selected?.kind === 'block' && selected.index === 1233;
    });
  });

  it('go when they are cleared', async () => {
    const editor = await vscode.window.showTextDocument(log);
    await vscode.commands.executeCommand('logcnn.clearResults');
    assert.deepEqual(extension.store.all, []);
    assert.deepEqual(await rows(), []);
    assert.deepEqual(diagnostics(), []);
    assert.deepEqual(extension.gutter.markedLines(editor), { suspicious: [], others: [] });
    assert.equal(extension.tree.view.badge, undefined);
  });
});

describe('the extension', () => {
  it('ships every file that its manifest and its features name', async () => {
    const { extensionPath } = vscode.extensions.getExtension('logcnn.logcnn')!;
    for (const name of [
      'media/logcnn.svg',
      'media/icon.png',
      'media/finding-light.svg',
      'media/finding-dark.svg',
      'media/block-light.svg',
      'media/block-dark.svg',
      'package.nls.json',
      'l10n/bundle.l10n.json',
      'dist/scan-worker.js',
    ]) {
      assert.ok(readFileSync(path.join(extensionPath, name)).length > 0, name);
    }
  });
});
