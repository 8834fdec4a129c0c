import assert from 'node:assert/strict';
import { groupByScore } from '../../../../src/core/numeric/scoredSamples';

describe('groupByScore', () => {
  it('collects equal scores, highest first, and leaves out samples of weight 0', () => {
    const groups = groupByScore({ scores: [0.2, 0.9, 0.2, 0.5], labels: [0, 1, 1, 1], weights: [3, 1, 2, 0] });
    assert.deepEqual(groups, [
      { score: 0.9, positives: 1, negatives: 0 },
      { score: 0.2, positives: 2, negatives: 3 },
    ]);
  });

  it('gives every sample the weight 1 where none are given', () => {
    assert.deepEqual(groupByScore({ scores: [1, 1], labels: [0, 1] }), [{ score: 1, positives: 1, negatives: 1 }]);
  });

  const faults = {
    'columns of different length': { scores: [1, 2], labels: [1] },
    'weights of different length': { scores: [1], labels: [1], weights: [1, 1] },
    'a score that is not a number': { scores: [NaN], labels: [1] },
    'a label that is neither 0 nor 1': { scores: [1], labels: [2] },
    'a negative weight': { scores: [1], labels: [1], weights: [-1] },
    'a weight that is not a number': { scores: [1], labels: [1], weights: [NaN] },
  };
  for (const [fault, samples] of Object.entries(faults)) {
    it(`refuses ${fault}`, () => assert.throws(() => groupByScore(samples), RangeError));
  }
});
