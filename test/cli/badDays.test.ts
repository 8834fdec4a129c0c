import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, openSync, closeSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { hdfsLog } from '../support/hdfsLog';
import { runProgram } from '../support/runProgram';
import { temporaryFolder } from '../support/temporaryFolder';

interface Report {
  lines: number;
  blocks: number;
  anomalous: number;
  notes: string[];
  findings: { score: number; lines: number[] }[];
}

describe('detect-anomalies on a bad day', () => {
  const at = temporaryFolder();
  const FULL = '/dev/full';

  function detect(input: string, ...args: string[]): Report {
    const { code, stdout, stderr } = runProgram(
      'detect-anomalies',
      ['--input', '-', '--output', '-', '--format', 'json', ...args],
      at(),
      input,
    );
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as Report;
  }

  function assertScores({ findings }: Report): void {
    for (const { score } of findings) {
      assert.ok(score >= 0 && score <= 1, String(score));
    }
  }

  describe('when the disk is full', () => {
    // Linux has a device that is always full.
    if (!existsSync(FULL)) {
      return;
    }

    beforeEach(() => {
      writeFileSync(at('a.log'), [...hdfsLog({ seed: 5, blocks: 50, anomalousShare: 0.5 })].join('\n'));
    });

    for (const [what, args] of [
      ['a report', ['--output', '-']],
      ['all blocks', ['--output', '-', '--all-blocks', '--format', 'json']],
      ['the rows of a cluster', ['--map']],
    ] as const) {
      it(`says so where standard output takes ${what}`, () => {
        const stdout = openSync(FULL, 'w');
        const { status, stderr } = spawnSync(
          process.execPath,
          [resolve('dist/cli/detect-anomalies.js'), '--input', at('a.log'), ...args],
          { cwd: at(), stdio: ['ignore', stdout, 'pipe'], encoding: 'utf8' },
        );
        closeSync(stdout);
        assert.equal(status, 2);
        assert.equal(
          stderr,
          'detect-anomalies: standard output cannot be written because the disk is full; free some space and try again.\n',
        );
      });
    }

    it('says so where a device is the output, and leaves the device there', () => {
      const { code, stderr } = runProgram('detect-anomalies', ['--input', 'a.log', '--output', FULL], at());
      assert.equal(code, 2);
      assert.match(stderr, /^detect-anomalies: \/dev\/full cannot be written because the disk is full;.*\n$/);
      assert.ok(statSync(FULL).isCharacterDevice());
    });

    it('says so where results are saved beside, and leaves the earlier ones and nothing half-written', () => {
      // As if the disk had room for 20 KB.
      writeFileSync(
        at('full.cjs'),
        `const { promises } = require('node:fs');
        const { open } = promises;
        let room = 20_000;
        promises.open = async (...args) => {
          const handle = await open(...args);
          const write = handle.write.bind(handle);
          handle.write = async (bytes, ...rest) => {
            room -= bytes.length;
            if (room < 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
            return write(bytes, ...rest);
          };
          return handle;
        };`,
      );
      writeFileSync(at('out.json'), 'earlier');
      const names = readdirSync(at()).sort();
      const args = ['--input', 'a.log', '--output', 'out.json', '--all-blocks', '--save-features', 'features'];
      const run = runProgram('detect-anomalies', args, at(), '', { NODE_OPTIONS: `--require ${at('full.cjs')}` });
      assert.equal(run.code, 2, run.stderr);
      assert.match(run.stderr, /cannot be written because the disk is full/);
      assert.equal(run.stderr.trimEnd().split('\n').length, 1, run.stderr);
      const after = readdirSync(at(), { recursive: true }).map(String).sort();
      assert.deepEqual(
        after.filter((name) => !name.startsWith('features')),
        names,
      );
      assert.ok(!after.some((name) => name.endsWith('.tmp')), after.join(', '));
      assert.equal(readFileSync(at('out.json'), 'utf8'), 'earlier');
    });
  });

  it('says that a log may not be read', () => {
    writeFileSync(at('a.log'), 'x\n');
    writeFileSync(
      at('denied.cjs'),
      `const fs = require('node:fs');
      const { open } = fs;
      fs.open = (path, ...rest) =>
        String(path).endsWith('a.log')
          ? rest.at(-1)(Object.assign(new Error('no'), { code: 'EACCES' }))
          : open(path, ...rest);`,
    );
    const run = runProgram('detect-anomalies', ['--input', 'a.log'], at(), '', {
      NODE_OPTIONS: `--require ${at('denied.cjs')}`,
    });
    assert.equal(run.code, 2);
    assert.equal(run.stderr, 'detect-anomalies: a.log may not be accessed; check its permissions.\n');
    assert.ok(!existsSync(at('anomalies.txt')));
  });

  describe('of a log that is one line a million times', () => {
    it('finds nothing without labels', () => {
      const report = detect('2026-01-01T00:00:00Z INFO app all is well\n'.repeat(1_000_000));
      assert.deepEqual([report.lines, report.blocks, report.anomalous], [1_000_000, 50_000, 0]);
    });

    it('has each of its lines once among all blocks, with scores that are numbers', () => {
      const lines = 100_000;
      const report = detect('2026-01-01T00:00:00Z INFO app all is well\n'.repeat(lines), '--all-blocks');
      assertScores(report);
      assert.equal(new Set(report.findings.flatMap((finding) => finding.lines)).size, lines);
    });

    it('is one block for a model, whose score is a number', () => {
      const line = [...hdfsLog({ seed: 5, blocks: 1, anomalousShare: 0 })][0];
      const report = detect(`${line}\n`.repeat(1_000_000));
      assert.deepEqual([report.lines, report.blocks], [1_000_000, 1]);
      assertScores(report);
    });
  });

  it('says that a log has more forms of messages than are told apart', () => {
    const word = (n: number): string => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    const messages = (count: number): string =>
      Array.from(
        { length: count },
        (_, i) => `2026-01-01T00:00:00Z INFO app ${word(i)}${'-('.repeat(i % 20)}${word(i * 7)}\n`,
      ).join('');
    const { notes, lines } = detect(messages(16_500));
    assert.equal(lines, 16_500);
    assert.ok(
      notes.some((note) => note.startsWith('more than 16384 forms of messages: further ones were taken for one')),
      notes.join('\n'),
    );
    assert.ok(!detect(messages(300)).notes.some((note) => note.startsWith('more than')));
  });
});
