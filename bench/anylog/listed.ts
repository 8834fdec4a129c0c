import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../src/core/errors/userError';
import type { Finding, ScanSummary } from '../../src/core/findings/finding';
import { openLog } from '../../src/node/files/logSource';
import { LogScanner } from '../../src/node/scan/scanLog';
import type { ScanSettings } from '../../src/node/settings/scanSettings';

/** What the programs list of a log, as `detect-anomalies --all-blocks --format json` writes it. */
export interface ListedLog {
  summary: ScanSummary;
  /** All entries in the order listed: the findings, then the rest of the log. */
  entries: Finding[];
  /** Reading, judging and listing. */
  seconds: number;
}

/** Scans a log as the programs do. */
export async function listedBy(scanner: LogScanner, file: string, settings: ScanSettings = {}): Promise<ListedLog> {
  const started = performance.now();
  const { verdict } = await scanner.scan(await openLog(file), settings);
  const entries = await verdict.findings(0, verdict.total);
  return { summary: verdict.summary, entries, seconds: (performance.now() - started) / 1000 };
}

/** The same; undefined where the programs refuse the log. */
export async function listedOrRefused(
  scanner: LogScanner,
  file: string,
  settings: ScanSettings = {},
): Promise<ListedLog | undefined> {
  try {
    return await listedBy(scanner, file, settings);
  } catch (error) {
    if (error instanceof UserError) {
      return undefined;
    }
    throw error;
  }
}

/** The programs' scanner with the bundled models. */
export function shippedScanner(): LogScanner {
  return new LogScanner(path.resolve('models'));
}

/** Writes a log that is put together from the shared data, for the programs to read. */
export function writeLog(name: string, lines: readonly string[]): string {
  const file = path.resolve('out/bench/data/logs-made', name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  return file;
}
