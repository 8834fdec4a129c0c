import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import { rangeOf, timelineSvg } from '../../src/node/reports/timelineSvg';
import type { Timeline } from '../../src/core/records/timeline';
import { timelinePage, type ShownTimeline } from '../../src/extension/tree/timelinePage';
import { startBrowser, type Browser } from '../harness/browser';

const AXE = readFileSync(createRequire(path.resolve('package.json')).resolve('axe-core/axe.min.js'), 'utf8');

/** Colours of a dark theme, which VS Code gives to a webview. */
const THEME = {
  '--vscode-foreground': '#cccccc',
  '--vscode-descriptionForeground': '#a0a0a0',
  '--vscode-charts-blue': '#3794ff',
  '--vscode-charts-yellow': '#cca700',
  '--vscode-charts-red': '#f14c4c',
  '--vscode-charts-purple': '#b180d7',
  '--vscode-focusBorder': '#007fd4',
  '--vscode-button-secondaryForeground': '#ffffff',
  '--vscode-button-secondaryBackground': '#3a3d41',
};

describe('the pages that people read, audited for accessibility', () => {
  let browser: Browser;

  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.stop());

  /** What axe finds on the open page, in words. */
  async function faults(): Promise<string[]> {
    const results = await browser.page.evaluate<AxeResults>(`${AXE}; axe.run()`);
    assert.ok(results.passes.length > 5, 'it looked at nothing');
    return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }

  it('finds no fault in the report, in light and in dark colours', async () => {
    const program = path.resolve('dist/cli/detect-anomalies.js');
    const args = ['--input', 'samples/hdfs-small.log', '--output', '-', '--format', 'html', '--no-config'];
    const html = execFileSync(process.execPath, [program, ...args], { encoding: 'utf8', maxBuffer: 1e8 });
    const messages: string[] = [];
    browser.page.on('console', (message) => messages.push(message.text()));
    for (const colorScheme of ['light', 'dark'] as const) {
      await browser.page.emulateMedia({ colorScheme });
      await browser.page.setContent(html);
      assert.deepEqual(await faults(), []);
    }
    assert.deepEqual(messages, [], 'its own policy forbids something of it');
  });

  it('finds no fault in the timeline, and lets keys go from mark to mark', async () => {
    const { page } = browser;
    // Anew, for the policy of the report would hold on.
    await page.goto('about:blank');
    await page.evaluate('window.asked = []; window.acquireVsCodeApi = () => ({ postMessage: (m) => asked.push(m) })');
    const html = timelinePage('nonce', { language: 'en', wholeLog: 'Whole Log', picture: 'Records over time' });
    // The page is written into this one, so that it finds what VS Code would give it.
    await page.evaluate(`document.open(); document.write(${JSON.stringify(html)}); document.close()`);
    await page.evaluate(
      `document.body.style.background = '#181818';
      Object.entries(${JSON.stringify(THEME)}).forEach(([name, value]) => document.documentElement.style.setProperty(name, value))`,
    );
    const timeline: Timeline = { start: 0, width: 1000, counts: Array.from({ length: 200 }, (_, i) => i % 7) };
    const marks = [10_000, 30_000].map((time, i) => ({ time, label: `finding ${i}`, target: `#${i}` }));
    const shown: ShownTimeline = {
      title: 'a.log',
      svg: timelineSvg(timeline, marks, { width: 300, height: 110 }, rangeOf(timeline)),
      note: 'from to',
      isZoomed: true,
    };
    await page.evaluate(`dispatchEvent(new MessageEvent('message', { data: ${JSON.stringify(shown)} }))`);
    assert.deepEqual(await faults(), []);
    await page.screenshot({ path: 'out/screenshots/timeline-page.png' });
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.keyboard.press('+');
    const asked = await page.evaluate<unknown[]>('asked.filter(({ type }) => type !== "size")');
    assert.deepEqual(asked, [
      { type: 'open', target: '#1' },
      { type: 'zoom', from: 0.25, to: 0.75 },
    ]);
  });
});
