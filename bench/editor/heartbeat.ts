import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Beat } from './beat';

/** Milliseconds between two beats. */
const INTERVAL = 5;
/** Beats between two looks whether to stop. */
const PATIENCE = 100;

/**
 * Beats in the extension host until the file LOGCNN_BENCH_STOP exists, and writes all beats to LOGCNN_BENCH_BEATS. VS Code
 * takes it for a suite of extension tests and calls it.
 */
export async function run(): Promise<void> {
  const { LOGCNN_BENCH_BEATS: path, LOGCNN_BENCH_STOP: stop } = process.env;
  if (!path || !stop) throw new Error('Run this through npm run bench:editor.');
  const beats: Beat[] = [];
  let last = performance.now();
  let lastThread = threadTime();
  while (beats.length % PATIENCE !== 0 || !existsSync(stop)) {
    await setTimeout(INTERVAL);
    const now = performance.now();
    const thread = threadTime();
    const { user, system } = process.cpuUsage();
    const late = now - last - INTERVAL;
    beats.push({ at: Date.now(), late, busy: thread - lastThread, process: (user + system) / 1e6 });
    last = now;
    lastThread = thread;
  }
  writeFileSync(path, JSON.stringify(beats));
}

/** Milliseconds of processor time that this thread has used. */
function threadTime(): number {
  // Node 20, by whose types this is checked, does not have it yet; the offline VS Code runs on Node 24.
  const { user, system } = (
    process as unknown as { threadCpuUsage(): { user: number; system: number } }
  ).threadCpuUsage();
  return (user + system) / 1000;
}
