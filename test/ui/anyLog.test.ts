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

/** A log of each kind, how it is read, what a person reads about its fault, and why it is one. */
const logs: { name: string; log: ServiceLog; format: string; row: RegExp; reason: RegExp }[] = [
  {
    name: shop,
    log: springBootLog(1),
    format: 'Spring Boot',
    row: /^Payment of order \d+ was not accepted by the gateway.*new error · \d\d:\d\d:\d\d/s,
    reason: /New error ".*": the only error in this log; nothing new had come for 3 min/,
  },
  {
    name: 'api.log',
    log: jsonLog(1),
    format: 'pino (Node.js)',
    row: /^unhandled error while answering.*new error · /s,
    reason: /New error ".*": the only error in this log/,
  },
  {
    name: 'build.log',
    log: ciLog(1),
    format: 'GitHub Actions',
    row: /^AssertionError.*failure · /s,
    reason: /Failure "AssertionError.*": it reads like what explains a failure/,
  },
  {
    name: 'machine.log',
    log: unknownFormatLog(1),
    format: 'unknown; records by rules',
    row: /drive failed.*failure · /s,
    reason: /Failure ".*drive failed": .*usually follows/,
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

  for (const { name, log, format, row: told, reason } of logs) {
    it(`is read as what it is, and its fault is found: ${format}`, async () => {
      const { findings } = workspace.expect(name);
      const [finding] = findings;
      const { fault } = log;
      assert.ok(finding && fault);
      for (const { line } of findings) {
        assert.ok(fault.first <= line && line <= fault.last, `line ${line}`);
      }
      await workbench.scanFromExplorer(name);
      const row = workbench
        .treeRow(name)
        .filter({ hasText: `${findings.length === 1 ? '1 finding' : `${findings.length} findings`} · ${format}` });
      await row.waitFor();
      const block = workbench.findingRow(told).first();
      assert.match((await block.innerText()).trim(), told);
      await workbench.screenshot(`${hostName}-row-${name}`);
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
      for (const note of [/judged by: the log itself, without labels/, /format: /, /no session key found: windows/]) {
        assert.match(tooltip, note);
      }
      await workbench.screenshot(`${hostName}-anylog-${name}`);
      await workbench.widenResults(-200);
      await workbench.runCommand('LogCNN: Clear Results');
    });
  }

  it('is told to be healthy if it is, and its most suspicious blocks stand apart', async () => {
    await workbench.scanFromExplorer(healthy);
    await workbench.treeRow(healthy).filter({ hasText: 'no findings' }).waitFor();
    const rest = workbench.treeRow('Less likely');
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
    await first.click();
    await workbench.tab(healthy).waitFor();
    const [{ line }] = suspects;
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
    const against = row.filter({ hasText: '1 finding' }).filter({ hasText: `against ${healthy}` });
    await against.waitFor();
    assert.match(
      await (await workbench.problemRow(finding.block)).innerText(),
      /: the good log has nothing like it; the only error/,
    );
    await workbench.showResults();
    assert.match(await workbench.tooltip(row), /judged against logs believed good: .*healthy\.log/);
    await workbench.screenshot(`${hostName}-against-good`);

    workspace.addText(healthy, springBootLog(3, true).text);
    await against.filter({ hasText: 'out of date' }).waitFor();
    await row.hover();
    await row.getByRole('button', { name: 'Rescan' }).click();
    await against.filter({ hasNotText: 'out of date' }).waitFor();

    await workbench.scanFromExplorer(shop);
    await row.filter({ hasNotText: 'against' }).filter({ hasText: '1 finding' }).waitFor();
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
