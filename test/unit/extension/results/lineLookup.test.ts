import assert from 'node:assert/strict';
import { findingsAt } from '../../../../src/extension/results/lineLookup';
import { finding, outcome } from '../fixtures';

describe('findingsAt', () => {
  const { index } = outcome([finding([7, 3]), finding([3, 9]), finding([9])]);

  it('gives all findings of a line, highest score first', () => {
    assert.deepEqual(findingsAt(index, 3), [0, 1]);
    assert.deepEqual(findingsAt(index, 9), [1, 2]);
    assert.deepEqual(findingsAt(index, 7), [0]);
  });

  it('gives none for a line that belongs to no finding', () => {
    for (const line of [1, 5, 10]) {
      assert.deepEqual(findingsAt(index, line), []);
    }
  });
});
