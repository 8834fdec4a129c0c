import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openLog } from '../../src/node/files/logSource';
import { mapLog } from '../../src/node/mapReduce/mapLog';
import { reduceRows } from '../../src/node/mapReduce/reduceRows';
import { fromBinary, toBinary } from '../binary';
import { demand } from '../fault';
import type { FuzzCase, Place } from '../fuzzCase';
import { BYTE_MUTATORS } from '../logs/byteMutators';
import { LINE_MUTATORS } from '../logs/lineMutators';
import { mutatedLog } from '../logs/mutatedLog';
import { HDFS_LOGS } from '../logs/seedLogs';
import { wholeVerdict, type WholeVerdict } from '../oracles/findings';
import { refusable } from '../oracles/refusal';
import type { InputRandom } from '../random';
import { inPieces, MODELS, scan } from './log';

const MODEL = join(MODELS, 'hdfs');

/** A log that is mapped and reduced has the findings of one that is scanned. */
export function mapReduceCase(random: InputRandom): FuzzCase {
  const log = mutatedLog(random, HDFS_LOGS);
  return {
    description: log.description,
    files: [{ name: 'app.log', bytes: log.bytes }],
    outputs: ['rows'],
    run: (place) =>
      refusable(async () => {
        const path = place.path('app.log');
        const scanned = await wholeVerdict(await scan(await openLog(path), { model: MODEL }));
        await writeFile(place.path('rows'), sortedRows(await mapped(path)));
        const reduced = await reduce(place, 'rows');
        const same = inOrder(scanned) === inOrder(reduced);
        demand(
          'map and reduce find something else than a scan',
          same,
          () => `${inOrder(scanned).slice(0, 300)} … ${inOrder(reduced).slice(0, 300)}`,
        );
      }),
  };
}

/** Rows of a map that were spoilt on their way. */
export function rowsCase(random: InputRandom): FuzzCase {
  const log = mutatedLog(random, HDFS_LOGS);
  const spoiling = random.fork();
  return {
    description: `rows of ${log.description}`,
    files: [{ name: 'app.log', bytes: log.bytes }],
    outputs: ['rows'],
    run: (place) =>
      refusable(async () => {
        let rows = toBinary(sortedRows(await mapped(place.path('app.log'))));
        for (let i = spoiling.between(1, 3); i > 0; i--) {
          rows = spoiling.chance(0.5)
            ? spoiltCell(rows, spoiling)
            : spoiling.pick([...BYTE_MUTATORS, ...LINE_MUTATORS]).apply(rows, spoiling, rows);
        }
        const bytes = fromBinary(rows);
        await writeFile(place.path('rows'), bytes);
        const verdict = await reduce(place, 'rows');
        checkRowFindings(verdict);
        const again = await reduceSource(await inPieces(place.path('rows'), bytes, spoiling));
        demand('rows in other pieces, another result', inOrder(verdict) === inOrder(again), () => '');
      }),
  };
}

async function mapped(path: string): Promise<Uint8Array> {
  const rows: Uint8Array[] = [];
  const settings = { model: MODEL, modelsFolder: MODELS, input: { offset: 0, whole: true } };
  await mapLog(await openLog(path), settings, async (piece) => {
    rows.push(Uint8Array.from(piece));
  });
  return Buffer.concat(rows);
}

/** As `LC_ALL=C sort` does it. */
function sortedRows(rows: Uint8Array): Uint8Array {
  const lines = toBinary(rows)
    .split('\n')
    .filter((line) => line !== '');
  return fromBinary(
    lines
      .sort((a, b) => (a < b ? -1 : Number(a > b)))
      .map((line) => `${line}\n`)
      .join(''),
  );
}

const CELLS = [
  '',
  '0',
  '-1',
  '1+4000000000',
  '+3',
  '4294967295',
  '4294967296+1',
  '1e9',
  'x',
  '?',
  '\\x',
  '\\xzz',
  '9'.repeat(40),
  '1000000000000000-0-0000000000000000',
];

function spoiltCell(rows: string, random: InputRandom): string {
  const lines = rows.split('\n');
  const line = random.below(lines.length);
  const cells = lines[line].split('\t');
  cells[random.below(cells.length)] = random.pick(CELLS);
  lines[line] = cells.join('\t');
  return lines.join('\n');
}

async function reduce(place: Place, name: string): Promise<WholeVerdict> {
  return reduceSource(await openLog(place.path(name)));
}

async function reduceSource(source: Parameters<typeof reduceRows>[0]): Promise<WholeVerdict> {
  const { verdict, close } = await reduceRows(source, { model: MODEL, modelsFolder: MODELS, allBlocks: true });
  try {
    return await wholeVerdict(verdict);
  } finally {
    await close();
  }
}

/** The findings by block: a reduce gives those that are not anomalous in the order of the rows. */
function inOrder({ findings, summary }: WholeVerdict): string {
  const texts = findings.map(({ block, score, anomalous, lines, line, kind, parts }) =>
    JSON.stringify([block, score, anomalous, Array.from(lines), line, kind, parts]),
  );
  return `${summary.blocks} blocks, ${summary.anomalous} anomalous\n${texts.sort().join('\n')}`;
}

function checkRowFindings(verdict: WholeVerdict): void {
  for (const { score, lines } of verdict.findings) {
    demand('a score that is no number from 0 to 1', score >= 0 && score <= 1, () => String(score));
    demand('a finding without lines', lines.length > 0, () => '');
  }
}
