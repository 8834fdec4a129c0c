// How a scan of a large log feels in the editor: npm run bench:editor [-- --lines <n>]
// Starts the offline workbench (see docs/DEVELOPING.md), scans a log that no model knows by real clicks, cold and warm, and
// cancels a third scan. Prints a table and writes out/bench/editor.json. The log is removed again.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startBrowser } from '../test/harness/browser';
import { installOfflineVscode, startServer } from '../test/harness/offlineVscode';
import { WorkbenchPage } from '../test/harness/workbenchPage';
import type { Beat } from './editor/beat';
import { sightings, watchPage, type Sighting } from './editor/pageWatch';
import { writeLog } from './speed/logFile';
import { serverLog } from './speed/serverLog';

const { values } = parseArgs({ options: { lines: { type: 'string', default: '441000' } } });
const LOG = 'server.log';
/** How long nothing is done, to know what the machine and the editor do by themselves, in milliseconds. */
const IDLE = 5_000;
/** How long one step may take, in milliseconds. */
const LONGEST = 180_000;
const DONE = /\d+ of [\d,]+ blocks|nothing above the threshold/;
const PROGRESS = /(reading|judging|explaining) \d+ %/;

/** A stretch of time, in milliseconds of the system's clock. */
interface Stretch {
  start: number;
  end: number;
}

/** A row of the table. */
interface Row {
  name: string;
  value: number;
  unit: 'ms' | 's' | 'MB';
}

const folder = mkdtempSync(join(tmpdir(), 'logcnn-bench-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const workspace = join(folder, 'logs');
  mkdirSync(workspace);
  await writeLog(join(workspace, LOG), serverLog(1), Number(values.lines));
  const { size } = statSync(join(workspace, LOG));
  const load = loadavg()[0];
  const version = await installOfflineVscode();
  const { seen, beats, stretches } = await measure(workspace);
  const rows = [
    { name: 'size of the log', value: size / 1e6, unit: 'MB' } as const,
    ...figures(seen, beats, stretches),
  ];
  const machine = { processor: cpus()[0]?.model, cores: cpus().length, loadBefore: load, vscode: version };
  console.log(`${machine.processor}, ${machine.cores} cores, load before ${load.toFixed(1)}, VS Code ${version}`);
  for (const { name, value, unit } of rows) {
    console.log(`  ${name.padEnd(66)} ${value.toFixed(unit === 'ms' ? 0 : 1).padStart(8)} ${unit}`);
  }
  mkdirSync('out/bench', { recursive: true });
  writeFileSync('out/bench/editor.json', `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  console.log('written to out/bench/editor.json');
}

/** Everything that was seen from the window's opening to its end. */
interface Observation {
  seen: Sighting[];
  beats: Beat[];
  stretches: Record<'idle' | 'cold' | 'warm' | 'cancel', Stretch>;
}

async function measure(workspace: string): Promise<Observation> {
  const beatsPath = join(folder, 'beats.json');
  const stopPath = join(folder, 'stop');
  const server = await startServer({ env: { LOGCNN_BENCH_BEATS: beatsPath, LOGCNN_BENCH_STOP: stopPath } });
  const browser = await startBrowser();
  try {
    const { page } = browser;
    let finish: (code: number) => void = () => undefined;
    const ended = new Promise<number>((end) => (finish = end));
    await page.exposeFunction('codeAutomationLog', () => undefined);
    await page.exposeFunction('codeAutomationExit', finish);
    const workbench = new WorkbenchPage(page);
    await workbench.open(
      server.url(workspace, [
        ['extensionDevelopmentPath', server.uri(process.cwd())],
        ['extensionTestsPath', server.uri(resolve('out/bench/editor/heartbeat.js'))],
      ]),
    );
    // A long scan is no fault here.
    page.setDefaultTimeout(LONGEST);
    await watchPage(page, LOG);
    const row = workbench.treeRow(LOG);
    const scanning = row.filter({ hasText: PROGRESS });
    const stretch = async (run: () => Promise<unknown>): Promise<Stretch> => {
      const start = Date.now();
      await run();
      return { start, end: Date.now() };
    };
    const scan = async (): Promise<void> => {
      await workbench.scanFromExplorer(LOG);
      await scanning.waitFor();
      await row.filter({ hasText: DONE }).waitFor();
    };
    const idle = await stretch(() => setTimeout(IDLE));
    const cold = await stretch(scan);
    await setTimeout(1000);
    const warm = await stretch(scan);
    await setTimeout(1000);
    const cancel = await stretch(async () => {
      await workbench.scanFromExplorer(LOG);
      // Whatever the row says: it is drawn once a second, and a fast machine has read half the log by then.
      await scanning.waitFor();
      await row.hover();
      await row.getByRole('button', { name: 'Cancel Scan' }).click();
      await row.filter({ hasText: DONE }).waitFor();
    });
    const seen = await sightings(page);
    writeFileSync(stopPath, '');
    const code = await ended;
    if (code !== 0) {
      throw new Error(`The extension host ended with exit code ${code}:\n${server.log()}`);
    }
    return {
      seen,
      beats: JSON.parse(readFileSync(beatsPath, 'utf8')) as Beat[],
      stretches: { idle, cold, warm, cancel },
    };
  } catch (error) {
    await new WorkbenchPage(browser.page).screenshot('bench-editor-failed');
    throw error;
  } finally {
    await browser.stop();
    await server.stop();
  }
}

function figures(seen: Sighting[], beats: Beat[], { idle, cold, warm, cancel }: Observation['stretches']): Row[] {
  const rows: Row[] = [];
  const add = (name: string, unit: Row['unit'], value: number): void => void rows.push({ name, value, unit });
  for (const [name, stretch] of [
    ['first scan', cold],
    ['second scan', warm],
  ] as const) {
    const within = seen.filter(({ at }) => stretch.start <= at && at <= stretch.end);
    const first = within.find(({ kind, text }) => kind === 'state' && PROGRESS.test(text));
    const click = within.findLast(({ kind, at }) => kind === 'click' && at <= (first?.at ?? 0));
    const end = within.find(({ text, at }) => at > (first?.at ?? Infinity) && DONE.test(text));
    if (first === undefined || click === undefined || end === undefined) {
      throw new Error(`The ${name} was not seen from the click to its end.`);
    }
    add(`${name}: click to first progress`, 'ms', first.at - click.at);
    add(`${name}: click to the findings`, 's', (end.at - click.at) / 1000);
    const ofScan = beats.filter(({ at }) => click.at <= at && at <= end.at);
    const [processStart = 0, processEnd = 0] = [ofScan.at(0)?.process, ofScan.at(-1)?.process];
    add(`${name}: processor time of the extension host's process`, 's', processEnd - processStart);
  }
  const click = seen.findLast(({ kind }) => kind === 'click');
  const stopped = seen.find(({ text, at }) => at >= (click?.at ?? Infinity) && DONE.test(text));
  add('click on Cancel to its end in the view', 'ms', (stopped?.at ?? NaN) - (click?.at ?? NaN));
  for (const [name, { start, end }] of [
    ['before any scan', idle],
    ['first scan', cold],
    ['second scan', warm],
    ['cancelled scan', cancel],
  ] as const) {
    const isIn = (at: number): boolean => start <= at && at <= end;
    const inside = beats.filter(({ at }) => isIn(at));
    const longest = (values: number[]): number => values.reduce((most, value) => Math.max(most, value), 0);
    add(`extension host, ${name}: longest work in one go`, 'ms', longest(inside.map(({ busy }) => busy)));
    add(`extension host, ${name}: longest delay, by others too`, 'ms', longest(inside.map(({ late }) => late)));
    const tasks = seen.filter(({ kind, at }) => kind === 'long task' && isIn(at));
    add(`window, ${name}: longest task (from 50 ms on)`, 'ms', longest(tasks.map(({ duration }) => duration)));
  }
  return rows;
}
