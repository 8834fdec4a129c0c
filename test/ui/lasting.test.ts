import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { zipOf } from '../support/compressed';
import type { WorkbenchPage } from '../harness/workbenchPage';
import { openWorkbench, stopAfterwards, type UiHost } from './uiHost';
import { UiWorkspace, type ExpectedFindings } from './uiWorkspace';

const hostName = process.env.LOGCNN_UI_HOST;

describe('what lasts, and where it comes from', () => {
  const workspace = new UiWorkspace();
  let host: UiHost | undefined;
  let workbench: WorkbenchPage;
  let expected: ExpectedFindings;

  before(async () => {
    workspace.addGenerated('first.txt', 21, 60, 0.1);
    workspace.addGenerated('second.txt', 22, 60, 0.1);
    expected = workspace.expect('second.txt');
    const content = (name: string) => readFileSync(workspace.path(name));
    writeFileSync(
      workspace.path('logs.zip'),
      zipOf([
        { name: 'first.log', content: content('first.txt') },
        { name: 'deep/second.log', content: content('second.txt') },
      ]),
    );
    host = await openWorkbench(workspace.folder);
    ({ workbench } = host);
  });

  stopAfterwards(() => host);

  it('scans each log of an archive by itself and leads to its lines', async () => {
    await workbench.scanFromExplorer('logs.zip');
    await workbench.treeRow('first.log').waitFor();
    const row = workbench.treeRow('second.log').filter({ hasText: `${expected.findings.length} findings` });
    await row.waitFor();
    await workbench.expand(row);
    await workbench.widenResults(160);
    await workbench.screenshot(`${hostName}-archive`);
    await workbench.findingRow(expected.findings[0].block).first().click();
    await workbench.waitForCursorLine(expected.findings[0].line);
    await workbench.tab('second.log').waitFor();
  });

  it('offers to follow what can be followed, and nothing else', async () => {
    await workbench.showResults();
    const entries = await workbench.contextMenu(workbench.treeRow('second.log'));
    await workbench.screenshot(`${hostName}-row-menu`);
    assert.ok(entries.includes('Rescan') && !entries.includes('Follow Log'), entries.join(', '));
    await workbench.press('Escape');
    await workbench.showExplorer();
    const own = await workbench.ownMenu(workbench.explorerRow('logs.zip'));
    await workbench.screenshot(`${hostName}-submenu`);
    assert.ok(own.includes('Scan Log for Anomalies') && !own.includes('Follow Log'), own.join(', '));
    await workbench.press('Escape');
    await workbench.press('Escape');
    const text = await workbench.ownMenu(workbench.explorerRow('first.txt'));
    assert.ok(text.includes('Follow Log'), text.join(', '));
    await workbench.press('Escape');
    await workbench.press('Escape');
  });

  it('shows after a reload what was found before, and since when it stands', async () => {
    await workbench.reload();
    await workbench.showResults();
    const row = workbench.treeRow('second.log').filter({ hasText: /from \d/ });
    await row.waitFor();
    await workbench.expand(row);
    await workbench.screenshot(`${hostName}-reloaded`);
    await workbench.findingRow(expected.findings[1].block).first().click();
    await workbench.waitForCursorLine(expected.findings[1].line);
  });
});
