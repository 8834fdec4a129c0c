import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { resolve } from 'node:path';

/** Whether the system has named pipes. */
export const HAS_PIPES = process.platform !== 'win32';

/** Makes a named pipe. */
export function makePipe(path: string): void {
  execFileSync('mkfifo', [path]);
}

/** How a shell command ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stderr: string;
}

/** Runs a command line of bash. `$D`, `$P` and `$T` are the programs, `$S` is the sample of HDFS. */
export async function bash(command: string, cwd: string): Promise<Ended & { stdout: string }> {
  const child = spawn('bash', ['-c', command], {
    cwd,
    env: {
      ...process.env,
      D: `${process.execPath} ${resolve('dist/cli/detect-anomalies.js')}`,
      P: `${process.execPath} ${resolve('dist/cli/predict-anomalies.js')}`,
      T: `${process.execPath} ${resolve('dist/cli/train-model.js')}`,
      S: resolve('samples/hdfs-small.log'),
    },
  });
  child.stdin.end();
  const stdout: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => stdout.push(bytes));
  return { ...(await endOf(child)), stdout: Buffer.concat(stdout).toString() };
}

/** Waits for the end of a child. */
export async function endOf(child: ChildProcess): Promise<Ended> {
  const stderr: Buffer[] = [];
  child.stderr?.on('data', (bytes: Buffer) => stderr.push(bytes));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, stderr: Buffer.concat(stderr).toString() };
}

/** Waits until a process has opened a file; on Linux, whose /proc tells it. */
export async function hasOpened(pid: number, path: string): Promise<void> {
  for (;;) {
    const descriptors = await readdir(`/proc/${pid}/fd`);
    const files = await Promise.all(descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
    if (files.includes(path)) {
      return;
    }
  }
}

/** The rows of a text report, without what it says of the input. */
export function rowsOf(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'));
}
