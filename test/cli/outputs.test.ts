import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { hdfsLog } from '../support/hdfsLog';
import { makePipe } from '../support/pipes';
import { runProgram } from '../support/runProgram';
import { temporaryFolder } from '../support/temporaryFolder';

const SAMPLE = resolve('samples', 'hdfs-small.log');
const LABELS = resolve('samples', 'hdfs-small-labels.csv');
const MODEL = resolve('models', 'hdfs');

const program = (name: string): string => resolve('dist', 'cli', `${name}.js`);

describe('an output', () => {
  const at = temporaryFolder();

  /** All files of the folder and what they hold. */
  function contents(): Map<string, string> {
    const names = readdirSync(at(), { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(at(name)).isFile(),
    );
    return new Map(names.map((name) => [name, readFileSync(at(name), 'latin1')]));
  }

  /** The run is refused in one sentence and changes nothing. */
  function refused(name: string, args: readonly string[], input = ''): void {
    const before = contents();
    const { code, stdout, stderr } = runProgram(name, args, at(), input);
    const what = `${name} ${args.join(' ')}: ${stderr}`;
    assert.equal(code, 2, what);
    assert.match(
      stderr,
      /^\S+: [^\n]+(?:is read by this run|which this run reads)[^\n]*; choose another place for the output\.\n$/,
      what,
    );
    assert.equal(stdout, '', what);
    assert.deepEqual(contents(), before, what);
  }

  describe('that is an input', () => {
    beforeEach(() => {
      for (const name of ['b.log', 'app.log', 'app.log.1']) {
        copyFileSync(SAMPLE, at(name));
      }
    });

    it('is refused by detect-anomalies, whatever it is called and whatever input it is', () => {
      const detect = (...args: string[]): void => refused('detect-anomalies', args);
      linkSync(at('b.log'), at('hard'));
      symlinkSync('b.log', at('link'));
      writeFileSync(at('known.txt'), '0123456789abcdef\n');
      writeFileSync(at('logcnn.config.json'), '{}');
      writeFileSync(at('other.json'), '{"baseline": "app.log"}');
      cpSync(MODEL, at('model'), { recursive: true });
      for (const output of ['b.log', './b.log', 'link', 'hard', at('b.log')]) {
        detect('-i', 'b.log', '-o', output);
      }
      detect('-i', 'link', '-o', 'b.log');
      detect('-i', 'b.log', '--baseline', 'app.log.1', '--baseline', 'app.log', '-o', 'app.log');
      detect('-i', 'b.log', '--config', 'other.json', '-o', 'app.log');
      detect('-i', 'b.log', '-o', 'logcnn.config.json');
      detect('-i', 'b.log', '--config', 'other.json', '-o', 'other.json');
      detect('-i', 'app.log', '--no-config', '--rotated', '-o', 'app.log.1');
      detect('-i', 'b.log', '--known', 'known.txt', '-o', 'known.txt');
      detect('-i', 'b.log', '--model', 'model', '-o', 'model/profile.json');
      detect('-i', 'b.log', '--model', 'model/model.onnx', '-o', 'model/profile.json');
      detect('-i', 'b.log', '--model', 'model', '-o', 'model/model.onnx');
    });

    it('is refused where it is saved beside', () => {
      mkdirSync(at('saved'));
      for (const [option, name] of [
        ['--save-parsed', 'b_structured.csv'],
        ['--save-parsed', 'b_templates.csv'],
        ['--save-features', 'x_b.npy'],
        ['--save-features', 'blocks_b.csv'],
      ]) {
        linkSync(at('b.log'), at('saved', name));
        refused('detect-anomalies', ['-i', 'b.log', '-o', 'out.txt', option, 'saved']);
      }
    });

    it('is refused by predict-anomalies', () => {
      const saving = runProgram('detect-anomalies', ['-i', 'b.log', '--save-features', '.'], at());
      assert.equal(saving.code, 0, saving.stderr);
      cpSync(MODEL, at('model'), { recursive: true });
      refused('predict-anomalies', ['-i', 'x_b.npy', '-o', 'x_b.npy']);
      refused('predict-anomalies', ['-i', 'x_b.npy', '-m', 'model', '-o', 'model/model.onnx']);
    });

    it('is refused by train-model', () => {
      mkdirSync(at('bundle'));
      linkSync(at('b.log'), at('bundle', 'model.onnx'));
      refused('train-model', ['-i', 'b.log', '-l', LABELS, '-o', 'bundle']);
      copyFileSync(LABELS, at('labels.csv'));
      mkdirSync(at('other'));
      symlinkSync('../labels.csv', at('other', 'profile.json'));
      refused('train-model', ['-i', 'b.log', '-l', 'labels.csv', '-o', 'other']);
    });

    it('is refused by --reduce', () => {
      writeFileSync(at('rows'), runProgram('detect-anomalies', ['--map'], at(), readFileSync(SAMPLE)).stdout);
      refused('detect-anomalies', ['--reduce', '-i', 'rows', '-o', 'rows']);
    });

    it('is refused where the shell has opened it for standard output or input', () => {
      const redirected = (name: string, args: readonly string[], input: string, output: string): void => {
        const stdin = openSync(input, 'r');
        const stdout = openSync(output, 'a');
        const before = contents();
        try {
          const run = spawnSync(process.execPath, [program(name), ...args], {
            cwd: at(),
            stdio: [stdin, stdout, 'pipe'],
            encoding: 'utf8',
          });
          assert.equal(run.status, 2, `${name} ${args.join(' ')}: ${run.stderr}`);
          assert.match(run.stderr, /the same file/);
        } finally {
          closeSync(stdin);
          closeSync(stdout);
        }
        assert.deepEqual(contents(), before, args.join(' '));
      };
      redirected('detect-anomalies', ['-i', 'b.log', '-o', '-'], SAMPLE, at('b.log'));
      redirected('detect-anomalies', ['-i', '-', '-o', 'b.log'], at('b.log'), at('out.txt'));
      redirected('detect-anomalies', ['--map'], at('b.log'), at('b.log'));
      redirected('evaluate-model', ['-m', MODEL, '-i', 'b.log', '-l', LABELS], SAMPLE, at('b.log'));
      redirected('train-model', ['-i', 'b.log', '-l', LABELS, '-o', 'bundle'], SAMPLE, at('b.log'));
      if (existsSync('/dev/stdout')) {
        redirected('detect-anomalies', ['-i', 'b.log', '-o', '/dev/stdout'], SAMPLE, at('b.log'));
      }
    });
  });

  describe('that a link leads to', () => {
    it('is written, and the link stays; permissions too', () => {
      writeFileSync(at('target.txt'), 'earlier');
      chmodSync(at('target.txt'), 0o600);
      symlinkSync('target.txt', at('link'));
      const { code, stderr } = runProgram('detect-anomalies', ['-i', SAMPLE, '-o', 'link'], at());
      assert.equal(code, 0, stderr);
      assert.ok(lstatSync(at('link')).isSymbolicLink());
      assert.match(readFileSync(at('target.txt'), 'utf8'), /^# input/);
      if (process.platform !== 'win32') {
        assert.equal(statSync(at('target.txt')).mode & 0o777, 0o600);
      }
      assert.deepEqual(readdirSync(at()).sort(), ['link', 'target.txt']);
    });

    it('is written after what is there, where it is standard output that the shell has opened', () => {
      // A link like /dev/stdout, in a folder that a fault may destroy.
      symlinkSync('/proc/self/fd/1', at('stdout'));
      if (!existsSync(at('stdout'))) {
        return;
      }
      writeFileSync(at('r.txt'), 'first\n');
      const stdout = openSync(at('r.txt'), 'a');
      const { status, stderr } = spawnSync(
        process.execPath,
        [program('detect-anomalies'), '-i', SAMPLE, '-o', at('stdout')],
        { cwd: at(), stdio: ['ignore', stdout, 'pipe'], encoding: 'utf8' },
      );
      closeSync(stdout);
      assert.equal(status, 0, stderr);
      assert.match(readFileSync(at('r.txt'), 'utf8'), /^first\n# input: /);
      assert.ok(lstatSync(at('stdout')).isSymbolicLink());
      assert.deepEqual(readdirSync(at()).sort(), ['r.txt', 'stdout']);
    });
  });

  it('that cannot be is refused before the log is read', () => {
    if (!existsSync('/proc/self')) {
      return;
    }
    for (const args of [
      ['--save-parsed', '/proc/x'],
      ['--save-features', '/proc/x/y'],
      ['--output', '/proc/x'],
    ]) {
      // The log does not exist: who reads it first says so.
      const { code, stderr } = runProgram('detect-anomalies', ['-i', 'missing.log', ...args], at());
      assert.equal(code, 2);
      assert.match(stderr, /^detect-anomalies: \/proc\/x\S* cannot be written: [^\n]*; choose another place\.\n$/);
    }
  });

  describe('that is not complete when a signal ends the program', () => {
    if (process.platform === 'win32') {
      return;
    }
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
      it(`leaves nothing behind after ${signal}`, async () => {
        const log = [...hdfsLog({ seed: 5, blocks: 1000, anomalousShare: 0.5 })].join('\n');
        const child = spawn(
          process.execPath,
          [program('detect-anomalies'), '-i', '-', '-m', MODEL, '--save-parsed', 'parsed'],
          { cwd: at(), stdio: ['pipe', 'ignore', 'inherit'] },
        );
        const ended = once(child, 'exit');
        // It may end before it has read all.
        child.stdin.on('error', () => undefined);
        // Enough for the model to be chosen; then it waits for more.
        child.stdin.write(log.repeat(Math.ceil((2 << 20) / log.length)));
        const isWriting = (): boolean => existsSync(at('parsed')) && readdirSync(at('parsed')).length > 0;
        while (child.exitCode === null && !isWriting()) {
          await setTimeout(10);
        }
        assert.ok(isWriting());
        child.kill(signal);
        assert.deepEqual(await ended, [null, signal]);
        assert.deepEqual(readdirSync(at('parsed')), []);
      });
    }

    it('waits for what it does after the first Ctrl+C, and after the second one ends at once and leaves nothing behind', async () => {
      writeFileSync(at('a.log'), [...hdfsLog({ seed: 5, blocks: 1000, anomalousShare: 0.5 })].join('\n'));
      makePipe(at('pipe'));
      const reader = openSync(at('pipe'), constants.O_RDONLY | constants.O_NONBLOCK);
      try {
        const args = ['-i', 'a.log', '-m', MODEL, '-o', 'pipe', '--format', 'json', '--all-blocks'];
        const child = spawn(process.execPath, [program('detect-anomalies'), ...args, '--save-parsed', 'parsed'], {
          cwd: at(),
          stdio: ['ignore', 'ignore', 'inherit'],
        });
        const ended = once(child, 'exit');
        const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
        // The report is written in one go, and is larger than the pipe: once its first byte is there, nothing ends that.
        while (isRunning() && bytesIn(reader) === 0) {
          await setTimeout(10);
        }
        assert.ok(readdirSync(at('parsed')).length > 0);
        // One that comes before the last was seen is lost.
        while (isRunning()) {
          child.kill('SIGINT');
          await setTimeout(10);
        }
        // With grace it would end with the code 130.
        assert.deepEqual(await ended, [null, 'SIGINT']);
        assert.deepEqual(readdirSync(at('parsed')), []);
      } finally {
        closeSync(reader);
      }
    });
  });
});

/** Takes a byte out of a pipe, if there is one. */
function bytesIn(reader: number): number {
  try {
    return readSync(reader, new Uint8Array(1));
  } catch (error) {
    assert.ok(error instanceof Error && 'code' in error && error.code === 'EAGAIN', String(error));
    return 0;
  }
}
