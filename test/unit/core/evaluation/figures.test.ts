import assert from 'node:assert/strict';
import { figuresAt, samplesOf, unseenSessions } from '../../../../src/core/evaluation/figures';
import { groupByScore } from '../../../../src/core/numeric/scoredSamples';
import { SessionTableBuilder, selectSessions } from '../../../../src/core/blocks/sessionTable';

describe('samplesOf', () => {
  it('gives the sessions of both labels of a sequence its score', () => {
    const test = { sequences: [[1], [2], [3]], normal: [5, 2, 0], anomalous: [0, 1, 0] };
    assert.deepEqual(groupByScore(samplesOf(test, [0.1, 0.8, 0.9])), [
      { score: 0.8, positives: 1, negatives: 2 },
      { score: 0.1, positives: 0, negatives: 5 },
    ]);
  });
});

describe('figuresAt', () => {
  it('gathers the measures', () => {
    const figures = figuresAt({ scores: [0.9, 0.7, 0.4, 0.2], labels: [1, 0, 1, 0] }, 0.5);
    assert.deepEqual(figures, {
      precision: 0.5,
      recall: 0.5,
      f1: 0.5,
      auc: 0.75,
      averagePrecision: (1 + 2 / 3) / 2,
      confusion: { truePositives: 1, falsePositives: 1, falseNegatives: 1, trueNegatives: 1 },
    });
  });
});

describe('unseenSessions', () => {
  it('keeps the test sessions whose sequence no training session has', () => {
    const builder = new SessionTableBuilder();
    const add = (key: string, ...events: number[]): void => builder.add(key, false, false, Uint16Array.from(events));
    add('a', 1, 2);
    add('b', 1, 2);
    add('c', 2, 1);
    add('d', 3);
    const table = builder.build();
    const split = {
      train: selectSessions(table, (session) => ['a', 'd'].includes(table.key[session])),
      test: selectSessions(table, (session) => ['b', 'c'].includes(table.key[session])),
    };
    assert.deepEqual(unseenSessions(split).key, ['c']);
  });
});
