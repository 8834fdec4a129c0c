import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../../src/core/errors/userError';
import { evaluateModel } from '../../../../src/node/training/evaluateModel';
import { writeTinyBundle } from '../../../support/tinyBundle';

describe('evaluateModel', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'logcnn-evaluate-'));
    writeTinyBundle(join(folder, 'plain'));
    const split = { seed: 4, testShare: 0.5, rawDevExcluded: true, sessions: 16, testPartUsed: false };
    writeTinyBundle(join(folder, 'split'), { training: { split } });
    writeTinyBundle(join(folder, 'spoilt'), { training: { split: { ...split, testPartUsed: true } } });
    write('sessions.csv', csv(10, 10));
    write('labels.csv', 'BlockId,Label\nkey_1,Normal\nkey_2,Anomaly\nkey_8,Normal\n');
    write('tiny.log', 'INFO open key_1\nINFO read key_1\nINFO open key_2\nINFO ping key_2\nINFO open key_3\n');
  });
  after(() => rmSync(folder, { recursive: true }));

  const at = (name: string): string => join(folder, name);
  const write = (name: string, content: string): void => writeFileSync(at(name), content);

  /** Sessions of which the last two of each label are marked as those of a raw log. */
  function csv(normal: number, anomalous: number): string {
    const rows = ['BlockId,Label,InRawDev,Sequence'];
    for (let i = 0; i < normal; i++) {
      rows.push(`n${i},Normal,${i >= normal - 2 ? 1 : 0},5 7 9`);
    }
    for (let i = 0; i < anomalous; i++) {
      rows.push(`a${i},Anomaly,${i >= anomalous - 2 ? 1 : 0},5 11 9`);
    }
    return `${rows.join('\n')}\n`;
  }

  it("judges the sessions that were kept from the model's training", async () => {
    const { model, notes, evaluation } = await evaluateModel(at('split'), { sequences: at('sessions.csv') }, undefined);
    assert.equal(model, 'tiny');
    assert.deepEqual(notes, []);
    assert.deepEqual([evaluation.train.sessions, evaluation.test.sessions, evaluation.test.anomalous], [8, 8, 4]);
    // Every score is 0.5: all are called anomalous.
    assert.deepEqual(evaluation.detectors[0].all.confusion, {
      truePositives: 4,
      falsePositives: 4,
      falseNegatives: 0,
      trueNegatives: 0,
    });
    assert.equal(evaluation.reliability.brier, 0.25);
    assert.equal(evaluation.detectors.find(({ name }) => name === 'decision tree')?.all.f1, 1);
  });

  const notes: [name: string, bundle: string, expected: RegExp, content: string][] = [
    [
      'the profile does not say how it was split',
      'plain',
      /does not say how its training data were split/,
      csv(10, 10),
    ],
    ['the data are others', 'split', /These are not the 16 sessions/, csv(20, 10)],
    ['the weights have seen the test part', 'spoilt', /trained on the tested sessions too/, csv(10, 10)],
  ];
  for (const [name, bundle, expected, content] of notes) {
    it(`notes that ${name}`, async () => {
      write('other.csv', content);
      const report = await evaluateModel(at(bundle), { sequences: at('other.csv') }, undefined);
      assert.equal(report.notes.length, 1);
      assert.match(report.notes[0], expected);
    });
  }

  it('judges a raw log with labels, the baselines having learned from a CSV', async () => {
    const data = { log: at('tiny.log'), labels: at('labels.csv') };
    const report = await evaluateModel(at('split'), data, at('sessions.csv'));
    const { train, test, unseen, detectors } = report.evaluation;
    assert.deepEqual([train.sessions, test.sessions, test.anomalous, unseen.sessions], [16, 2, 1, 2]);
    assert.match(report.notes.join('\n'), /1 blocks of the log have no label[^]*1 labels name blocks/);
    // All normal sessions of the CSV have three events, these two blocks two and (the ping is ignored) one.
    assert.deepEqual(detectors.find(({ name }) => name === 'sequence length')?.all.confusion, {
      truePositives: 1,
      falsePositives: 1,
      falseNegatives: 0,
      trueNegatives: 0,
    });
  });

  const faults: Record<string, [bundle: string, data: Parameters<typeof evaluateModel>[1], message: RegExp]> = {
    'a bundle that is not there': ['none', { sequences: 'sessions.csv' }, /does not exist/],
    'sequences that are not there': ['plain', { sequences: 'none.csv' }, /none\.csv/],
    'labels that are not there': ['plain', { log: 'tiny.log', labels: 'none.csv' }, /none\.csv does not exist/],
    'a log that is not there': ['plain', { log: 'none.log', labels: 'labels.csv' }, /none\.log does not exist/],
    'labels of another log': ['plain', { log: 'tiny.log', labels: 'foreign.csv' }, /None of the 3 blocks/],
    'too few sessions to split': ['plain', { log: 'tiny.log', labels: 'labels.csv' }, /too few to split/],
  };
  for (const [fault, [bundle, data, message]] of Object.entries(faults)) {
    it(`refuses ${fault}`, async () => {
      write('foreign.csv', 'BlockId,Label\nblk_1,Normal\n');
      const placed =
        'sequences' in data ? { sequences: at(data.sequences) } : { log: at(data.log), labels: at(data.labels) };
      await assert.rejects(
        evaluateModel(at(bundle), placed, undefined),
        (error) => error instanceof UserError && message.test(error.message),
      );
    });
  }
});
