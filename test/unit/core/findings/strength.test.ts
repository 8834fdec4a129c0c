import assert from 'node:assert/strict';
import { strengthOf } from '../../../../src/core/findings/strength';

describe('how sure a finding is', () => {
  const of = (score: number, threshold: number, anomalous = true) => strengthOf({ score, anomalous }, threshold);

  it('goes by the distance from the threshold, in odds', () => {
    assert.deepEqual([of(0.5, 0.5), of(0.89, 0.5), of(0.91, 0.5)], ['likely', 'likely', 'very-likely']);
    assert.deepEqual([of(0.91, 0.9), of(0.99, 0.9)], ['likely', 'very-likely']);
    assert.deepEqual([of(0.02, 0.01), of(0.5, 0.01)], ['likely', 'very-likely']);
  });

  it('is less likely below it, and has an answer at the ends', () => {
    assert.equal(of(0.99, 0.5, false), 'less-likely');
    assert.deepEqual([of(1, 1), of(1, 0.9999), of(0, 0)], ['likely', 'very-likely', 'likely']);
  });
});
