import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endOf } from '../support/pipes';
import { temporaryFolder } from '../support/temporaryFolder';

/** What a scan found, as far as it is looked at here. */
interface Report {
  lines: number;
  blocks: number;
  notes: string[];
  findings: { line: number; lines: number[] }[];
}

describe('memory of a whole scan', () => {
  const at = temporaryFolder();

  /** Pipes a log into detect-anomalies; the megabytes that it took at the peak, and its report. */
  async function scan(
    log: Iterable<string>,
    options: readonly string[] = [],
  ): Promise<{ peak: number; report: Report }> {
    writeFileSync(
      at('peak.mjs'),
      `import { writeFileSync } from 'node:fs';
       process.on('exit', () => writeFileSync('peak.txt', String(process.resourceUsage().maxRSS)));`,
    );
    const program = resolve('dist', 'cli', 'detect-anomalies.js');
    const args = ['--no-config', '--input', '-', '--output', 'found.json', ...options];
    const child = spawn(process.execPath, ['--import', pathToFileURL(at('peak.mjs')).href, program, ...args], {
      cwd: at(),
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    const ended = endOf(child);
    for (const text of log) {
      if (!child.stdin.write(text)) {
        await once(child.stdin, 'drain');
      }
    }
    child.stdin.end();
    assert.equal((await ended).code, 0);
    // Kilobytes.
    const peak = Number(readFileSync(at('peak.txt'), 'utf8')) / 1024;
    return { peak, report: JSON.parse(readFileSync(at('found.json'), 'utf8')) as Report };
  }

  function* repeated(text: string, lines: number, times: number): Generator<string> {
    for (let i = 0; i < times; i++) {
      yield text.repeat(lines);
    }
  }

  it('is below a gigabyte for ten million lines, of which the only error is found in the last part', async () => {
    const { peak, report } = await scan(
      (function* () {
        yield* repeated('a\n', 100_000, 99);
        yield* repeated('a\n', 99_000, 1);
        yield 'ERROR disk failure\n';
        yield* repeated('a\n', 999, 1);
      })(),
    );
    assert.equal(report.lines, 10_000_000);
    assert.deepEqual(
      report.findings.map(({ line }) => line),
      [9_999_001],
    );
    assert.ok(report.notes.some((note) => /large log: \d+ of 10000000 records were judged/.test(note)));
    assert.ok(peak < 1000, `${peak} MB`);
  });

  it('does not grow with the continuation lines of a record, whose lines are all told', async () => {
    const { peak, report } = await scan(
      (function* () {
        yield* repeated('2024-01-01 10:00:00 INFO app - all is well\n', 300, 1);
        yield '2024-01-01 10:00:01 ERROR app - disk failure\n';
        yield* repeated('  more of it\n', 100_000, 50);
      })(),
    );
    assert.equal(report.findings[0].lines.length, 5_000_001);
    assert.ok(peak < 350, `${peak} MB`);
  });

  it('takes few bytes for each record that a model reads', async () => {
    const sessions = 200_000;
    const { peak, report } = await scan(
      (function* () {
        for (let session = 1; session <= sessions; session++) {
          const block = `blk_${1_000_000_007 * session}`;
          const line = `081109 203518 143 INFO dfs.DataNode$PacketResponder: PacketResponder 1 for block ${block} terminating\n`;
          yield line.repeat(20);
        }
      })(),
    );
    assert.equal(report.lines, 20 * sessions);
    assert.ok(peak < 400, `${peak} MB`);
  });

  it('is below a gigabyte for hundreds of good logs, of which together more records are there than can be kept', async () => {
    const logs = 400;
    const lines = 25_000;
    writeFileSync(at('good-0.log'), 'a\n'.repeat(lines));
    for (let log = 1; log < logs; log++) {
      linkSync(at('good-0.log'), at(`good-${log}.log`));
    }
    const { peak, report } = await scan(
      ['a\n'.repeat(1000), 'ERROR disk failure\n', 'a\n'.repeat(100)],
      Array.from({ length: logs }, (_, log) => ['--baseline', `good-${log}.log`]).flat(),
    );
    assert.deepEqual(
      report.findings.map(({ line }) => line),
      [1001],
    );
    assert.ok(
      report.notes.some((note) => /^large good logs: of \d+ of them a sample was compared with/.test(note)),
      report.notes.join('\n').slice(-1000),
    );
    assert.ok(peak < 1000, `${peak} MB`);
  });

  it('is below a gigabyte for more sessions of longer keys than can be kept for a model, of which a share is judged', async () => {
    const sessions = 2_000_000;
    const { peak, report } = await scan(
      (function* () {
        const rest = '7'.repeat(230);
        for (let session = 1; session <= sessions; session++) {
          yield `081109 203518 143 INFO dfs.DataNode$PacketResponder: PacketResponder 1 for block blk_${session}${rest} terminating\n`;
        }
      })(),
      ['--max-findings', '10'],
    );
    assert.equal(report.lines, sessions);
    assert.ok(Math.abs(report.blocks / (sessions / 2) - 1) < 0.05, `${report.blocks} sessions`);
    assert.ok(
      report.notes.some((note) => /^very large log: one of about 2 sessions was judged/.test(note)),
      report.notes.join('\n'),
    );
    assert.ok(peak < 1000, `${peak} MB`);
  });
});
