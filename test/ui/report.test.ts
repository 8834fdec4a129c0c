import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { WorkbenchPage } from '../harness/workbenchPage';
import { stopAfterwards, openWorkbench, type UiHost } from './uiHost';
import { UiWorkspace, type ExpectedFindings } from './uiWorkspace';

const sample = 'hdfs-small.log';
const hostName = process.env.LOGCNN_UI_HOST;

describe('the timeline and the report of a log', () => {
  const workspace = new UiWorkspace();
  let host: UiHost | undefined;
  let workbench: WorkbenchPage;
  let expected: ExpectedFindings;

  before(async () => {
    workspace.addSample(sample);
    expected = workspace.expect(sample);
    host = await openWorkbench(workspace.folder, { settings: { 'files.simpleDialog.enable': true } });
    ({ workbench } = host);
    await workbench.scanFromExplorer(sample);
    await workbench
      .treeRow(sample)
      .filter({ hasText: `${expected.findings.length} findings` })
      .waitFor();
  });

  stopAfterwards(() => host);

  it('shows the findings on the timeline, and jumps to one at a click or by keys', async () => {
    const timeline = workbench.timeline();
    const marks = timeline.locator('a.mark');
    await marks.first().waitFor();
    assert.equal(await marks.count(), expected.findings.length);
    await workbench.screenshot(`${hostName}-timeline`);
    await timeline.locator('a[href="#0"]').click();
    await workbench.waitForCursorLine(expected.findings[0]?.line ?? 0);
    await timeline.locator('a[href="#1"]').focus();
    await workbench.press('Enter');
    await workbench.waitForCursorLine(expected.findings[1]?.line ?? 0);
  });

  it('shows a part of the time at a drag, and all of it at a click', async () => {
    const timeline = workbench.timeline();
    const whole = timeline.getByRole('button', { name: 'Whole Log' });
    const before = await timeline.locator('#note').innerText();
    await workbench.dragAcross(timeline.locator('#picture'), 0.5, 0.95);
    await whole.waitFor();
    assert.notEqual(await timeline.locator('#note').innerText(), before);
    await workbench.screenshot(`${hostName}-timeline-part`);
    await whole.click();
    await whole.waitFor({ state: 'hidden' });
    assert.equal(await timeline.locator('#note').innerText(), before);
  });

  it('writes a report from the menu of the log', async () => {
    await workbench.chooseFromMenu(workbench.treeRow(sample), 'Export Findings…');
    const input = workbench.locator('.quick-input-widget .quick-input-filter input[type="text"]');
    await input.waitFor();
    const name = `${sample}.findings.html`;
    await workbench.press('Enter');
    await workbench.notification(`Findings were written to ${name}.`);
    assert.ok(existsSync(workspace.path(name)));
    assert.match(readFileSync(workspace.path(name), 'utf8'), /^<!DOCTYPE html>/);
    await workbench.press('Escape');
  });

  it('copies a finding from its row', async () => {
    const [finding] = expected.findings;
    assert.ok(finding);
    const row = workbench.findingRow(finding.block);
    const entries = await workbench.contextMenu(row);
    for (const entry of [
      'Copy Text of Line',
      'Copy Reason',
      'Copy Lines',
      'Copy as Markdown',
      'Find Lines Like This',
    ]) {
      assert.ok(entries.includes(entry), entries.join(', '));
    }
    await workbench.screenshot(`${hostName}-finding-menu`);
    await workbench.press('Escape');
    await workbench.chooseFromMenu(row, 'Find Lines Like This');
    await workbench.locator('.editor-widget.find-widget.visible').waitFor();
    await workbench.screenshot(`${hostName}-find-like-this`);
  });
});
