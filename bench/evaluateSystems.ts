// How soon what is listed of a log leads to its cause, system by system, beside the simple baselines; and how long the
// lists of healthy logs are. Arguments: names of systems, see systems/registry.ts; all without. JSON in out/bench/systems.json.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { listedBy, shippedScanner } from './anylog/listed';
import { linedLog, linesByBaselines } from './anylog/rankedLines';
import { interval, measure, MOST_READ, rankOfCause, type ListedLines, type Measured } from './systems/measured';
import { SYSTEMS } from './systems/registry';
import type { JudgedLog, LogSystem } from './systems/system';

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const scanner = shippedScanner();
  const results: Record<string, Record<string, Measured>> = {};
  const ranks: Record<string, Record<string, { rank: number | null; findings: number }>> = {};
  console.log(`${''.padEnd(46)}units   first  95 %         ten  to read  silent  findings`);
  for (const system of SYSTEMS) {
    if (wanted.length > 0 && !wanted.includes(system.name)) {
      continue;
    }
    const logs = system.logs();
    const rankings = await rankingsOf(logs, async (log, baselines) => {
      try {
        const { summary, entries } = await listedBy(scanner, log.file, { baseline: baselines });
        return { lines: entries.slice(0, MOST_READ).map(({ line }) => line), findings: summary.anomalous };
      } catch {
        return { lines: [], findings: 0 };
      }
    });
    results[system.name] = {};
    for (const [detector, listed] of rankings) {
      results[system.name][detector] = print(system, detector, logs, listed);
    }
    const ours = rankings.get('LogCNN')!;
    ranks[system.name] = Object.fromEntries(
      logs.map((log, i) => [
        log.file.split('/').slice(-2).join('/'),
        { rank: rankOfCause(log, ours[i].lines) ?? null, findings: ours[i].findings },
      ]),
    );
  }
  await scanner.release();
  mkdirSync('out/bench', { recursive: true });
  writeFileSync('out/bench/systems.json', JSON.stringify({ results, ranks }, undefined, 1));
}

/** Per detector what it lists of each log. */
async function rankingsOf(
  logs: readonly JudgedLog[],
  scan: (log: JudgedLog, baselines?: string[]) => Promise<ListedLines>,
): Promise<Map<string, ListedLines[]>> {
  const rankings = new Map<string, ListedLines[]>();
  const add = (detector: string, listed: ListedLines): void => {
    rankings.set(detector, [...(rankings.get(detector) ?? []), listed]);
  };
  for (const log of logs) {
    add('LogCNN', await scan(log));
    if (log.good !== undefined) {
      add('LogCNN with the good log', await scan(log, [log.good]));
    }
    if (log.causes.length > 0 && process.env.BASELINES !== '0') {
      const lines = readFileSync(log.file, 'utf8').split(/\r\n|\r|\n/);
      for (const [detector, listed] of await linesByBaselines(linedLog(lines), MOST_READ)) {
        add(detector, { lines: listed, findings: listed.length });
      }
    }
  }
  return rankings;
}

function print({ name }: LogSystem, detector: string, logs: readonly JudgedLog[], listed: ListedLines[]): Measured {
  const own = logs.length === listed.length ? logs : logs.filter(({ good }) => good !== undefined);
  const measured = measure(own, listed);
  const [low, high] = interval(own, (i) => (rankOfCause(own[i], listed[i].lines) === 1 ? 1 : 0));
  const share = (value: number): string => value.toFixed(2).padStart(6);
  console.log(
    `${name.padEnd(20)}${detector.padEnd(26)}${String(measured.units).padStart(5)}${share(measured.first).padStart(8)} ${share(low)}–${high.toFixed(2)}${share(measured.firstTen).padStart(8)}${measured.toRead.toFixed(1).padStart(8)}${share(measured.silent).padStart(9)}${measured.findings.toFixed(1).padStart(9)}`,
  );
  return measured;
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
