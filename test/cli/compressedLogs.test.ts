import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHORT, SHORT_TEXT, zipOf } from '../support/compressed';
import { runProgram } from '../support/runProgram';
import { temporaryFolder } from '../support/temporaryFolder';

describe('compressed logs on the command line', () => {
  const at = temporaryFolder();

  function scan(...options: string[]): { code: number | null; stderr: string; lines?: number } {
    const { code, stdout, stderr } = runProgram('detect-anomalies', ['--output', '-', ...options], at());
    return { code, stderr, ...(code === 0 ? { lines: (JSON.parse(stdout) as { lines: number }).lines } : {}) };
  }

  it('are scanned as what they hold', () => {
    for (const [kind, bytes] of Object.entries(SHORT)) {
      writeFileSync(at(`${kind}.log`), bytes);
      assert.deepEqual(scan('--format', 'json', '--input', `${kind}.log`), { code: 0, stderr: '', lines: 100 }, kind);
    }
  });

  it('come from a pipe too, but no archive', () => {
    const piped = (input: Uint8Array) =>
      runProgram('detect-anomalies', ['--output', '-', '--format', 'json', '--input', '-'], at(), input);
    assert.equal((JSON.parse(piped(SHORT.zstd).stdout) as { lines: number }).lines, 100);
    const { code, stderr } = piped(zipOf([{ name: 'a.log', content: SHORT_TEXT }]));
    assert.equal(code, 2);
    assert.match(stderr, /standard input gives a zip archive, which is only read from a file/);
  });

  it('lie in an archive, of which each log is named like a file in a folder', () => {
    writeFileSync(
      at('logs.zip'),
      zipOf([
        { name: 'app.log', content: SHORT_TEXT },
        { name: 'old/app.log.1.xz', content: SHORT.xz },
      ]),
    );
    for (const log of [join('logs.zip', 'app.log'), join('logs.zip', 'old', 'app.log.1.xz')]) {
      assert.deepEqual(scan('--format', 'json', '--input', log), { code: 0, stderr: '', lines: 100 });
    }
    const several = scan('--input', 'logs.zip');
    assert.equal(several.code, 2);
    assert.match(several.stderr, /logs\.zip holds 2 logs \(app\.log, old\/app\.log\.1\.xz\); name one of them/);
  });

  it('are read with the files that they were rotated to', () => {
    mkdirSync(at('rotated'));
    writeFileSync(at('rotated', 'app.log'), SHORT_TEXT);
    writeFileSync(at('rotated', 'app.log.1.zst'), SHORT.zstd);
    writeFileSync(at('rotated', 'app.log.2.bz2'), SHORT.bzip2);
    writeFileSync(at('rotated', 'app.log.3.zip'), zipOf([{ name: 'app.log', content: SHORT_TEXT }]));
    assert.equal(scan('--format', 'json', '--rotated', '--input', join('rotated', 'app.log')).lines, 400);
  });
});
