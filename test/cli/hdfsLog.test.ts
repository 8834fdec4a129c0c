import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { runProgram } from '../support/runProgram';
import { sharedData, skipWithoutSharedData } from '../support/sharedData';
import { temporaryFolder } from '../support/temporaryFolder';

interface Report {
  blocks: number;
  findings: { block: string; score: number; anomalous: boolean; lines: number[] }[];
}

describe('detect-anomalies on a genuine HDFS log', () => {
  const at = temporaryFolder();
  let log: Buffer;
  let anomalies: Set<string>;

  before(function () {
    skipWithoutSharedData(this);
    log = gunzipSync(readFileSync(sharedData('hdfs/HDFS_dev.log.gz')!));
    const rows = parse<Record<string, string>>(readFileSync(sharedData('hdfs/HDFS_dev_labels.csv')!), {
      columns: true,
    });
    anomalies = new Set(rows.filter(({ Label }) => Label === 'Anomaly').map(({ BlockId }) => BlockId));
  });

  function detect(content: Uint8Array | string): Report {
    writeFileSync(at('hdfs.log'), content);
    const { code, stderr } = runProgram('detect-anomalies', ['-i', 'hdfs.log', '-o', 'o.json', '--all-blocks'], at());
    assert.equal(code, 0, stderr);
    return JSON.parse(readFileSync(at('o.json'), 'utf8')) as Report;
  }

  function f1(report: Report): number {
    const found = report.findings.filter(({ anomalous }) => anomalous).map(({ block }) => block);
    const right = found.filter((block) => anomalies.has(block)).length;
    return (2 * right) / (found.length + anomalies.size);
  }

  it('reaches an F1 of 0.995 from raw text', () => {
    const report = detect(log);
    assert.equal(report.blocks, 5781);
    assert.ok(f1(report) >= 0.995, `F1 is ${f1(report)}`);
  });

  it('is not confused by lines of a type that the training lacks, each naming a hundred blocks', () => {
    const plain = detect(log);
    const lines = log.toString('utf8').trimEnd().split('\n');
    const blocks = plain.findings.map(({ block }) => block);
    // Every block is named about twice, among them normal ones at their end, as in a genuine cluster.
    const deletions = Array.from({ length: 120 }, (_, i) => {
      const named = Array.from({ length: 100 }, (_unused, k) => blocks[(i * 97 + k * 61) % blocks.length]);
      return `081111 11${String(i % 60).padStart(2, '0')}00 19 INFO dfs.FSNamesystem: BLOCK* ask 10.250.14.196:50010 to delete  ${named.join(' ')}`;
    });
    const step = Math.floor(lines.length / deletions.length);
    const mixed = lines.flatMap((line, i) =>
      i % step === 0 && i / step < deletions.length ? [line, deletions[i / step]] : [line],
    );
    const report = detect(mixed.join('\n'));
    const scores = new Map(report.findings.map(({ block, score }) => [block, score]));
    for (const { block, score } of plain.findings) {
      assert.equal(scores.get(block), score, block);
    }
    const linesOf = ({ findings }: Report): number => findings.reduce((sum, { lines: own }) => sum + own.length, 0);
    assert.ok(linesOf(report) > linesOf(plain) + 5000, 'the lines do belong to the blocks that they name');
  });
});
