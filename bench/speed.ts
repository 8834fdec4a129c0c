// How fast logs are scanned: npm run bench [-- --full] [-- --lines <n>] [-- --peers [<folder of drain3's sources>]]
// Prints tables and writes out/bench/bench.json. The logs are made in a temporary folder, which is removed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hdfsLog } from '../test/support/hdfsLog';
import { writeLog } from './speed/logFile';
import { responseTimes, runCommand, runDetection, type ProgramRun, type ResponseTimes } from './speed/measure';
import { serverLog } from './speed/serverLog';
import { unsupervisedStages, modelStages, type Stage } from './speed/stages';

const { values, positionals } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    lines: { type: 'string' },
    peers: { type: 'boolean', default: false },
    repeats: { type: 'string' },
  },
  allowPositionals: true,
});
const hdfsLines = Number(values.lines ?? (values.full ? 11_200_000 : 1_000_000));
const serverLines = Math.min(hdfsLines, values.full ? 3_000_000 : 150_000);
const repeats = Number(values.repeats ?? 3);
const scaling = values.full ? [1e5, 1e6, 1e7] : [hdfsLines / 10, hdfsLines / 3].map(Math.round);

/** Bytes of disk a line of the logs needs, gzip and reports included. */
const BYTES_PER_LINE = 250;

const rows: Row[] = [];
const folder = mkdtempSync(join(tmpdir(), 'logcnn-bench-'));
main()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  })
  .finally(() => rmSync(folder, { recursive: true, force: true }));

/** One measured thing. */
interface Row extends Partial<ProgramRun> {
  group: string;
  name: string;
  seconds: number;
  lines: number;
  bytes: number;
}

async function main(): Promise<void> {
  refuseIfDiskIsFull();
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`);
  const tiny = join(folder, 'tiny.log');
  await writeLog(tiny, clusterLines(), 1000);
  const start = await runDetection(repeats, folder, ['--input', tiny]);
  add('start-up', 'scan of 1,000 lines', start, 1000, tiny);

  const hdfs = join(folder, 'hdfs.log');
  await writeLog(hdfs, clusterLines(), hdfsLines);
  await measureHdfs(hdfs);
  await measureScaling(start);
  const server = join(folder, 'server.log');
  await writeLog(server, serverLog(1), serverLines);
  await measureServer(server);
  const response = await measureResponse(hdfs);
  await measurePeers(hdfs, server);
  rmSync(server);
  await measureGzip(hdfs);
  save(start, response);
}

async function measureHdfs(path: string): Promise<void> {
  const group = 'HDFS';
  add(group, 'wc -l', await runCommand(repeats, `wc -l ${path}`), hdfsLines, path);
  add(group, 'grep -c blk_', await runCommand(repeats, `grep -c blk_ ${path}`), hdfsLines, path);
  const run = await runDetection(repeats, folder, ['--input', path, '--threads', '1']);
  add(group, 'whole path, one thread', run, hdfsLines, path);
  const both = await runDetection(repeats, folder, ['--input', path, '--threads', '2']);
  add(group, 'whole path, two threads', both, hdfsLines, path);
  addStages(group, await modelStages(path, join(folder, 'report.txt'), Math.min(2, repeats)), hdfsLines, path);
}

/** Cost per line at different sizes, start-up subtracted. */
async function measureScaling(startUp: ProgramRun): Promise<void> {
  for (const count of scaling) {
    const path = join(folder, 'part.log');
    await writeLog(path, clusterLines(), count);
    const run = await runDetection(count > 1e6 ? repeats : 2 * repeats, folder, ['--input', path, '--threads', '1']);
    add('scaling', `${count} lines, one thread, less start-up`, less(run, startUp), count, path);
    rmSync(path);
  }
}

async function measureServer(path: string): Promise<void> {
  const group = 'any log';
  add(group, 'wc -l', await runCommand(repeats, `wc -l ${path}`), serverLines, path);
  const run = await runDetection(repeats, folder, ['--input', path, '--unsupervised']);
  add(group, 'whole path, one thread', run, serverLines, path);
  addStages(group, await unsupervisedStages(path, Math.min(2, repeats)), serverLines, path);
}

async function measureResponse(path: string): Promise<ResponseTimes> {
  const times = await responseTimes(repeats, path);
  console.log(`\nthe editor's worker on the HDFS log`);
  console.log(`  start to first progress ${Math.round(1000 * times.firstProgress)} ms`);
  console.log(`  request to stop, to stopped ${Math.round(1000 * times.cancel)} ms`);
  return times;
}

async function measureGzip(path: string): Promise<void> {
  spawnSync('gzip', ['-k', '-1', path]);
  const run = await runDetection(repeats, folder, ['--input', `${path}.gz`]);
  add('gzip', 'zcat | wc -l', await runCommand(repeats, `zcat ${path}.gz | wc -l`), hdfsLines, path);
  add('gzip', 'whole path, one thread', run, hdfsLines, path);
  const secondsOf = (wanted: string, name: string): number =>
    rows.find((row) => row.group === wanted && row.name === name)?.cpuSeconds ?? NaN;
  const apart = secondsOf('gzip', 'zcat | wc -l') + secondsOf('HDFS', 'whole path, one thread');
  console.log(`  ${(run.cpuSeconds / apart).toFixed(2)} × (zcat | wc -l + the plain scan), in CPU time`);
}

/** Drain3 alone on the messages of the logs, where Python has it. */
async function measurePeers(hdfs: string, server: string): Promise<void> {
  if (!values.peers) {
    return;
  }
  const [sources] = positionals;
  for (const [group, path, words] of [
    ['HDFS', hdfs, 5],
    ['any log', server, 6],
  ] as const) {
    const lines = Math.min(group === 'HDFS' ? hdfsLines : serverLines, 200_000);
    const { stdout, stderr } = spawnSync(
      process.env.PYTHON ?? 'python3',
      ['bench/speed/timeDrain3.py', path, String(lines), String(words)],
      {
        encoding: 'utf8',
        env: sources === undefined ? process.env : { ...process.env, PYTHONPATH: sources },
      },
    );
    const [seconds, cpuSeconds] = stdout.split(' ').map(Number);
    if (!(seconds > 0)) {
      console.log(`Drain3 was not measured: ${stderr.trim().split('\n').at(-1) ?? ''}`);
      return;
    }
    add(group, 'Drain3 alone, one thread', { seconds, cpuSeconds }, lines, path);
  }
}

function clusterLines(): Generator<string> {
  return hdfsLog({ seed: 1, blocks: Infinity, anomalousShare: 0.03 });
}

function addStages(group: string, stages: Stage[], lines: number, path: string): void {
  stages.forEach(({ name, ...run }) => add(group, `  ${name}`, run, lines, path));
}

function add(
  group: string,
  name: string,
  run: { seconds: number } & Partial<ProgramRun>,
  lines: number,
  path: string,
): void {
  const row: Row = { group, name, ...run, lines, bytes: statSync(path).size };
  if (rows.at(-1)?.group !== group) {
    const columns = [
      'seconds',
      'CPU s',
      'waited s',
      'lines/s',
      'MB/s',
      'peak MB',
      '÷ grep -c',
      'CPU ÷ grep',
      '÷ wc -l',
    ];
    console.log(`\n${group.padEnd(40)}${columns.map((column) => column.padStart(12)).join('')}`);
  }
  rows.push(row);
  const other = (command: string): Row | undefined =>
    rows.find((each) => each.group === group && each.name.startsWith(command));
  const { seconds, cpuSeconds, waitedSeconds, peakMemory } = row;
  const figures: [value: number | undefined, digits: number][] = [
    [seconds, 3],
    [cpuSeconds, 3],
    [waitedSeconds, 2],
    [lines / seconds, 0],
    [row.bytes / seconds / 1e6, 0],
    [peakMemory && peakMemory / 1e6, 0],
    [seconds / (other('grep')?.seconds ?? NaN), 1],
    [(cpuSeconds ?? NaN) / (other('grep')?.cpuSeconds ?? NaN), 1],
    [seconds / (other('wc')?.seconds ?? NaN), 1],
  ];
  const cells = figures.map(([value, digits]) => (value ? value.toFixed(digits) : '').padStart(12));
  console.log(`  ${name}`.padEnd(40) + cells.join(''));
}

/** What a run took beyond the start of the program. */
function less(run: ProgramRun, startUp: ProgramRun): ProgramRun {
  return { ...run, seconds: run.seconds - startUp.seconds, cpuSeconds: run.cpuSeconds - startUp.cpuSeconds };
}

function save(startUp: ProgramRun, response: ResponseTimes): void {
  const machine = {
    processor: cpus()[0]?.model,
    cores: cpus().length,
    memory: totalmem(),
    node: process.version,
    platform: process.platform,
  };
  mkdirSync('out/bench', { recursive: true });
  writeFileSync('out/bench/bench.json', `${JSON.stringify({ machine, startUp, repeats, response, rows }, null, 2)}\n`);
  console.log('\nwritten to out/bench/bench.json');
}

function refuseIfDiskIsFull(): void {
  const { bavail, bsize } = statfsSync(folder);
  const wanted = BYTES_PER_LINE * (hdfsLines + serverLines);
  if (bavail * bsize < wanted) {
    throw new Error(
      `${folder} has ${Math.round((bavail * bsize) / 1e6)} MB free and ${Math.round(wanted / 1e6)} MB are wanted; free some or give fewer --lines.`,
    );
  }
}
