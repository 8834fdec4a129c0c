import assert from 'node:assert/strict';
import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Finding } from '../../src/core/findings/finding';
import type { TestAccess } from '../../src/extension/extension';
import type { FileResults } from '../../src/extension/results/resultsStore';
import { springBootLog } from '../support/serviceLogs';
import { logOf, until, useLogFolder, type LogFolder } from './workspace';
import { findingText } from '../../src/core/findings/wording';

describe('following a log', () => {
  let folder: LogFolder;
  let extension: TestAccess;

  useLogFolder('follow', (...ready) => ([folder, extension] = ready));

  async function followed(name: string): Promise<vscode.Uri> {
    const file = folder.write(name, logOf(2));
    await vscode.commands.executeCommand('logcnn.followFile', file);
    assert.deepEqual(blocksOf(file), ['key_1', 'key_2']);
    return file;
  }

  function resultsOf(file: vscode.Uri): FileResults {
    return extension.store.get(file)!;
  }

  function findingsOf(file: vscode.Uri): readonly Finding[] {
    return resultsOf(file).outcome?.findings ?? [];
  }

  function blocksOf(file: vscode.Uri): string[] {
    return findingsOf(file).map(({ block }) => block);
  }

  function rowOf(file: vscode.Uri): vscode.TreeItem {
    return extension.tree.getTreeItem({ kind: 'file', results: resultsOf(file) });
  }

  it('shows what is appended, in the tree, the Problems panel and the gutter, and marks nothing as out of date', async () => {
    const file = await followed('grows.log');
    const editor = await vscode.window.showTextDocument(file);
    assert.equal(rowOf(file).contextValue, 'file.following');
    assert.match(String(rowOf(file).description), /^2 findings · following, /);
    appendFileSync(file.fsPath, 'INFO open key_3\nINFO read key_1\n');
    await until(() => blocksOf(file).length === 3);
    assert.deepEqual([...resultsOf(file).outcome!.findings[0].lines], [1, 2, 3, 8]);
    await until(() => vscode.languages.getDiagnostics(file).length === 3);
    await until(() => extension.gutter.markedLines(editor).suspicious.includes(7));
    assert.equal(resultsOf(file).staleness, undefined);
    const codes = vscode.languages
      .getDiagnostics(file)
      .map(({ code }) => (typeof code === 'object' ? code.value : code));
    assert.ok(codes.includes('key_3'));
    await vscode.commands.executeCommand('logcnn.stopFollowing');
    await until(() => rowOf(file).contextValue === 'file.done');
    appendFileSync(file.fsPath, 'INFO open key_4\n');
    await until(() => resultsOf(file).staleness === 'changed');
    assert.equal(blocksOf(file).length, 3);
  });

  it('goes on when the log is rotated', async () => {
    const file = await followed('rotated.log');
    renameSync(file.fsPath, `${file.fsPath}.1`);
    writeFileSync(file.fsPath, 'INFO open key_7\n');
    await until(() => blocksOf(file).join() === 'key_7');
    assert.equal(resultsOf(file).outcome!.summary.lines, 1);
    assert.notEqual(resultsOf(file).following, undefined);
  });

  it('keeps the last results when the file is gone, and says so', async () => {
    const file = await followed('gone.log');
    rmSync(file.fsPath);
    await until(() => resultsOf(file).staleness === 'gone');
    assert.match(String(rowOf(file).description), /^2 findings · the file is gone · /);
    assert.equal(blocksOf(file).length, 2);
    folder.write('gone.log', logOf(1));
    await until(() => resultsOf(file).staleness === 'changed');
  });

  it('learns anew when the log is scanned again, and goes on to follow it', async () => {
    const file = await followed('again.log');
    await vscode.commands.executeCommand('logcnn.rescan', { kind: 'file', results: resultsOf(file) });
    assert.equal(rowOf(file).contextValue, 'file.following');
    appendFileSync(file.fsPath, 'INFO open key_3\n');
    await until(() => blocksOf(file).length === 3);
    // A click on the row's own button.
    await vscode.commands.executeCommand('logcnn.stopFollowing', { kind: 'file', results: resultsOf(file) });
    await until(() => rowOf(file).contextValue === 'file.done');
  });

  describe('that no model knows', () => {
    const { text, fault } = springBootLog(9);
    const lines = text.split(/(?<=\n)/);
    const healthy = lines.slice(0, fault!.first - 1);
    const failing = lines.slice(fault!.first - 1, fault!.last).join('');
    const atFirst = [...healthy, ...healthy, ...healthy].join('');

    before(async () => folder.set('model', undefined));
    after(() => folder.useTinyModel());

    it('shows what is appended at its line, and goes on when the log is cut and when it is rotated', async () => {
      const file = folder.write('shop.log', atFirst);
      await vscode.commands.executeCommand('logcnn.followFile', file);
      assert.equal(rowOf(file).contextValue, 'file.following');
      const hasFault = (): boolean =>
        findingsOf(file).some((finding) => findingText(finding).includes('not accepted by the gateway'));
      assert.equal(hasFault(), false);
      const fresh = `${lines[0].slice(0, lines[0].indexOf(' : '))} : Warehouse door 4 opened, key card is missing\n`;
      appendFileSync(file.fsPath, failing + fresh.replace(' INFO ', 'ERROR '));
      await until(() => findingsOf(file).some((finding) => findingText(finding).includes('key card is missing')));
      const at = 3 * healthy.length + 1;
      const found = findingsOf(file).find((finding) => finding.lines.includes(at))!;
      assert.ok(found.line >= at && found.line < at + fault!.last - fault!.first + 2, String(found.line));
      assert.match(findingText(found), /nothing like it came before/);
      await until(() => vscode.languages.getDiagnostics(file).length === findingsOf(file).length);

      truncateSync(file.fsPath);
      await until(() => resultsOf(file).outcome!.summary.lines === 0);
      appendFileSync(file.fsPath, failing);
      await until(hasFault);
      assert.deepEqual(findingsOf(file)[0].lines[0], 1);

      renameSync(file.fsPath, `${file.fsPath}.1`);
      writeFileSync(file.fsPath, lines[0] + failing);
      await until(() => findingsOf(file).some((finding) => finding.lines[0] === 2));
      await vscode.commands.executeCommand('logcnn.stopFollowing');
      await until(() => rowOf(file).contextValue === 'file.done');
    });
  });
});
