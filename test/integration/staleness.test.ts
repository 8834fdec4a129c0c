import assert from 'node:assert/strict';
import { appendFileSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension/extension';
import { logOf, until, useLogFolder, type LogFolder } from './workspace';

describe('results of a file that changes', () => {
  let folder: LogFolder;
  let extension: TestAccess;

  useLogFolder('staleness', (...ready) => ([folder, extension] = ready));

  async function scanned(name: string): Promise<vscode.Uri> {
    const file = folder.write(name, logOf(2));
    await vscode.commands.executeCommand('logcnn.scanFile', file);
    return file;
  }

  function stalenessOf(file: vscode.Uri): string | undefined {
    return extension.store.get(file)?.staleness;
  }

  it('are marked when it changes on disk, and fresh again after one click', async () => {
    const file = await scanned('grows.log');
    appendFileSync(file.fsPath, 'INFO open key_3\n');
    await until(() => stalenessOf(file) === 'changed');
    const row = extension.tree.getTreeItem({ kind: 'file', results: extension.store.get(file)! });
    assert.equal(row.contextValue, 'file.stale');
    assert.equal(row.description, '2 findings · out of date · <Level> <Content>');
    await vscode.commands.executeCommand('logcnn.rescan', { kind: 'file', results: extension.store.get(file) });
    assert.equal(stalenessOf(file), undefined);
    assert.equal(extension.store.get(file)?.outcome?.findings.length, 3);
  });

  it('are marked when it is edited, and no longer when the edits are taken back', async () => {
    const file = await scanned('edited.log');
    const editor = await vscode.window.showTextDocument(file);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'x'));
    await until(() => stalenessOf(file) === 'edited');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until(() => stalenessOf(file) === undefined);
  });

  it('are marked as changed when the edits are saved', async () => {
    const file = await scanned('saved.log');
    const editor = await vscode.window.showTextDocument(file);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'INFO open key_9\n'));
    await editor.document.save();
    await until(() => stalenessOf(file) === 'changed');
  });

  it('go when it is deleted', async () => {
    const file = await scanned('deleted.log');
    await until(() => vscode.languages.getDiagnostics(file).length === 2);
    rmSync(file.fsPath);
    await until(() => extension.store.get(file) === undefined);
    assert.deepEqual(vscode.languages.getDiagnostics(file), []);
  });

  it('stay when it is replaced', async () => {
    const file = await scanned('replaced.log');
    rmSync(file.fsPath);
    folder.write('replaced.log', logOf(5));
    await until(() => stalenessOf(file) === 'changed');
  });

  it('follow it when it is renamed, alone or with its folder', async () => {
    const file = await scanned('before.log');
    const edit = new vscode.WorkspaceEdit();
    const renamed = folder.uri('after.log');
    edit.renameFile(file, renamed);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until(() => extension.store.get(renamed) !== undefined);
    assert.equal(extension.store.get(file), undefined);
    assert.equal(stalenessOf(renamed), undefined);
    await until(() => vscode.languages.getDiagnostics(renamed).length === 2);
    assert.deepEqual(vscode.languages.getDiagnostics(file), []);

    const whole = new vscode.WorkspaceEdit();
    const target = vscode.Uri.joinPath(folder.uri(''), '..', 'moved');
    whole.renameFile(folder.uri(''), target);
    assert.ok(await vscode.workspace.applyEdit(whole));
    const moved = vscode.Uri.joinPath(target, 'after.log');
    await until(() => extension.store.get(moved)?.outcome?.findings.length === 2);
    const back = new vscode.WorkspaceEdit();
    back.renameFile(target, folder.uri(''));
    assert.ok(await vscode.workspace.applyEdit(back));
  });
});
