import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { CancelledError } from '../../src/core/cancellation';
import type { Finding, ScanSummary } from '../../src/core/findings/finding';
import { followLog } from '../../src/node/scan/followLog';
import { readLabels, readLines } from './dataSets';
import { listedBy, shippedScanner, writeLog } from './listed';
import { report } from './report';

/** Share of a log that is there at first; the rest comes in so many pieces. */
const FIRST = 0.6;
const PIECES = 12;
/** Looks at the file after the last piece, in which a last line without end is taken as complete. */
const LAST_LOOKS = 5;
const SETTINGS = { unsupervised: true };

/** What is found in logs that are followed from their first part on, beside what a scan finds in the whole. */
export async function evaluateFollowedLogs(): Promise<void> {
  const bgl = readLines('bgl/BGL_dev.log.gz').map((line) => line.slice(line.indexOf(' ') + 1));
  await evaluate('HDFS_dev', readLines('hdfs/HDFS_dev.log.gz'), readLabels('hdfs/HDFS_dev_labels.csv'));
  await evaluate('nova', readLines('openstack/nova_dev.log.gz'), readLabels('openstack/nova_dev_labels.csv'));
  await evaluate('BGL', bgl, new Map());
}

async function evaluate(set: string, lines: readonly string[], labels: ReadonlyMap<string, boolean>): Promise<void> {
  const anomalousOf = (findings: readonly { block: string; anomalous: boolean }[]): number =>
    findings.filter(({ block, anomalous }) => anomalous && labels.get(block) === true).length;
  const scanner = shippedScanner();
  const { summary, entries } = await listedBy(scanner, writeLog('whole.log', lines), SETTINGS);
  await scanner.release();
  report({ set, detector: 'scanned', findings: summary.anomalous, 'labelled anomalies': anomalousOf(entries) });
  const followed = await followedTo(lines);
  const found = { findings: followed.summary.anomalous, 'labelled anomalies': anomalousOf(followed.findings) };
  report({ set, detector: 'followed', ...found });
}

interface Followed {
  summary: ScanSummary;
  findings: Finding[];
}

/** What is told in the end of a log that grows to these lines. */
async function followedTo(lines: readonly string[]): Promise<Followed> {
  const first = Math.floor(FIRST * lines.length);
  const file = writeLog('growing.log', lines.slice(0, first));
  const placeOf = (piece: number): number => first + Math.floor((piece * (lines.length - first)) / PIECES);
  let [time, looks] = [0, 0];
  let last: Followed | undefined;
  try {
    await followLog(file, SETTINGS, path.resolve('models'), {
      onProgress: () => undefined,
      onUpdate: async ({ verdict }) => {
        last = { summary: verdict.summary, findings: await verdict.findings(0, verdict.anomalous) };
      },
      isCancelled: () => looks > PIECES + LAST_LOOKS,
      now: () => time,
      pause: async (milliseconds) => {
        time += milliseconds;
        const piece = lines.slice(placeOf(looks), placeOf(Math.min(PIECES, looks + 1)));
        looks++;
        appendFileSync(file, piece.map((line) => `${line}\n`).join(''));
      },
    });
  } catch (error) {
    if (!(error instanceof CancelledError)) {
      throw error;
    }
  }
  if (last === undefined) {
    throw new Error('Nothing was told of the followed log.');
  }
  return last;
}
