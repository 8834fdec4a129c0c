import assert from 'node:assert/strict';
import type { WorkbenchPage } from '../harness/workbenchPage';
import type { ServiceLog } from '../support/logWriter';
import { ciLog, jsonLog, springBootLog, unknownFormatLog } from '../support/serviceLogs';
import { stopAfterwards, openWorkbench, type UiHost } from './uiHost';
import { UiWorkspace } from './uiWorkspace';

const hostName = process.env.LOGCNN_UI_HOST;
const againstGood = 'Scan Against a Good Log…';
const healthy = 'healthy.log';
const shop = 'shop.log';

/** A log of each kind, how it is read, and what a person reads about its fault. */
const logs: { name: string; log: ServiceLog; format: string; reason: RegExp }[] = [
  {
    name: shop,
    log: springBootLog(1),
    format: 'Spring Boot',
    reason: /^New error "Payment of order …? ?.*was not accepted by the gateway": the only error in this log/,
  },
  { name: 'api.log', log: jsonLog(1), format: 'pino (Node.js)', reason: /error "unhandled error.*":/ },
  { name: 'build.log', log: ciLog(1), format: 'GitHub Actions', reason: /^Failure "AssertionError.*":/ },
  {
    name: 'machine.log',
    log: unknownFormatLog(1),
    format: 'unknown; records by rules',
    reason: /drive failed": it is in this log only once; nothing new had come/,
  },
];

describe('a log that no model knows', () => {
  const workspace = new UiWorkspace();
  let host: UiHost | undefined;
  let workbench: WorkbenchPage;

  before(async () => {
    logs.forEach(({ name, log }) => workspace.addText(name, log.text));
    workspace.addText(healthy, springBootLog(2, true).text);
    host = await openWorkbench(workspace.folder);
    ({ workbench } = host);
  });

  stopAfterwards(() => host);

  for (const { name, log, format, reason } of logs) {
    it(`is read as what it is, and its fault is found: ${format}`, async () => {
      const expected = workspace.expect(name);
      const { findings } = expected;
      const [finding] = findings;
      const { fault } = log;
      assert.ok(finding && fault);
      for (const { line } of findings) {
        assert.ok(fault.first <= line && line <= fault.last, `line ${line}`);
      }
      await workbench.scanFromExplorer(name);
      const row = workbench
        .treeRow(name)
        .filter({ hasText: `${findings.length} of ${expected.blocks} blocks · ${format}` });
      await row.waitFor();
      const block = workbench.treeRow(finding.block);
      assert.match(await block.innerText(), reason);
      await block.click();
      await workbench.waitForCursorLine(finding.line);
      const marked = await workbench.linesWithGutterIcon();
      assert.ok(marked.includes(finding.line));
      assert.deepEqual(
        marked.filter((line) => line < fault.first || line > fault.last),
        [],
      );
      const problem = await workbench.problemRow(finding.block);
      assert.match(await problem.innerText(), reason);
      await workbench.widenResults(200);
      const tooltip = await workbench.tooltip(row);
      for (const told of [/judged by: the log itself, without labels/, /format: /, /no session key found: windows/]) {
        assert.match(tooltip, told);
      }
      await workbench.screenshot(`${hostName}-anylog-${name}`);
      await workbench.widenResults(-200);
      await workbench.runCommand('LogCNN: Clear Results');
    });
  }

  it('is told to be healthy if it is, and its most suspicious blocks stand apart', async () => {
    await workbench.scanFromExplorer(healthy);
    await workbench.treeRow(healthy).filter({ hasText: 'nothing above the threshold' }).waitFor();
    const rest = workbench.treeRow('Most suspicious of the rest');
    await rest.waitFor();
    assert.equal(await workbench.treeRows().count(), 2);
    await workbench.badge().waitFor({ state: 'hidden' });
    await workbench.toggle(rest);
    const { most_suspicious: suspects } = workspace.expect(healthy);
    await workbench
      .treeRows()
      .nth(1 + suspects.length)
      .waitFor();
    assert.equal(await workbench.treeRows().count(), 2 + suspects.length);
    const first = workbench.treeRows().nth(2);
    const [, start, end] = /L(\d+)-L(\d+)/.exec(await first.innerText()) ?? [];
    await first.click();
    await workbench.tab(healthy).waitFor();
    const [{ line }] = suspects;
    assert.ok(Number(start) <= line && line <= Number(end), `line ${line}`);
    await workbench.waitForCursorLine(line);
    assert.equal(await workbench.gutterIcons().count(), 0);
    const problems = await workbench.showProblems('L');
    assert.equal(await problems.locator('.monaco-list-row[aria-level="2"]').count(), 0);
    await workbench.screenshot(`${hostName}-anylog-healthy`);
    await workbench.runCommand('LogCNN: Clear Results');
  });

  it('is judged against the other of two selected logs, again after that has changed, and by itself', async () => {
    const [finding] = workspace.expect(shop).findings;
    assert.ok(finding);
    await workbench.chooseFromExplorer(againstGood, shop, healthy);
    await workbench.choices().first().filter({ hasText: 'shop.log is judged against it' }).waitFor();
    await workbench.screenshot(`${hostName}-which-is-good`);
    await workbench.choose(healthy);
    const row = workbench.treeRow(shop);
    const against = row.filter({ hasText: `1 of ` }).filter({ hasText: `against ${healthy}` });
    await against.waitFor();
    const block = workbench.treeRow(finding.block);
    await block.filter({ hasText: 'nothing like it in the good log' }).waitFor();
    assert.match(await workbench.tooltip(row), /judged against logs believed good: .*healthy\.log/);
    await workbench.screenshot(`${hostName}-against-good`);

    workspace.addText(healthy, springBootLog(3, true).text);
    await against.filter({ hasText: 'out of date' }).waitFor();
    await row.hover();
    await row.getByRole('button', { name: 'Rescan' }).click();
    await against.filter({ hasNotText: 'out of date' }).waitFor();

    await workbench.scanFromExplorer(shop);
    await row.filter({ hasNotText: 'against' }).filter({ hasText: '1 of ' }).waitFor();
    await block.filter({ hasText: 'unexpected after' }).waitFor();
  });

  it('is judged against logs that are picked from its folder', async () => {
    await workbench.chooseFromExplorer(againstGood, shop);
    await workbench.choose(healthy);
    await workbench.screenshot(`${hostName}-pick-good`);
    await workbench.confirmChoices();
    await workbench
      .treeRow(shop)
      .filter({ hasText: `against ${healthy}` })
      .waitFor();
  });
});
