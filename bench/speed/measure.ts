import { spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { ScanRequest, WorkerResponse } from '../../src/worker/protocol';

/** What a run of a program took. */
export interface ProgramRun {
  seconds: number;
  /** Of all its threads together: what else runs on the machine hardly changes it. */
  cpuSeconds: number;
  /**
   * How long its JavaScript threads were ready to run in the shortest run and got no core, together, as Linux counts it: the
   * seconds only tell of the program where this is little. NaN elsewhere.
   */
  waitedSeconds?: number;
  /** Highest resident memory in bytes; 0 where it was not measured. */
  peakMemory: number;
}

/** What a thread of a measured program leaves when it ends. */
interface ThreadUsage {
  /** Seconds; null where it is not known. */
  waited: number | null;
  /** Of the whole program, from its main thread. */
  usage?: NodeJS.ResourceUsage;
}

/** The shortest of several runs of a function, in seconds: what other programs on the machine add is not counted. */
export async function shortest(
  repeats: number,
  run: () => Promise<unknown>,
): Promise<Pick<ProgramRun, 'seconds' | 'cpuSeconds'>> {
  let seconds = Infinity;
  let cpuSeconds = Infinity;
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    const usage = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(usage);
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
    cpuSeconds = Math.min(cpuSeconds, (user + system) / 1e6);
  }
  return { seconds, cpuSeconds };
}

/** How fast the editor's worker answers while it scans a log, in seconds. */
export interface ResponseTimes {
  /** From the start of the worker and the request to the first progress. */
  firstProgress: number;
  /** From the request to stop, in the midst of reading, to the answer that it has. */
  cancel: number;
}

/** The shortest response times of the worker as it was built. */
export async function responseTimes(repeats: number, path: string): Promise<ResponseTimes> {
  const best = { firstProgress: Infinity, cancel: Infinity };
  for (let id = 0; id < repeats; id++) {
    const cancel = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const start = performance.now();
    const worker = new Worker(resolve('dist/scan-worker.js'), { env: SHARE_ENV });
    const request: ScanRequest = {
      type: 'scan',
      id,
      path,
      options: { isTrusted: true },
      isOneOfSeveral: false,
      cancel,
    };
    worker.postMessage(request);
    let first = 0;
    let stopped = 0;
    for await (const [message] of on(worker, 'message') as AsyncIterable<[WorkerResponse]>) {
      first ||= performance.now() - start;
      if (stopped === 0 && message.type === 'progress' && 4 * message.done > message.total) {
        stopped = performance.now();
        Atomics.store(new Int32Array(cancel), 0, 1);
      } else if (message.type !== 'progress') {
        best.cancel = message.type === 'cancelled' ? Math.min(best.cancel, performance.now() - stopped) : best.cancel;
        break;
      }
    }
    best.firstProgress = Math.min(best.firstProgress, first);
    const end = once(worker, 'exit');
    worker.postMessage({ type: 'shutdown' });
    await end;
  }
  return { firstProgress: best.firstProgress / 1000, cancel: best.cancel / 1000 };
}

/**
 * The shortest run of a shell command, its start included. Its output goes through a pipe: grep stops at the first match
 * where it sees that nobody will read it.
 * @throws Error if it fails
 */
export async function runCommand(repeats: number, command: string): Promise<ProgramRun> {
  const run = { seconds: Infinity, cpuSeconds: Infinity, peakMemory: 0 };
  for (let i = 0; i < repeats; i++) {
    let output = '';
    const { seconds } = await shortest(1, async () => {
      output = await outputOf('/bin/sh', ['-c', `${command} | cat; times`], {});
    });
    run.seconds = Math.min(run.seconds, seconds);
    // The last line of `times` is of the commands: minutes and seconds in user and system mode.
    const [user, system] = [...(output.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
      ([, minutes, rest]) => 60 * Number(minutes) + Number(rest),
    );
    run.cpuSeconds = Math.min(run.cpuSeconds, user + system);
  }
  return run;
}

/**
 * The shortest run of detect-anomalies as it was built, as a process of its own, and the highest memory of these runs.
 * @param folder where it may leave its report
 * @throws Error if it fails
 */
export async function runDetection(repeats: number, folder: string, args: readonly string[]): Promise<ProgramRun> {
  const preload = join(folder, 'measure.cjs');
  const usage = join(folder, 'usage.json');
  writeFileSync(
    preload,
    `const { isMainThread } = require('node:worker_threads');
    const { appendFileSync, readFileSync } = require('node:fs');
    function waited() {
      try {
        return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[1]) / 1e9;
      } catch {
        return null;
      }
    }
    process.on('exit', () => {
      const usage = isMainThread ? process.resourceUsage() : undefined;
      appendFileSync(process.env.LOGCNN_USAGE, JSON.stringify({ waited: waited(), usage }) + '\\n');
    });`,
  );
  const run = { seconds: Infinity, cpuSeconds: Infinity, waitedSeconds: NaN, peakMemory: 0 };
  const program = [
    '--require',
    preload,
    'dist/cli/detect-anomalies.js',
    '--output',
    join(folder, 'anomalies.txt'),
    '--no-config',
  ];
  for (let i = 0; i < repeats; i++) {
    rmSync(usage, { force: true });
    const { seconds } = await shortest(1, () =>
      outputOf(process.execPath, [...program, ...args], { LOGCNN_USAGE: usage }),
    );
    const threads = readFileSync(usage, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ThreadUsage);
    const { userCPUTime, systemCPUTime, maxRSS } = threads.find((thread) => thread.usage !== undefined)!.usage!;
    if (seconds < run.seconds) {
      run.seconds = seconds;
      run.waitedSeconds = threads.reduce((sum, { waited }) => sum + (waited ?? NaN), 0);
    }
    run.cpuSeconds = Math.min(run.cpuSeconds, (userCPUTime + systemCPUTime) / 1e6);
    // In kilobytes on every platform.
    run.peakMemory = Math.max(run.peakMemory, 1024 * maxRSS);
  }
  return run;
}

function outputOf(program: string, args: readonly string[], env: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${program} ${args.join(' ')}: ${errors}`)),
    );
  });
}
