import assert from 'node:assert/strict';
import { UiWorkspace, type ExpectedFindings } from './uiWorkspace';
import { stopAfterwards, openWorkbench, type UiHost } from './uiHost';
import type { WorkbenchPage } from '../harness/workbenchPage';

const sample = 'hdfs-small.log';
const archive = 'archived.log.gz';
const second = 'second.log';
const hostName = process.env.LOGCNN_UI_HOST;
const scanEntry = 'Scan Log for Anomalies';

describe('scanning with mouse and keyboard', () => {
  const workspace = new UiWorkspace();
  let host: UiHost | undefined;
  let workbench: WorkbenchPage;
  let expected: ExpectedFindings;

  before(async () => {
    workspace.addSample(sample);
    workspace.addGenerated(second, 11, 60, 0.1);
    workspace.addGenerated('for-archive.txt', 12, 60, 0.1);
    workspace.addText(archive, workspace.read('for-archive.txt'));
    workspace.addText('notes.txt', 'no log\n');
    workspace.addText('picture.png', 'no log\n');
    expected = workspace.expect(sample);
    assert.ok(expected.findings.length >= 3, 'the sample has too few anomalous blocks for this test');
    host = await openWorkbench(workspace.folder);
    ({ workbench } = host);
  });

  stopAfterwards(() => host);

  /** Scans a log from the Explorer's menu, unless its results are there. */
  async function ensureScanned(name: string, findings: ExpectedFindings): Promise<void> {
    await workbench.showResults();
    if (!(await workbench.treeRow(name).isVisible())) await workbench.scanFromExplorer(name);
    const row = workbench.treeRow(name).filter({ hasText: summary(findings) });
    await row.waitFor();
    await workbench.expand(row);
  }

  /** What the row of a scanned file says. */
  function summary({ findings }: ExpectedFindings): string {
    return findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  }

  /** What a reason says behind the message, which the editor has as it was logged. */
  function whyOf(reason: string): string {
    return reason.slice(reason.lastIndexOf('": ') + 3);
  }

  it('offers the scan for logs and for nothing else', async () => {
    await workbench.showExplorer();
    for (const [name, offered] of [
      [sample, true],
      [archive, true],
      ['notes.txt', true],
      ['picture.png', false],
    ] as const) {
      const entries = await workbench.ownMenu(workbench.explorerRow(name));
      assert.equal(entries.includes(scanEntry), offered, `${name}: ${entries.join(', ')}`);
      if (name === sample) await workbench.screenshot(`${hostName}-menu`);
      // A submenu closes first, then its menu.
      await workbench.press('Escape');
      await workbench.press('Escape');
    }
  });

  it('shows what the command line finds in the tree, the badge and the Problems panel', async () => {
    await ensureScanned(sample, expected);
    const [top] = expected.findings;
    assert.ok(top);
    await workbench.findingRow(top.block).waitFor();
    assert.equal(await workbench.treeRows().filter({ hasText: 'blk_' }).count(), expected.findings.length);
    assert.equal(await workbench.badge().innerText(), String(expected.findings.length));
    for (const { block, line, reason } of expected.findings.slice(0, 3)) {
      const problem = await workbench.problemRow(block);
      const text = (await problem.innerText()).replace(/[\s()]+/g, '');
      assert.ok(text.includes(`${whyOf(reason)}LogCNN${block}[Ln${line},`.replace(/[\s()]+/g, '')), text);
    }
  });

  it('jumps from a row of the tree to the most suspicious line and marks the block in the gutter', async () => {
    await ensureScanned(sample, expected);
    for (const finding of expected.findings.slice(0, 3)) {
      await workbench.findingRow(finding.block).click();
      await workbench.waitForCursorLine(finding.line);
      await workbench.tab(sample).waitFor();
      const marked = await workbench.linesWithGutterIcon();
      assert.ok(marked.includes(finding.line), `line ${finding.line} is not among ${marked.join(', ')}`);
      const ofFindings = new Set(expected.findings.flatMap(({ lines }) => lines));
      assert.deepEqual(
        marked.filter((line) => !ofFindings.has(line)),
        [],
      );
    }
  });

  it('shows a block with its lines in all places at once', async () => {
    await ensureScanned(sample, expected);
    const short = expected.findings.find(({ lines }) => lines.length > 2 && lines.length < 8);
    assert.ok(short, 'the sample has no short anomalous block');
    await workbench.openProblem(short.block);
    await workbench.showProblems();
    const row = workbench.findingRow(short.block);
    await row.click();
    await workbench.waitForCursorLine(short.line);
    await workbench.expand(row);
    await workbench.widenResults(120);
    await workbench.gutterIcons().first().waitFor();
    for (const line of short.lines) await workbench.treeRow(String(line)).waitFor();
    await workbench.screenshot(`${hostName}-results`);
    await workbench.toggle(row);
  });

  it('jumps from a line of a block to that line', async () => {
    await ensureScanned(sample, expected);
    const [finding] = expected.findings;
    assert.ok(finding);
    const row = workbench.findingRow(finding.block);
    await workbench.toggle(row);
    const [line] = finding.lines;
    assert.ok(line);
    await workbench.treeRow(String(line)).click();
    await workbench.waitForCursorLine(line);
    await workbench.toggle(row);
  });

  it('jumps from the Problems panel to the line', async () => {
    await ensureScanned(sample, expected);
    const finding = expected.findings[1];
    assert.ok(finding);
    await workbench.openProblem(finding.block);
    await workbench.waitForCursorLine(finding.line);
  });

  it('says in a hover why a line is marked, and leads on from there', async () => {
    await ensureScanned(sample, expected);
    const [finding] = expected.findings;
    assert.ok(finding);
    await workbench.findingRow(finding.block).click();
    await workbench.waitForCursorLine(finding.line);
    const hover = await workbench.hoverOverLine(finding.line);
    const next = hover.getByRole('link', { name: 'Next' }).first();
    // The editor shows the problem first, and what extensions say of the line when that has come.
    await next.waitFor();
    const text = (await hover.innerText()).replace(/\s+/g, ' ');
    assert.ok(text.includes(finding.block), text);
    assert.ok(text.includes(whyOf(finding.reason)), text);
    await workbench.screenshot(`${hostName}-hover`);
    await next.click();
    await workbench.waitForCursorLine(nextLine(finding.line));
  });

  it('walks from block to block by keys', async () => {
    await ensureScanned(sample, expected);
    const lines = inOrder();
    const [first, second] = lines;
    assert.ok(first !== undefined && second !== undefined);
    await goToLine(1);
    for (const [keys, line] of [
      ['Control+F8', first > 1 ? first : second],
      ['Control+F8', nextLine(first)],
      ['Control+Shift+F8', first],
    ] as const) {
      await workbench.press(keys);
      await workbench.waitForCursorLine(line);
    }
  });

  /** Puts the cursor of the sample's editor on a line. */
  async function goToLine(line: number): Promise<void> {
    await workbench.treeRow(sample).click();
    await workbench.tab(sample).click();
    await workbench.goToLine(line);
  }

  /** The most suspicious lines in the order of the file. */
  function inOrder(): number[] {
    return [...new Set(expected.findings.map(({ line }) => line))].sort((a, b) => a - b);
  }

  /** Where Next leads from a line. */
  function nextLine(line: number): number {
    const lines = inOrder();
    return lines.find((other) => other > line) ?? lines[0] ?? 0;
  }

  it('shows a block by itself, marked at its most suspicious line, and leads from there to the log', async () => {
    await ensureScanned(sample, expected);
    const scattered = expected.findings.find(
      ({ line, lines }) => line !== lines[0] && lines.includes(line + 1) && lines.length < 30,
    );
    assert.ok(scattered, 'the sample has no anomalous block that is suspicious beyond its first line');
    const row = workbench.findingRow(scattered.block);
    await row.hover();
    await row.getByRole('button', { name: 'Show in Context' }).click();
    await workbench.tab(`${scattered.block} — ${sample}`).waitFor();
    const log = workspace.read(sample).split('\n');
    const shown = workbench.editorRows();
    // The page begins at the most suspicious line.
    const inSight = scattered.lines.filter((line) => line >= scattered.line && line < scattered.line + 6);
    for (const line of inSight) {
      const text = `${line} | ${log[line - 1]}`.slice(0, 60);
      await shown.filter({ hasText: text }).first().waitFor();
    }
    const suspicious = shown.filter({ hasText: /^>\s/ });
    assert.equal(await suspicious.count(), 1);
    assert.match(await suspicious.innerText(), new RegExp(`${scattered.line}\\s\\|`));
    assert.ok((await workbench.gutterIcons().count()) >= inSight.length);
    await workbench.screenshot(`${hostName}-block`);
    // Not the last one, which a low editor may show by half.
    const [, second] = inSight;
    assert.ok(second);
    await shown
      .filter({ hasText: `${second} |` })
      .getByText(String(second), { exact: true })
      .first()
      .click({ modifiers: ['Control'] });
    await workbench.waitForCursorLine(second);
    await workbench.tab(sample).waitFor();
  });

  it('shows a block by itself from its id in the Problems panel and from the hover', async () => {
    await ensureScanned(sample, expected);
    const [first, second] = expected.findings;
    assert.ok(first && second);
    await (await workbench.problemRow(first.block)).getByText(first.block, { exact: true }).last().click();
    await workbench.tab(`${first.block} — ${sample}`).waitFor();
    await workbench.press('F12');
    await workbench.waitForCursorLine(first.line);
    const hover = await workbench.hoverOverLine(first.line);
    await hover.getByRole('link', { name: 'Show in Context' }).first().click();
    await workbench.tab(`${first.block} — ${sample}`).waitFor();
  });

  it('shows the text of a compressed log at the line', async () => {
    const inArchive = workspace.expect(archive);
    await ensureScanned(archive, inArchive);
    const [finding] = inArchive.findings;
    assert.ok(finding);
    await workbench.findingRow(finding.block).click();
    await workbench.waitForCursorLine(finding.line);
    assert.ok((await workbench.linesWithGutterIcon()).includes(finding.line));
    await workbench.screenshot(`${hostName}-compressed`);
  });

  it('scans several selected logs', async () => {
    await clearResults();
    await workbench.scanFromExplorer(sample, second);
    for (const name of [sample, second]) {
      await workbench
        .treeRow(name)
        .filter({ hasText: summary(workspace.expect(name)) })
        .waitFor();
    }
  });

  it('clears its results everywhere', async () => {
    await ensureScanned(sample, expected);
    await clearResults();
    await workbench.badge().waitFor({ state: 'hidden' });
    await workbench.openFile(sample);
    assert.equal(await workbench.gutterIcons().count(), 0);
  });

  /** Clears all results from the palette. */
  async function clearResults(): Promise<void> {
    await workbench.runCommand('LogCNN: Clear Results');
    await workbench.showResults();
    await workbench.welcome().waitFor();
  }
});
