import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  cpSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { runProgram, type Run } from '../support/runProgram';
import { temporaryFolder } from '../support/temporaryFolder';

const SAMPLE = resolve('samples/hdfs-small.log');
const DETECT = resolve('dist/cli/detect-anomalies.js');

describe('an output', () => {
  const at = temporaryFolder();
  const detect = (...args: string[]): Run => runProgram('detect-anomalies', ['--no-config', ...args], at());

  beforeEach(() => copyFileSync(SAMPLE, at('app.log')));

  /** Runs a program that is to refuse its output, and checks that what it would have destroyed is as it was. */
  function refuses(name: string, kept: string, ...args: string[]): void {
    const before = readFileSync(at(kept));
    const { code, stderr } = runProgram(name, args, at());
    assert.equal(code, 2, stderr);
    assert.match(stderr, /read by this run|which this run reads/);
    assert.deepEqual(readFileSync(at(kept)), before);
  }

  it('never takes the place of the log, by whatever name or link', () => {
    symlinkSync('app.log', at('link.log'));
    linkSync(at('app.log'), at('hard.log'));
    for (const output of ['app.log', './app.log', at('app.log'), 'link.log', 'hard.log']) {
      refuses('detect-anomalies', 'app.log', '--input', 'app.log', '--output', output);
    }
    refuses('detect-anomalies', 'app.log', '--input', 'link.log', '--output', 'app.log');
    assert.ok(lstatSync(at('link.log')).isSymbolicLink());
  });

  it('never takes the place of a good log, a rotated file, known findings, the configuration or the model', () => {
    copyFileSync(SAMPLE, at('good.log'));
    refuses('detect-anomalies', 'good.log', '--input', 'app.log', '--baseline', 'good.log', '--output', 'good.log');
    copyFileSync(SAMPLE, at('app.log.1'));
    refuses('detect-anomalies', 'app.log.1', '--rotated', '--input', 'app.log', '--output', 'app.log.1');
    writeFileSync(at('known.txt'), '');
    refuses('detect-anomalies', 'known.txt', '--input', 'app.log', '--known', 'known.txt', '--output', 'known.txt');
    writeFileSync(at('set.json'), '{}');
    refuses('detect-anomalies', 'set.json', '--input', 'app.log', '--config', 'set.json', '--output', 'set.json');
    cpSync('models/hdfs', at('model'), { recursive: true });
    for (const file of ['model/model.onnx', 'model/profile.json']) {
      refuses('detect-anomalies', file, '--input', 'app.log', '--model', 'model', '--output', file);
    }
  });

  it('never takes the place of features, labels or what standard output leads to', () => {
    assert.equal(detect('--input', 'app.log', '--save-features', '.').code, 0);
    refuses('predict-anomalies', 'x_app.npy', '--input', 'x_app.npy', '--output', 'x_app.npy');
    copyFileSync(SAMPLE, at('profile.json'));
    writeFileSync(at('labels.csv'), 'BlockId,Label\n');
    refuses('train-model', 'profile.json', '--input', 'profile.json', '--labels', 'labels.csv', '--output', '.');
    const log = openSync(at('app.log'), 'a');
    const before = readFileSync(at('app.log'));
    const { status } = spawnSync(process.execPath, [DETECT, '--input', 'app.log', '--output', '-'], {
      cwd: at(),
      stdio: ['ignore', log, 'ignore'],
    });
    closeSync(log);
    assert.equal(status, 2);
    assert.deepEqual(readFileSync(at('app.log')), before);
  });

  it('goes through a link to its target, also to one that is not there yet, and keeps the permissions of a file', () => {
    writeFileSync(at('report.txt'), 'earlier');
    chmodSync(at('report.txt'), 0o600);
    symlinkSync('report.txt', at('latest'));
    symlinkSync('later.txt', at('dangling'));
    for (const [output, target] of [
      ['latest', 'report.txt'],
      ['dangling', 'later.txt'],
    ]) {
      assert.equal(detect('--input', 'app.log', '--output', output).code, 0);
      assert.ok(lstatSync(at(output)).isSymbolicLink());
      assert.match(readFileSync(at(target), 'utf8'), /^# LogCNN|^#/);
    }
    assert.equal(statSync(at('report.txt')).mode & 0o777, 0o600);
  });

  it('that is /dev/stdout is written there, after what others have written', () => {
    // By a link of our own, so that a program that replaces links harms nothing of the machine.
    symlinkSync('/proc/self/fd/1', at('stdout'));
    writeFileSync(at('r.txt'), 'before\n');
    const file = openSync(at('r.txt'), 'a');
    const { status } = spawnSync(
      process.execPath,
      [DETECT, '--no-config', '--input', 'app.log', '--output', 'stdout'],
      {
        cwd: at(),
        stdio: ['ignore', file, 'ignore'],
      },
    );
    closeSync(file);
    assert.equal(status, 0);
    assert.match(readFileSync(at('r.txt'), 'utf8'), /^before\n#/);
    assert.ok(lstatSync(at('stdout')).isSymbolicLink());
  });

  it('is refused in one sentence where the kernel has no such file', () => {
    const { code, stderr } = detect('--input', 'app.log', '--save-parsed', '/proc/x');
    assert.equal(code, 2);
    assert.match(stderr, /^detect-anomalies: \/proc\/x\/\S+ cannot be written/);
    assert.equal(stderr.trimEnd().split('\n').length, 1);
  });

  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    it(`that is not complete goes with ${signal}`, async () => {
      const child = spawn(
        process.execPath,
        [DETECT, '--no-config', '--input', '-', '--model', resolve('models/hdfs'), '--save-parsed', 'parsed'],
        { cwd: at(), stdio: ['pipe', 'ignore', 'ignore'] },
      );
      const ended = new Promise((done) => child.once('exit', (code, by) => done(by ?? code)));
      // What it has not read yet is lost with it.
      child.stdin.on('error', () => undefined);
      // The structured log is begun when the model is chosen, for which a MiB is read.
      const sample = readFileSync(SAMPLE);
      for (let bytes = 0; bytes < 3 << 20; bytes += sample.length) {
        child.stdin.write(sample);
      }
      while (!readdirSync(at()).includes('parsed') || readdirSync(at('parsed')).length === 0) {
        await new Promise((next) => setTimeout(next, 20));
      }
      child.kill(signal);
      assert.equal(await ended, signal);
      assert.deepEqual(readdirSync(at('parsed')), []);
    }).timeout(120_000);
  }
});
