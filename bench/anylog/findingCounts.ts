import { readdirSync } from 'node:fs';
import path from 'node:path';
import { EVERYDAY_LOGS } from '../../test/support/everydayLogs';
import { writeLog as writeFirstLines } from '../speed/logFile';
import { serverLog } from '../speed/serverLog';
import { DATA } from './dataSets';
import { listedBy, shippedScanner, writeLog } from './listed';
import { report } from './report';

const SEEDS = [1, 2, 3, 4, 5];
/** Lines of a log with thousands of templates. */
const SERVER_LINES = 441_000;

/**
 * How long the lists of findings are: of invented logs in which nothing is wrong, or one thing, which is to be the first
 * finding; of LogHub's samples of 2,000 lines, which have no labels; and of an invented server without any fault.
 */
export async function evaluateFindingCounts(): Promise<void> {
  const scanner = shippedScanner();
  for (const { name, faults, write } of EVERYDAY_LOGS) {
    for (const fault of [undefined, ...faults]) {
      let [findings, first, seconds] = [0, 0, 0];
      for (const seed of SEEDS) {
        const log = write(seed, fault);
        const listed = await listedBy(scanner, writeLog('everyday.log', log.text.trimEnd().split('\n')));
        const [entry] = listed.entries;
        findings += listed.summary.anomalous;
        seconds += listed.seconds;
        const isHit = log.fault !== undefined && log.fault.first <= entry.line && entry.line <= log.fault.last;
        first += isHit && entry.anomalous ? 1 : 0;
      }
      report({
        set: 'everyday',
        detector: `${name}, ${fault ?? 'healthy'}`,
        'hit@1': fault && first / SEEDS.length,
        findings: findings / SEEDS.length,
        seconds,
      });
    }
  }
  const samples = path.join(DATA, 'formats', 'loghub_2k');
  for (const system of readdirSync(samples).sort()) {
    const file = path.join(samples, system, `${system}_2k.log`);
    const { summary, seconds } = await listedBy(scanner, file, { unsupervised: true });
    report({ set: 'loghub_2k', detector: system, findings: summary.anomalous, seconds });
  }
  const server = writeLog('server.log', []);
  await writeFirstLines(server, serverLog(1), SERVER_LINES);
  const { summary, seconds } = await listedBy(scanner, server);
  report({ set: 'server', detector: 'thousands of templates, healthy', findings: summary.anomalous, seconds });
  await scanner.release();
}
