// How soon what is listed of a log leads to its cause, system by system, beside the simple baselines; and how long the
// lists of healthy logs are. Arguments: names of systems, see systems/registry.ts; all without. JSON in out/bench/systems.json.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { LogScanner } from '../src/node/scan/scanLog';
import { listedOrRefused, shippedScanner } from './anylog/listed';
import { linedLog, linesByBaselines } from './anylog/rankedLines';
import { firstInterval, measure, MOST_READ, rankOfCause, type Listing, type Measured } from './systems/measured';
import { SYSTEMS } from './systems/registry';
import type { JudgedLog } from './systems/system';

/** Name of the programs in the table. */
const OURS = 'LogCNN';

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const scanner = shippedScanner();
  const untouched = new Map<string, Listing>();
  const results: Record<string, Record<string, Measured>> = {};
  const ranks: Record<string, Record<string, { rank: number | null; findings: number }>> = {};
  console.log(`${''.padEnd(62)}units   first  95 %         ten  to read  silent  findings`);
  for (const { name, logs } of SYSTEMS) {
    if (wanted.length > 0 && !wanted.includes(name)) {
      continue;
    }
    const listings = await listingsOf(scanner, logs(), untouched);
    results[name] = {};
    for (const [detector, listed] of listings) {
      results[name][detector] = measure(listed);
      console.log(rowOf(name, detector, listed));
    }
    ranks[name] = Object.fromEntries(
      listings
        .get(OURS)!
        .map(({ log, lines, findings }) => [
          log.file.split('/').slice(-2).join('/'),
          { rank: rankOfCause(log, lines) ?? null, findings },
        ]),
    );
  }
  await scanner.release();
  mkdirSync('out/bench', { recursive: true });
  writeFileSync('out/bench/systems.json', JSON.stringify({ results, ranks }, undefined, 1));
}

/**
 * By the name of the detector what it lists of each log; the baselines only of logs with a cause.
 * @param untouched what is listed of logs without the faults that were put into them, by their paths; added to
 */
async function listingsOf(
  scanner: LogScanner,
  logs: readonly JudgedLog[],
  untouched: Map<string, Listing>,
): Promise<Map<string, Listing[]>> {
  const listings = new Map<string, Listing[]>();
  const add = (detector: string, listing: Listing): void => {
    listings.set(detector, [...(listings.get(detector) ?? []), listing]);
  };
  const scan = async (log: JudgedLog, baseline?: string[]): Promise<Listing> => {
    const listed = await listedOrRefused(scanner, log.file, { baseline });
    const lines = listed?.entries.slice(0, MOST_READ).map(({ line }) => line) ?? [];
    return { log, lines, findings: listed?.summary.anomalous ?? 0 };
  };
  for (const log of logs) {
    const listing = await scan(log);
    add(OURS, listing);
    if (log.untouched !== undefined) {
      const before = untouched.get(log.untouched) ?? (await scan({ unit: log.unit, file: log.untouched, causes: [] }));
      untouched.set(log.untouched, before);
      add(`${OURS}, over and above`, overAndAbove(listing, before));
    }
    if (log.good !== undefined) {
      add(`${OURS} with the good log`, await scan(log, [log.good]));
    }
    if (log.causes.length > 0) {
      for (const [detector, lines] of await linesByBaselines(linedLog(linesOfFile(log.file)), MOST_READ)) {
        add(detector, { log, lines, findings: lines.length });
      }
    }
  }
  return listings;
}

/** What is listed of a log with a fault, without the findings that its untouched self has as well. */
function overAndAbove({ log, lines, findings }: Listing, before: Listing): Listing {
  const [texts, textsBefore] = [log.file, before.log.file].map(linesOfFile);
  const known = new Set(before.lines.slice(0, before.findings).map((line) => textsBefore[line - 1]));
  return {
    log,
    lines: lines.filter((line) => !known.has(texts[line - 1])),
    findings: Math.max(0, findings - before.findings),
  };
}

function linesOfFile(file: string): string[] {
  return readFileSync(file, 'utf8').split(/\r\n|\r|\n/);
}

function rowOf(system: string, detector: string, listed: readonly Listing[]): string {
  const { units, first, firstTen, toRead, silent, findings } = measure(listed);
  const [low, high] = firstInterval(listed);
  const cells: [value: string, width: number][] = [
    [String(units), 5],
    [first.toFixed(2), 8],
    [`${low.toFixed(2)}–${high.toFixed(2)}`, 11],
    [firstTen.toFixed(2), 8],
    [toRead.toFixed(1), 9],
    [silent.toFixed(2), 8],
    [findings.toFixed(1), 10],
  ];
  return system.padEnd(36) + detector.padEnd(26) + cells.map(([value, width]) => value.padStart(width)).join('');
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
