import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a run of a program took. */
export interface ProgramRun {
  seconds: number;
  /** Highest resident memory in bytes; 0 where it was not measured. */
  peakMemory: number;
}

/** The shortest of several runs of a function, in seconds: what other programs on the machine add is not counted. */
export async function shortest(repeats: number, run: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    await run();
    best = Math.min(best, performance.now() - start);
  }
  return best / 1000;
}

/**
 * The shortest run of a shell command, its start included. Its output goes through a pipe: grep stops at the first match
 * where it sees that nobody will read it.
 * @throws Error if it fails
 */
export async function runCommand(repeats: number, command: string): Promise<number> {
  return shortest(repeats, () => exitOf('/bin/sh', ['-c', `${command} | cat`], {}));
}

/**
 * The shortest run of detect-anomalies as it was built, as a process of its own, and the highest memory of these runs.
 * @param folder where it may leave its report
 * @throws Error if it fails
 */
export async function runDetection(repeats: number, folder: string, args: readonly string[]): Promise<ProgramRun> {
  const preload = join(folder, 'measure.cjs');
  const memory = join(folder, 'memory.txt');
  // maxRSS is in kilobytes on every platform.
  writeFileSync(
    preload,
    `if (require('node:worker_threads').isMainThread)
      process.on('exit', () => require('node:fs').writeFileSync(process.env.LOGCNN_MEMORY, String(process.resourceUsage().maxRSS)));`,
  );
  let peakMemory = 0;
  const program = [
    '--require',
    preload,
    'dist/cli/detect-anomalies.js',
    '--output',
    join(folder, 'anomalies.txt'),
    '--no-config',
  ];
  const seconds = await shortest(repeats, async () => {
    await exitOf(process.execPath, [...program, ...args], { LOGCNN_MEMORY: memory });
    peakMemory = Math.max(peakMemory, 1024 * Number(readFileSync(memory, 'utf8')));
  });
  return { seconds, peakMemory };
}

function exitOf(program: string, args: readonly string[], env: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ${args.join(' ')}: ${errors}`)),
    );
  });
}
