import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import type { WorkbenchPage } from '../harness/workbenchPage';
import { stopAfterwards, openWorkbench, type UiHost } from './uiHost';
import { UiWorkspace, type ExpectedFindings } from './uiWorkspace';

const log = 'remote.log';
const hostName = process.env.LOGCNN_UI_HOST;

/** From here on the workbench of a remote window asks before it opens a file. */
const REMOTE_LIMIT = 10 * 1024 * 1024;

describe('a log of a remote window that the workbench would not open without a question', () => {
  const workspace = new UiWorkspace();
  let host: UiHost | undefined;
  let workbench: WorkbenchPage;
  let expected: ExpectedFindings;

  before(async () => {
    workspace.addGenerated(log, 31, 4_500, 0.001);
    assert.ok(statSync(workspace.path(log)).size > REMOTE_LIMIT);
    expected = workspace.expect(log);
    host = await openWorkbench(workspace.folder);
    ({ workbench } = host);
    await workbench.scanFromExplorer(log);
    const row = workbench.treeRow(log);
    await row.filter({ hasText: `${expected.findings.length} findings` }).waitFor();
    await workbench.expand(row);
  });

  stopAfterwards(() => host);

  /** The last finding of the log, so that much stands before it. */
  function last(): ExpectedFindings['findings'][number] {
    const finding = [...expected.findings].sort((a, b) => a.line - b.line).at(-1);
    assert.ok(finding);
    return finding;
  }

  it('shows a finding in the log around it at a click, and more of the log on demand', async () => {
    const { block, line } = last();
    await workbench.findingRow(block).click();
    await workbench.tab(`${block} — ${log}`).waitFor();
    const rows = workbench.editorRows();
    const text = workspace.read(log).split('\n');
    for (const near of [line - 1, line, line + 1]) {
      await rows
        .filter({ hasText: `${near} | ${text[near - 1]}`.slice(0, 60) })
        .first()
        .waitFor();
    }
    assert.match(await rows.filter({ hasText: /^>\s/ }).innerText(), new RegExp(`${line}\\s\\|`));
    await workbench.screenshot(`${hostName}-context`);
    await workbench.runCommand('LogCNN: Show More of the Log Around');
    await workbench.press('Control+Home');
    await rows.filter({ hasText: `${block}, score` }).waitFor();
    await workbench.press('F1');
    await workbench.press('Escape');
    await rows.filter({ hasText: 'show 100 more' }).first().waitFor();
    await workbench.screenshot(`${hostName}-context-more`);
  });

  it('goes from finding to finding on such pages', async () => {
    const { block } = last();
    await workbench.findingRow(block).click();
    await workbench.tab(`${block} — ${log}`).waitFor();
    await workbench.press('Control+Shift+F8');
    const before = [...expected.findings].sort((a, b) => a.line - b.line).at(-2);
    assert.ok(before);
    await workbench.tab(`${before.block} — ${log}`).waitFor();
  });
});
