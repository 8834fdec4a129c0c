import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeTinyBundle } from '../support/tinyBundle';

describe('evaluate-model', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'logcnn-evaluate-cli-'));
    writeTinyBundle(join(folder, 'bundle'));
    const rows = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? `n${i},Normal,5 7 9` : `a${i},Anomaly,5 11 9`));
    writeFileSync(join(folder, 'sessions.csv'), ['BlockId,Label,Sequence', ...rows, ''].join('\n'));
    writeFileSync(join(folder, 'tiny.log'), 'INFO open key_1\nINFO read key_1\nINFO open key_2\n');
    writeFileSync(join(folder, 'labels.csv'), 'BlockId,Label\nkey_1,Normal\nkey_2,Anomaly\n');
  });
  after(() => rmSync(folder, { recursive: true }));

  function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    const program = resolve('dist/cli/evaluate-model.js');
    return spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });
  }

  it('prints tables of the model beside the baselines', () => {
    const { status, stdout, stderr } = run('--model', 'bundle', '--sequences', 'sessions.csv');
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^model: tiny\ninput: sessions\.csv\nnote: The model's profile does not say/);
    assert.match(stdout, /^tiny +0\.5000 +1\.0000 +0\.6667 +0\.5000 +0\.5000 +2 +2 +0 +0$/m);
    assert.match(stdout, /^decision tree +1\.0000 +1\.0000 +1\.0000 /m);
  });

  it('prints the same as JSON', () => {
    const { status, stdout } = run('-m', 'bundle', '-s', 'sessions.csv', '--format', 'json');
    assert.equal(status, 0);
    const report = JSON.parse(stdout) as {
      model: string;
      test: unknown;
      reliability: { brier: number };
      detectors: { name: string; all: { f1: number }; unseen: { f1: number | null } }[];
    };
    assert.equal(report.model, 'tiny');
    assert.deepEqual(report.test, { sessions: 4, anomalous: 2, sequences: 2 });
    assert.equal(report.reliability.brier, 0.25);
    assert.equal(report.detectors[0].all.f1, 2 / 3);
    assert.equal(report.detectors[0].unseen.f1, null);
  });

  it('judges a raw log beside baselines that learned elsewhere', () => {
    const { status, stdout } = run('-m', 'bundle', '-i', 'tiny.log', '-l', 'labels.csv', '--train', 'sessions.csv');
    assert.equal(status, 0);
    assert.match(stdout, /^tested on: 2 sessions, 1 anomalous, 2 distinct sequences$/m);
  });

  it('explains itself with examples', () => {
    const { status, stdout } = run('--help');
    assert.equal(status, 0);
    assert.match(stdout, /^Usage: evaluate-model[^]*Examples:\n {2}evaluate-model --model models\/hdfs/);
  });

  const faults: Record<string, [args: string[], message: RegExp]> = {
    'no model': [['-s', 'sessions.csv'], /--model is missing/],
    'no data': [['-m', 'bundle'], /either --sequences, or --input and --labels/],
    'a log without labels': [['-m', 'bundle', '-i', 'tiny.log'], /either --sequences, or --input and --labels/],
    'both kinds of data': [['-m', 'bundle', '-s', 'sessions.csv', '-i', 'tiny.log', '-l', 'labels.csv'], /either/],
    'an unknown option': [['--modle', 'bundle'], /--modle/],
    'another format': [['-m', 'bundle', '-s', 'sessions.csv', '-f', 'xml'], /--format is "xml"; give text or json/],
    'a bundle that is not there': [['-m', 'none', '-s', 'sessions.csv'], /none does not exist/],
    'a CSV that is not there': [['-m', 'bundle', '-s', 'none.csv'], /none\.csv/],
    'labels of another log': [['-m', 'bundle', '-i', 'tiny.log', '-l', 'sessions.csv'], /None of the 2 blocks/],
  };
  for (const [fault, [args, message]] of Object.entries(faults)) {
    it(`ends with 2 and one line for ${fault}`, () => {
      const { status, stdout, stderr } = run(...args);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /^evaluate-model: .+\n$/);
      assert.match(stderr, message);
    });
  }
});
