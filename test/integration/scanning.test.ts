import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension/extension';
import { readScanOptions } from '../../src/extension/base/settings';
import { logOf, until, useLogFolder, type LogFolder } from './workspace';

describe('scanning', () => {
  let folder: LogFolder;
  let extension: TestAccess;

  useLogFolder('scanning', (...ready) => ([folder, extension] = ready));

  function blocksOf(file: vscode.Uri): string[] | undefined {
    return extension.store.get(file)?.outcome?.findings.map(({ block }) => block);
  }

  it('takes all files that are selected', async () => {
    const first = folder.write('first.log', logOf(1));
    const second = folder.write('second.log.1', logOf(2));
    await vscode.commands.executeCommand('logcnn.scanFile', first, [first, second]);
    assert.deepEqual(
      extension.store.all.map(({ uri }) => uri.path),
      [first.path, second.path],
    );
    assert.deepEqual(blocksOf(second), ['key_1', 'key_2']);
  });

  it('takes the file in the active editor', async () => {
    const file = folder.write('active.log', logOf(1));
    await vscode.window.showTextDocument(file);
    await vscode.commands.executeCommand('logcnn.scanFile');
    assert.deepEqual(blocksOf(file), ['key_1']);
  });

  it('takes what is on disk where the editor has unsaved edits, and marks the results', async () => {
    const file = folder.write('unsaved.log', logOf(1));
    const editor = await vscode.window.showTextDocument(file);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'INFO open key_77\n'));
    await vscode.commands.executeCommand('logcnn.scanFile');
    assert.deepEqual(blocksOf(file), ['key_1']);
    await until(() => extension.store.get(file)?.staleness === 'edited');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('takes the file of the active tab where it is too large for extensions, and walks through its findings', async () => {
    const file = folder.write(
      'large.log',
      logOf(2) +
        'INFO ping '
          .padEnd(1023, '.')
          .concat('\n')
          .repeat(51 * 1024),
    );
    await vscode.commands.executeCommand('vscode.open', file);
    await until(() => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'large.log');
    assert.equal(vscode.window.activeTextEditor, undefined);
    await vscode.commands.executeCommand('logcnn.scanFile');
    assert.deepEqual(blocksOf(file), ['key_1', 'key_2']);
    await until(() => vscode.languages.getDiagnostics(file).length === 2);
    await vscode.commands.executeCommand('logcnn.nextFinding');
    await vscode.commands.executeCommand('logcnn.previousFinding');
  });

  it('reads a .gz and shows its text in a read-only document', async () => {
    const text = logOf(2);
    const file = folder.write('packed.log.gz', gzipSync(text));
    await vscode.commands.executeCommand('logcnn.scanFile', file);
    const document = extension.store.get(file)!.documentUri;
    assert.equal(document.scheme, 'logcnn-gz');
    await until(() => vscode.languages.getDiagnostics(document).length === 2);
    await vscode.commands.executeCommand('logcnn.nextFinding');
    await until(() => vscode.window.activeTextEditor?.document.uri.toString() === document.toString());
    const editor = vscode.window.activeTextEditor!;
    assert.equal(editor.document.getText(), text);
    assert.equal(editor.document.languageId, 'log');
    await until(() => extension.gutter.markedLines(editor).suspicious.length === 2);
    assert.equal(vscode.workspace.fs.isWritableFileSystem('logcnn-gz'), false);
    await assert.rejects(Promise.resolve(vscode.workspace.fs.writeFile(document, new Uint8Array())));
    // The command in its editor means the file.
    await vscode.commands.executeCommand('logcnn.clearResults');
    await vscode.commands.executeCommand('logcnn.scanFile', document);
    assert.deepEqual(blocksOf(file), ['key_1', 'key_2']);
  });

  it('can be cancelled, and leaves nothing of the file', async () => {
    const file = folder.write('endless.log', logOf(400_000));
    let cancelled: Thenable<unknown> | undefined;
    const subscription = extension.store.onDidChange(({ kind, results }) => {
      if (kind === 'progress' && results.progress !== undefined && cancelled === undefined) {
        cancelled = vscode.commands.executeCommand('logcnn.cancelScan');
      }
    });
    await vscode.commands.executeCommand('logcnn.scanFile', file);
    subscription.dispose();
    assert.ok(cancelled !== undefined);
    assert.deepEqual(extension.store.all, []);
    const next = folder.write('next.log', logOf(1));
    await vscode.commands.executeCommand('logcnn.scanFile', next);
    assert.deepEqual(blocksOf(next), ['key_1']);
  });

  it('keeps the old results when a second scan is cancelled', async () => {
    const file = folder.write('twice.log', logOf(2));
    await vscode.commands.executeCommand('logcnn.scanFile', file);
    const again = vscode.commands.executeCommand('logcnn.rescan');
    await vscode.commands.executeCommand('logcnn.cancelScan');
    await again;
    assert.deepEqual(blocksOf(file), ['key_1', 'key_2']);
  });

  it('tells that a file is missing, and drops it', async () => {
    const file = folder.uri('missing.log');
    const failures: (string | undefined)[] = [];
    const subscription = extension.store.onDidChange(
      ({ kind, results }) => kind === 'failed' && failures.push(results.failure),
    );
    await vscode.commands.executeCommand('logcnn.scanFile', file);
    subscription.dispose();
    assert.equal(failures.length, 1);
    assert.match(failures[0]!, /missing\.log does not exist/);
    await until(() => extension.store.all.length === 0);
  });

  it('tells what is wrong with a broken model, and goes on working with a good one', async () => {
    const file = folder.write('fine.log', logOf(1));
    await folder.set('model', folder.uri('no-model').fsPath);
    await vscode.commands.executeCommand('logcnn.scanFile', file);
    assert.match(extension.store.get(file)?.failure ?? '', /no-model/);
    await folder.useTinyModel();
    await vscode.commands.executeCommand('logcnn.scanFile', file);
    assert.equal(extension.store.get(file)?.failure, undefined);
    assert.deepEqual(blocksOf(file), ['key_1']);
  });

  it('tells what is wrong with a setting', async () => {
    const file = folder.write('setting.log', logOf(1));
    await folder.set('sessionKey', 'key_(');
    await vscode.commands.executeCommand('logcnn.scanFile', file);
    assert.match(extension.store.get(file)?.failure ?? '', /key_\(/);
    await folder.set('sessionKey', undefined);
  });

  it('follows the settings for threshold, limit and session pattern', async () => {
    const file = folder.write('settings.log', logOf(3));
    await folder.set('maxFindings', 2);
    await vscode.commands.executeCommand('logcnn.scanFile', file);
    assert.equal(blocksOf(file)?.length, 2);
    assert.equal(extension.store.get(file)?.outcome?.summary.anomalous, 3);
    await folder.set('maxFindings', undefined);
    await until(() => extension.store.get(file)?.staleness === 'settings');
    await folder.set('sessionKey', 'key_[13]');
    await vscode.commands.executeCommand('logcnn.scanFile', file);
    assert.deepEqual(blocksOf(file), ['key_1', 'key_3']);
    await folder.set('sessionKey', undefined);
    await folder.set('threshold', 0.75);
    await vscode.commands.executeCommand('logcnn.scanFile', file);
    assert.deepEqual(blocksOf(file), []);
    await folder.set('threshold', undefined);
  });

  it('uses no model of a workspace that is not trusted', () => {
    const source = vscode.workspace.getConfiguration('logcnn', folder.uri('x.log'));
    assert.equal(readScanOptions({ source, isTrusted: true, folder: undefined }).model, folder.uri('tiny').fsPath);
    assert.equal(readScanOptions({ source, isTrusted: false, folder: undefined }).model, undefined);
  });
});
