import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { mkdirSync, writeFileSync } from 'node:fs';
import { UiWorkspace } from './uiWorkspace';
import { stopAfterwards, openWorkbench, type UiHost } from './uiHost';
import type { WorkbenchPage } from '../harness/workbenchPage';

const hostName = process.env.LOGCNN_UI_HOST;

describe('scanning a folder with the mouse', () => {
  const workspace = new UiWorkspace();
  let host: UiHost | undefined;
  let workbench: WorkbenchPage;

  before(async () => {
    mkdirSync(workspace.path('cluster/node-2'), { recursive: true });
    workspace.addGenerated('cluster/datanode.log', 21, 80, 0.1);
    workspace.addGenerated('cluster/node-2/datanode.log', 22, 60, 0.1);
    // A log in three pieces: its blocks cross the rotations.
    workspace.addGenerated('whole.txt', 23, 60, 0.1);
    const lines = workspace.read('whole.txt').trimEnd().split('\n');
    const piece = (from: number, to: number): string =>
      lines.slice(Math.floor(from * lines.length), Math.floor(to * lines.length)).join('\n') + '\n';
    writeFileSync(workspace.path('cluster/namenode.log.2.gz'), gzipSync(piece(0, 0.4)));
    writeFileSync(workspace.path('cluster/namenode.log.1'), piece(0.4, 0.7));
    writeFileSync(workspace.path('cluster/namenode.log'), piece(0.7, 1));
    writeFileSync(workspace.path('cluster/readme.md'), 'no log\n');
    host = await openWorkbench(workspace.folder);
    ({ workbench } = host);
  });

  stopAfterwards(() => host);

  it('finds its logs, takes a rotated one as a whole and leads to the file and line of each finding', async () => {
    await workbench.showExplorer();
    const entries = await workbench.ownMenu(workbench.explorerRow('cluster'));
    assert.ok(entries.includes('Scan Folder for Anomalies'), entries.join(', '));
    await workbench.screenshot(`${hostName}-folder-menu`);
    // The submenu closes first, then the menu.
    await workbench.press('Escape');
    await workbench.press('Escape');
    await workbench.chooseFromMenu(workbench.explorerRow('cluster'), 'Scan Folder for Anomalies');
    const { findings } = workspace.expect('whole.txt');
    const row = workbench
      .treeRow('namenode.log')
      .filter({ hasText: `and 2 rotated files · ${findings.length} findings` });
    await row.waitFor();
    assert.equal(await workbench.treeRows().filter({ hasText: 'datanode.log' }).count(), 2);
    await workbench.treeRows().filter({ hasText: 'node-2 · ' }).waitFor();
    await workbench.widenResults(160);
    await workbench.screenshot(`${hostName}-folder-results`);

    const first = workspace.read('cluster/namenode.log.1').split('\n').length - 1;
    const zipped = Math.floor(0.4 * workspace.read('whole.txt').trimEnd().split('\n').length);
    const inMiddle = findings.find(({ line }) => line > zipped && line <= zipped + first);
    assert.ok(inMiddle, 'no finding has its most suspicious line in the middle file');
    await workbench.expand(row);
    const block = workbench.findingRow(inMiddle.block);
    await block.scrollIntoViewIfNeeded();
    await block.click();
    await workbench.tab('namenode.log.1').waitFor();
    await workbench.waitForCursorLine(inMiddle.line - zipped);
    assert.ok((await workbench.linesWithGutterIcon()).includes(inMiddle.line - zipped));
    await workbench.screenshot(`${hostName}-rotated-line`);
  });

  it('scans a log with its rotated files from the menu of one of them', async () => {
    await workbench.runCommand('LogCNN: Clear Results');
    await workbench.showExplorer();
    await workbench.chooseFromMenu(workbench.explorerRow('namenode.log.1'), 'Scan with Rotated Files');
    await workbench.treeRow('namenode.log').filter({ hasText: 'and 2 rotated files' }).waitFor();
    assert.equal(await workbench.treeRows().filter({ hasText: 'rotated files' }).count(), 1);
  });
});
