import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bash, endOf, hasOpened, HAS_PIPES, makePipe, rowsOf } from '../support/pipes';
import { temporaryFolder } from '../support/temporaryFolder';

const SAMPLE = resolve('samples', 'hdfs-small.log');

if (HAS_PIPES) {
  describe('inputs of every kind', () => {
    const at = temporaryFolder();
    const run = (command: string) => bash(command, at(''));

    it('are read to their end, and their writers are not disturbed', async () => {
      assert.equal((await run('$D -i $S -o expected.txt')).code, 0);
      makePipe(at('pipe'));
      writeFileSync(at('a.gz'), gzipSync(readFileSync(SAMPLE)));
      for (const command of [
        '(cat $S > pipe; echo $? > writer) & $D -i pipe -o found.txt && wait',
        '(head -c 9999 $S; cat pipe2; tail -c +10000 $S) > pipe & (echo -n > pipe2) & $D -i pipe -o found.txt && wait',
        '(cat a.gz > pipe) & $D -i pipe -o found.txt',
        '$D -i <(zcat a.gz) -o found.txt',
        'cat $S | $D -i /dev/stdin -o found.txt',
      ]) {
        if (command.includes('pipe2')) {
          makePipe(at('pipe2'));
        }
        const { code, stderr } = await run(command);
        assert.equal(code, 0, stderr);
        assert.deepEqual(rowsOf(at('found.txt')), rowsOf(at('expected.txt')), command);
      }
      assert.equal(readFileSync(at('writer'), 'utf8'), '0\n');
    });

    it('may be features and labels', async () => {
      assert.equal((await run('$D -i $S -o x.txt --save-features .')).code, 0);
      for (const [input, output] of [
        ['x_hdfs-small.npy', 'file.txt'],
        ['<(cat x_hdfs-small.npy)', 'pipe.txt'],
      ]) {
        assert.equal((await run(`$P -i ${input} -o ${output}`)).code, 0);
      }
      assert.equal(readFileSync(at('pipe.txt'), 'utf8'), readFileSync(at('file.txt'), 'utf8'));
      const labels = resolve('samples', 'hdfs-small-labels.csv');
      const { code, stderr } = await run(`$T -i <(cat $S) -l <(cat ${labels}) -o model --max-epochs 1`);
      assert.equal(code, 0, stderr);
    });

    it('may be good logs', async () => {
      const { code, stderr } = await run('$D -i $S --baseline <(head -n 1500 $S) -o x.txt');
      assert.equal(code, 0, stderr);
    });

    it('may be known findings and a configuration that the user names', async () => {
      writeFileSync(at('config.json'), '{"model": "bundle", "threshold": 0.25}');
      assert.equal((await run(`cp -r ${resolve('models', 'hdfs')} bundle; $D -i $S -o known.json`)).code, 0);
      makePipe(at('pipe'));
      const expected = await run('$D -i $S --known known.json --config config.json -o - --fail-on-anomaly');
      assert.equal(expected.code, 0, expected.stderr);
      assert.match(expected.stdout, /^# model: hdfs \(threshold 0\.25\)$/m);
      assert.match(expected.stdout, /^# new findings: 0 of [1-9]/m);
      const rows = (text: string): string[] => text.split('\n').filter((line) => !line.startsWith('#'));
      for (const command of [
        '$D -i $S --known <(cat known.json) --config <(cat config.json) -o - --fail-on-anomaly',
        '$D -i <(cat $S) --known <(cat known.json) --config <(cat config.json) -o - --fail-on-anomaly',
        '(cat known.json > pipe) & $D -i $S --known pipe --config config.json -o - --fail-on-anomaly',
        '(cat config.json > pipe) & $D -i $S --known known.json --config pipe -o - --fail-on-anomaly',
        'cat known.json | $D -i $S --known /dev/stdin --config config.json -o - --fail-on-anomaly',
      ]) {
        const { code, stdout, stderr } = await run(command);
        assert.equal(code, 0, `${command}: ${stderr}`);
        assert.match(stdout, /^# model: hdfs \(threshold 0\.25\)$/m, command);
        assert.match(stdout, /^# new findings: 0 of [1-9]/m, command);
        assert.deepEqual(rows(stdout), rows(expected.stdout), command);
      }
    });

    it('may be a configuration that is named, but not one that is found', async () => {
      makePipe(at('logcnn.config.json'));
      const { code, stderr } = await run('cp $S a.log; $D -i a.log -o x.txt');
      assert.equal(code, 2);
      assert.match(stderr, /logcnn\.config\.json is a pipe or a device/);
      const named = await run('(echo {} > logcnn.config.json) & $D -i a.log -o x.txt --config logcnn.config.json');
      assert.equal(named.code, 0, named.stderr);
    });

    it('are read up to the size that such a file may have', async () => {
      for (const option of ['--config <(head -c 2000000 /dev/zero)', '--config /dev/zero', '--known /dev/zero']) {
        const { code, stderr } = await run(`$D -i $S ${option} -o x.txt`);
        assert.equal(code, 2, option);
        assert.match(stderr, /has more than (1,048,576|268,435,456) bytes, the most that such a file may have/, option);
      }
    });

    it('are refused where they are read twice, or have no neighbours', async () => {
      for (const [command, message] of [
        ['$D -i <(cat $S) --unsupervised --save-parsed . -o x.txt', /reads a log twice .* save it to a file first/],
        [
          '(cat $S > pipe) & $D -i pipe --rotated -o x.txt; code=$?; cat pipe > rest; exit $code',
          /is a pipe or a device/,
        ],
        ['$D -i - < /', /standard input is a folder; give a log file/],
        ['$D -i - <&-', /standard input is closed; give a log file/],
        ['$D -i - 0>written', /standard input is not open for reading/],
        ['$P -i /dev/zero', /is no \.npy file/],
        ['$T -i $S -l /dev/zero -o model', /is no valid CSV/],
        ['$T -s /dev/zero -t $S -o model', /CSV|more than|no column/],
        ['$T -s $S -t /dev/zero -o model', /dev.zero has more than [\d,]+ bytes/],
        ['$D -i $(printf "a%.0s" {1..300})', /the name is too long/],
        ['ln -s loop loop; $D -i loop', /symbolic links lead round in a circle/],
      ] as const) {
        if (command.includes('> pipe')) {
          makePipe(at('pipe'));
        }
        const { code, stderr } = await run(command);
        assert.equal(code, 2, `${command}: ${stderr}`);
        assert.match(stderr, message);
        assert.doesNotMatch(stderr, /fault of LogCNN/);
      }
    });

    it('are opened one after another where there are more than may be open', async () => {
      for (const command of [
        'for i in {1..150}; do head -n 20 $S > app.log.$i; done; ulimit -n 100; cp $S app.log; $D -i app.log --rotated -o x.txt',
        'ulimit -n 100; $D -i $S $(for i in {1..150}; do echo --baseline app.log.$i; done) -o x.txt',
      ]) {
        const { code, stderr } = await run(command);
        assert.equal(code, 0, stderr);
      }
    });

    it('do no harm as standard error that nobody reads', async () => {
      const labels = resolve('samples', 'hdfs-small-labels.csv');
      const trained = await run(`set -o pipefail; $T -i $S -l ${labels} -o model --max-epochs 1 2>&1 | head -n 1`);
      assert.equal(trained.code, 0);
      assert.ok(existsSync(at('model', 'model.onnx')));
      if (existsSync('/dev/full')) {
        assert.equal((await run('$D -i $S -o x.txt 2> /dev/full')).code, 0);
      }
    });

    if (process.platform === 'linux') {
      for (const [program, ...args] of [
        ['detect-anomalies', '-i', 'pipe'],
        ['detect-anomalies', '-i', '-'],
        ['detect-anomalies', '-i', SAMPLE, '--baseline', 'pipe'],
        ['detect-anomalies', '-i', SAMPLE, '--known', 'pipe'],
        ['detect-anomalies', '-i', SAMPLE, '--config', 'pipe'],
        ['detect-anomalies', '--map'],
        ['detect-anomalies', '--map', '-i', 'pipe'],
        ['detect-anomalies', '--reduce'],
        ['predict-anomalies', '-i', 'pipe'],
        ['train-model', '-i', 'pipe', '-l', resolve('samples', 'hdfs-small-labels.csv'), '-o', 'model'],
        ['train-model', '-i', SAMPLE, '-l', 'pipe', '-o', 'model'],
        ['train-model', '-s', 'pipe', '-t', 'pipe', '-o', 'model'],
      ]) {
        it(`are not waited for after Ctrl+C: ${program} ${args.join(' ').replaceAll(resolve('.'), '.')}`, async () => {
          makePipe(at('pipe'));
          const child = spawn(process.execPath, [resolve('dist', 'cli', `${program}.js`), ...args], {
            cwd: at(''),
            stdio: ['pipe', 'ignore', 'pipe'],
          });
          const end = endOf(child);
          if (args.includes('pipe')) {
            await hasOpened(child.pid!, realpathSync(at('pipe')));
          } else {
            // More than fits into a pipe, but not enough to decide on a model: once it is written, more is waited for.
            const log = readFileSync(SAMPLE, 'utf8').repeat(4).slice(0, 900_000);
            await new Promise((resolve) => child.stdin.write(log, resolve));
          }
          child.kill('SIGINT');
          const { code, signal } = await end;
          assert.deepEqual([code, signal], [130, null]);
        });
      }
    }
  });
}
