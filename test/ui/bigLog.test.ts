import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import type { WorkbenchPage } from '../harness/workbenchPage';
import { stopAfterwards, openWorkbench, type UiHost } from './uiHost';
import { UiWorkspace } from './uiWorkspace';

const big = 'big.log';
const huge = 'huge.log';
const hostName = process.env.LOGCNN_UI_HOST;

/** VS Code hands no document above this size to extensions. */
const synchronizationLimit = 50 * 1024 * 1024;

describe('a log that is too big for a document of the editor', () => {
  const workspace = new UiWorkspace();
  let host: UiHost | undefined;
  let workbench: WorkbenchPage;

  before(async () => {
    workspace.addGenerated(big, 21, 24_000, 0.0005);
    // Reading this takes seconds on any machine: time enough for a person to click.
    workspace.addRepeated(huge, big, 6);
    assert.ok(statSync(workspace.path(big)).size > synchronizationLimit);
    // The desktop asks from 1 GB on whether a file is to be opened; the web workbench of this test would at 50 MB.
    host = await openWorkbench(workspace.folder, { settings: { 'workbench.editorLargeFileConfirmation': 1024 } });
    ({ workbench } = host);
  });

  stopAfterwards(() => host);

  it('stops being scanned at a click', async () => {
    await workbench.scanFromExplorer(huge);
    const row = workbench.treeRow(huge);
    await row.filter({ hasText: /reading \d+ %/ }).waitFor();
    await row.hover();
    await row.getByRole('button', { name: 'Cancel Scan' }).click();
    await workbench.welcome().waitFor();
    await workbench.badge().waitFor({ state: 'hidden' });
  });

  it('is scanned, and a click on a block jumps to its line', async () => {
    const expected = workspace.expect(big);
    const last = [...expected.findings].sort((a, b) => a.line - b.line).at(-1);
    assert.ok(last && last.line > 300_000, 'the generated log has no anomalous block near its end');
    await workbench.scanFromExplorer(big);
    const row = workbench.treeRow(big);
    await row.filter({ hasText: `${expected.findings.length.toLocaleString('en')} findings` }).waitFor();
    await workbench.expand(row);
    await workbench.findingRow(last.block).click();
    await workbench.waitForCursorLine(last.line);
    await workbench.screenshot(`${hostName}-big`);
  });

  it('shows a block with its lines alone, and leads from each of them to the log', async () => {
    const { findings } = workspace.expect(big);
    const last = [...findings].sort((a, b) => a.line - b.line).at(-1);
    assert.ok(last);
    const row = workbench.findingRow(last.block);
    await row.hover();
    await row.getByRole('button', { name: 'Show in Context' }).click();
    await workbench.tab(`${last.block} — ${big}`).waitFor();
    // The page begins at the most suspicious line; the others may be out of sight.
    for (const line of last.lines.filter((line) => Math.abs(line - last.line) < 5)) {
      await workbench
        .editorRows()
        .filter({ hasText: new RegExp(`${line}\\s\\|.*${last.block}`) })
        .first()
        .waitFor();
    }
    await workbench.screenshot(`${hostName}-big-block`);
    await workbench.press('F12');
    await workbench.waitForCursorLine(last.line);
  });

  it('is reached from the Problems panel too', async () => {
    const [finding] = workspace.expect(big).findings;
    assert.ok(finding);
    await workbench.openProblem(finding.block);
    await workbench.waitForCursorLine(finding.line);
  });
});
