import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import type { WorkbenchPage } from '../harness/workbenchPage';
import { springBootLog } from '../support/serviceLogs';
import { stopAfterwards, openWorkbench, type UiHost } from './uiHost';
import { UiWorkspace, type ExpectedFindings } from './uiWorkspace';

const log = 'growing.log';
const shop = 'shop.log';
/** Of a log of twice its length more is learned than what comes. */
const healthy = springBootLog(2, true);

describe('following a log with the mouse', () => {
  const workspace = new UiWorkspace();
  let host: UiHost | undefined;
  let workbench: WorkbenchPage;
  let rest: string;
  let atFirst: ExpectedFindings;

  before(async () => {
    workspace.addGenerated('whole.txt', 21, 60, 0.1);
    const lines = workspace.read('whole.txt').split(/(?<=\n)/);
    const cut = Math.floor(0.6 * lines.length);
    workspace.addText(log, lines.slice(0, cut).join(''));
    rest = lines.slice(cut).join('');
    atFirst = workspace.expect(log);
    assert.ok(atFirst.findings.length > 0, 'the log has no anomalous block at first');
    workspace.addText(shop, healthy.text.repeat(2));
    host = await openWorkbench(workspace.folder);
    ({ workbench } = host);
  });

  stopAfterwards(() => host);

  function row(text: string) {
    return workbench.treeRow(log).filter({ hasText: text });
  }

  it('shows what is appended in place, and stops by the button of its row', async () => {
    await workbench.chooseFromExplorer('Follow Log', log);
    await row('following').waitFor();
    await row(`${atFirst.findings.length} findings`).waitFor();
    appendFileSync(workspace.path(log), rest);
    const { findings } = workspace.expect(log);
    await row(`${findings.length} findings`).waitFor();
    for (const { block } of findings.slice(0, 3)) {
      await workbench.findingRow(block).waitFor();
    }
    await workbench.screenshot(`${host!.name}-following`);

    // What is open and selected stays so when more comes.
    const [{ block }] = findings;
    await workbench.expand(workbench.findingRow(block));
    await workbench.findingRow(block).click();
    appendFileSync(
      workspace.path(log),
      `240304 235900 1 INFO dfs.DataNode: Receiving block ${block} src: /10.0.0.1:1\n`,
    );
    await workbench.findingRow(block).waitFor();
    assert.equal(await workbench.findingRow(block).getAttribute('aria-expanded'), 'true');
    assert.equal(await workbench.findingRow(block).getAttribute('aria-selected'), 'true');

    await row('following').hover();
    await row('following').locator('.action-label[aria-label="Stop Following"]').click();
    await row('following').waitFor({ state: 'detached' });
    await row(`${findings.length} findings`).waitFor();
  });

  it('follows a log that no model knows: what is appended is found at its line', async () => {
    await workbench.chooseFromExplorer('Follow Log', shop);
    const own = workbench.treeRow(shop).filter({ hasText: 'following' });
    await own.waitFor();
    const lines = healthy.text.split(/(?<=\n)/);
    const strange = lines[0].replace(' INFO ', 'ERROR ').replace(/ : .*/, ' : Warehouse door 4 failed to close');
    appendFileSync(workspace.path(shop), lines.slice(0, 6).join('') + strange);
    const line = 2 * lines.length + 7;
    const finding = workbench.findingRow('Warehouse door 4 failed to');
    await workbench.treeRow(shop).filter({ hasText: '1 finding' }).waitFor();
    await workbench.expand(own);
    await finding.waitFor();
    assert.match(await finding.innerText(), /new error · \d\d:\d\d:\d\d/);
    await finding.click();
    await workbench.waitForCursorLine(line);
    assert.ok((await workbench.linesWithGutterIcon()).includes(line));
    await workbench.screenshot(`${host!.name}-following-anylog`);
    await own.hover();
    await own.locator('.action-label[aria-label="Stop Following"]').click();
    await own.waitFor({ state: 'detached' });
  });
});
