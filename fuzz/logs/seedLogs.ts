import { readFileSync } from 'node:fs';
import { CATALOGUE } from '../../src/core/formats/catalogue';
import { EVERYDAY_LOGS } from '../../test/support/everydayLogs';
import { hdfsLog } from '../../test/support/hdfsLog';
import { ciLog, jsonLog, springBootLog, terminalLog, unknownFormatLog } from '../../test/support/serviceLogs';
import { binaryOf } from '../binary';
import type { InputRandom } from '../random';

/** A log that inputs are made of. */
export interface SeedLog {
  name: string;
  /** The whole log, one character a byte. */
  text: () => string;
}

/** A log that the bundled model reads. */
export const HDFS_LOGS: readonly SeedLog[] = [
  seedLog('hdfs', () => [...hdfsLog({ seed: 1, blocks: 120, anomalousShare: 0.1 })].join('\n')),
  seedLog('samples/hdfs-small.log', () => readFileSync('samples/hdfs-small.log', 'utf8')),
];

/** Logs of many kinds, most of them invented by the generators of the tests. */
export const SEED_LOGS: readonly SeedLog[] = [
  ...HDFS_LOGS,
  ...EVERYDAY_LOGS.flatMap(({ name, faults, write }) => [
    seedLog(name, () => write(1).text),
    ...faults.map((fault) => seedLog(`${name} with ${fault}`, () => write(2, fault).text)),
  ]),
  seedLog('spring-boot trace', () => springBootLog(3).text),
  seedLog('pino', () => jsonLog(3).text),
  seedLog('github actions', () => ciLog(3).text),
  seedLog('terminal', () => terminalLog(3).text),
  seedLog('unknown format', () => unknownFormatLog(3).text),
  ...CATALOGUE.map(({ name, examples }) =>
    seedLog(`format ${name}`, () =>
      Array.from({ length: 120 }, (_, i) => examples[(i * i) % examples.length].line.replace(/\d\b/, `${i % 10}`)).join(
        '\n',
      ),
    ),
  ),
];

/** Lines of a log, so few that an input takes milliseconds, now and then more. */
export function excerpt(log: SeedLog, random: InputRandom): string {
  const lines = log.text().split('\n');
  const count = random.size(random.chance(0.03) ? 1000 : 150);
  const start = random.below(Math.max(1, lines.length - count));
  return `${lines.slice(start, start + count).join('\n')}\n`;
}

function seedLog(name: string, write: () => string): SeedLog {
  let text: string | undefined;
  return { name, text: () => (text ??= binaryOf(write())) };
}
