import assert from 'node:assert/strict';
import { BASELINES } from '../../../../src/core/detect/baselines/baselines';
import { evaluate } from '../../../../src/core/evaluation/evaluation';
import { evaluationText } from '../../../../src/core/evaluation/evaluationText';
import { joinParts } from '../../../../src/core/evaluation/split';
import { type SessionTable, SessionTableBuilder } from '../../../../src/core/blocks/sessionTable';

function tableOf(...rows: [events: number[], normal: number, anomalous: number][]): SessionTable {
  const builder = new SessionTableBuilder();
  for (const [events, normal, anomalous] of rows) {
    for (let i = 0; i < normal + anomalous; i++) {
      builder.add('', i >= normal, false, Uint16Array.from(events));
    }
  }
  return builder.build();
}

const split = joinParts(
  tableOf([[1, 2, 3], 90, 0], [[1, 3, 2], 8, 0], [[1, 9], 0, 2]),
  tableOf([[1, 2, 3], 20, 0], [[1, 9], 0, 3], [[2, 1, 3], 2, 0], [[1, 9, 9], 0, 1]),
);
// Sequences 0 to 2 are those of the training part, 3 and 4 are new in the test part.
const evaluation = evaluate(split, { name: 'tiny', threshold: 0.5, scores: [0.1, 0, 0.9, 0.6, 0.4] });

describe('evaluate', () => {
  it('counts the parts', () => {
    assert.deepEqual(evaluation.train, { sessions: 100, anomalous: 2, sequences: 3 });
    assert.deepEqual(evaluation.test, { sessions: 26, anomalous: 4, sequences: 4 });
    assert.deepEqual(evaluation.unseen, { sessions: 3, anomalous: 1, sequences: 2 });
  });

  it('measures the model on all test sessions and on those of unseen sequences', () => {
    const [model] = evaluation.detectors;
    assert.deepEqual(model.all.confusion, {
      truePositives: 3,
      falsePositives: 2,
      falseNegatives: 1,
      trueNegatives: 20,
    });
    assert.deepEqual(model.unseen.confusion, {
      truePositives: 0,
      falsePositives: 2,
      falseNegatives: 1,
      trueNegatives: 0,
    });
    assert.equal(model.all.f1, 6 / 9);
    assert.equal(model.all.auc, (3 * 22 + 20) / (4 * 22));
  });

  it('measures every baseline, which has learned from the training part alone', () => {
    assert.deepEqual(
      evaluation.detectors.map(({ name }) => name),
      ['tiny', ...BASELINES.map(({ name }) => name)],
    );
    const byName = new Map(evaluation.detectors.map((detector) => [detector.name, detector]));
    // Event 9 occurs in no normal session; the counts of [2, 1, 3] are those of [1, 2, 3].
    assert.equal(byName.get('decision tree')?.all.f1, 1);
    assert.equal(byName.get('new event')?.unseen.f1, 1);
    assert.deepEqual(byName.get('sequence length')?.unseen.confusion, {
      truePositives: 0,
      falsePositives: 0,
      falseNegatives: 1,
      trueNegatives: 2,
    });
  });

  it('says how far the score is a probability', () => {
    const { reliability } = evaluation;
    const brier = (20 * 0.1 ** 2 + 3 * 0.1 ** 2 + 2 * 0.6 ** 2 + 0.6 ** 2) / 26;
    assert.ok(Math.abs(reliability.brier - brier) < 1e-12);
    assert.deepEqual(
      reliability.bins.map(({ weight, anomalousShare }) => [weight, anomalousShare]),
      [
        [20, 0],
        [1, 1],
        [2, 0],
        [3, 1],
      ],
    );
    const error = (20 * 0.1 + 0.6 + 2 * 0.6 + 3 * 0.1) / 26;
    assert.ok(Math.abs(reliability.calibrationError - error) < 1e-12);
  });
});

describe('evaluationText', () => {
  const lines = evaluationText(evaluation).split('\n');

  it('says on what was trained and tested, and how much of it was new', () => {
    assert.equal(lines[0], 'trained on (baselines): 100 sessions, 2 anomalous, 3 distinct sequences');
    assert.equal(lines[1], 'tested on: 26 sessions, 4 anomalous, 4 distinct sequences');
    assert.match(lines[2], /3 sessions, 1 anomalous, 2 distinct sequences, 11\.54 % of the tested sessions$/);
  });

  it('has a table of all sessions and one of unseen sequences, the model first', () => {
    const rows = lines.filter((line) => line.startsWith('tiny'));
    assert.match(rows[0], /^tiny +0\.6000 +0\.7500 +0\.6667 +0\.9773 +\d\.\d{4} +3 +2 +1 +20$/);
    assert.match(rows[1], /^tiny +0\.0000 +0\.0000 +0\.0000 +0\.0000 +\d\.\d{4} +0 +2 +1 +0$/);
    assert.equal(lines.filter((line) => line.startsWith('decision tree')).length, 2);
  });

  it('puts the figures of a table under their headings', () => {
    const heading = lines.findIndex((line) => line.startsWith('detector'));
    const end = (line: string, word: string): number => line.indexOf(word) + word.length;
    assert.equal(end(lines[heading], 'precision'), end(lines[heading + 1], '0.6000'));
  });

  it('has no second table where there are no unseen sequences', () => {
    const known = tableOf([[1], 1, 0], [[2], 0, 1]);
    const text = evaluationText(evaluate(joinParts(known, known), { name: 'm', threshold: 0.5, scores: [0, 1] }));
    assert.match(text, /never occurred in training\nnone\n/);
  });

  it('shows what is not defined as a dash', () => {
    const row = lines.filter((line) => line.startsWith('sequence length'))[1];
    assert.match(row, /^sequence length +– +0\.0000 /);
  });
});
