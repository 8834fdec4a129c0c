import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseProfile } from '../../src/core/model/profile';
import { networkHash } from '../../src/node/models/modelBundle';
import { Random } from '../../src/core/numeric/random';
import { runProgram, type Run } from '../support/runProgram';
import { temporaryFolder } from '../support/temporaryFolder';

const LOG = resolve('samples', 'hdfs-small.log');
const LABELS = resolve('samples', 'hdfs-small-labels.csv');
const TEMPLATES =
  'EventId,Template\n1,open <*>\n2,"read <*>, <*>"\n3,close <*>\n4,<*> failed<*>\n5,sync\n6,flush\n7,never seen <*>\n';

/** Sessions in which event 4 means trouble. */
function sequencesCsv(sessions: number): string {
  const random = new Random(3);
  const rows = ['BlockId,Label,InRawDev,Sequence'];
  for (let i = 0; i < sessions; i++) {
    const anomalous = random.below(6) === 0;
    const middle = Array.from({ length: 1 + random.below(6) }, () => 2);
    const sequence = [1, ...middle, 5 + random.below(2), ...(anomalous ? [4] : []), 3];
    rows.push(`s${i},${anomalous ? 'Anomaly' : 'Normal'},${i % 20 === 0 ? 1 : 0},${sequence.join(' ')}`);
  }
  return `${rows.join('\n')}\n`;
}

describe('train-model', () => {
  const at = temporaryFolder();
  const train = (...args: string[]): Run => runProgram('train-model', args, at());
  const writeData = (): string[] => {
    writeFileSync(at('s.csv'), sequencesCsv(800));
    writeFileSync(at('t.csv'), TEMPLATES);
    return ['--sequences', 's.csv', '--templates', 't.csv', '--max-epochs', '15'];
  };

  it('makes a bundle of sequences, the same bytes for the same seed, whose figures evaluate-model confirms', () => {
    const args = [...writeData(), '--exclude-raw-dev', '--note', 'Made up.'];
    const { code, stdout, stderr } = train(...args, '--output', 'one', '--name', 'model');
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^epoch 1\/15 {2}loss \S+ {2}validation F1 \S+ {2}cross-entropy \S+$/m);
    assert.match(stdout, /^model .*\n?/m);
    assert.match(stdout, /^decision tree/m);
    assert.equal(train(...args, '--output', 'two', '--name', 'model').code, 0);
    for (const file of ['model.onnx', 'profile.json', 'README.md']) {
      assert.deepEqual(readFileSync(at('one', file)), readFileSync(at('two', file)), file);
    }

    const profile = parseProfile(JSON.parse(readFileSync(at('one', 'profile.json'), 'utf8')), 'profile.json');
    assert.equal(profile.networkSha256, networkHash(readFileSync(at('one', 'model.onnx'))));
    assert.deepEqual(profile.vocabulary, ['1', '2', '3', '4', '5', '6']);
    assert.equal(profile.templates.length, 7);
    const card = readFileSync(at('one', 'README.md'), 'utf8');
    assert.match(card, /Made up\./);
    assert.match(card, /\| decision tree \|/);
    assert.match(card, /did not occur in training and are not looked at: 7/);

    const evaluated = runProgram(
      'evaluate-model',
      ['--model', 'one', '--sequences', 's.csv', '--format', 'json'],
      at(),
    );
    assert.equal(evaluated.code, 0, evaluated.stderr);
    const { detectors } = JSON.parse(evaluated.stdout) as { detectors: { name: string; all: unknown }[] };
    const { figures } = profile.training as { figures: { test: { f1: number } } };
    assert.deepEqual(detectors[0].all, figures.test);
    assert.ok(figures.test.f1 > 0.95);
  });

  it('leaves an earlier bundle as it was if a file of the new one cannot take its place', () => {
    const args = [...writeData(), '--output', 'one', '--max-epochs', '2'];
    assert.equal(train(...args).code, 0);
    const files = (): Buffer[] => ['model.onnx', 'profile.json'].map((file) => readFileSync(at('one', file)));
    const before = files();
    rmSync(at('one', 'README.md'));
    mkdirSync(at('one', 'README.md', 'in the way'), { recursive: true });
    const { code, stderr } = train(...args, '--seed', '2');
    assert.equal(code, 2, stderr);
    assert.deepEqual(files(), before);
    assert.deepEqual(readdirSync(at('one')).sort(), ['README.md', 'model.onnx', 'profile.json']);
  });

  it('makes a bundle of a raw log and its labels, with which logs can be scanned', () => {
    const { code, stderr } = train('--input', LOG, '--labels', LABELS, '--output', 'raw', '--max-epochs', '3');
    assert.equal(code, 0, stderr);
    const scan = runProgram('detect-anomalies', ['--input', LOG, '--model', 'raw', '--output', '-'], at());
    assert.equal(scan.code, 0, scan.stderr);
    assert.match(scan.stdout, /^# model: raw/m);
  });

  it('says in one line what is wrong, and leaves no bundle behind', () => {
    const data = writeData();
    const wrong = (message: RegExp, ...args: string[]): void => {
      const { code, stderr } = train(...args);
      assert.equal(code, 2, stderr);
      const complaint = stderr.split('\n').filter((line) => line.startsWith('train-model: '));
      assert.equal(complaint.length, 1, stderr);
      assert.match(complaint[0], message);
    };
    wrong(/--output is missing/, ...data);
    wrong(/Give either --sequences and --templates, or --input and --labels/, '--output', 'none', '--input', LOG);
    wrong(/--seed is "x"/, ...data, '--output', 'none', '--seed', 'x');
    wrong(/--name is "a b"/, ...data, '--output', 'none', '--name', 'a b');
    wrong(/nothing\.csv does not exist/, '--sequences', 'nothing.csv', '--templates', 't.csv', '--output', 'none');
    writeFileSync(at('few.csv'), 'EventId,Template\n1,open <*>\n2,read <*>\n3,close <*>\n5,sync\n6,flush\n');
    wrong(/event 4, which has no template/, ...data.slice(0, 2), '--templates', 'few.csv', '--output', 'none');
    writeFileSync(at('twice.csv'), 'EventId,Template\n1,open <*>\n1,read <*>\n');
    wrong(
      /twice\.csv has two templates with the EventId 1/,
      ...data.slice(0, 2),
      '--templates',
      'twice.csv',
      '--output',
      'none',
    );
    writeFileSync(at('normal.csv'), `BlockId,Label,Sequence\n${'a,Normal,1 2 3 5 6\n'.repeat(50)}`);
    wrong(/no anomalous session/, '--sequences', 'normal.csv', '--templates', 't.csv', '--output', 'none');
    wrong(
      /"\(" is no valid regular expression/,
      '--input',
      LOG,
      '--labels',
      LABELS,
      '--session-key',
      '(',
      '--output',
      'none',
    );
    assert.ok(!existsSync(at('none')));
  });
});
