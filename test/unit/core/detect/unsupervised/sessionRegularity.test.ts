import assert from 'node:assert/strict';
import { areSessionsAlike } from '../../../../../src/core/detect/unsupervised/sessionRegularity';

describe('areSessionsAlike', () => {
  it('looks at the usual session, however anomalous less than half of them are', () => {
    const alike = (...blocks: number[]): boolean => areSessionsAlike({ blocks: Float64Array.from(blocks), cut: 6 });
    assert.ok(alike(1, 9, 4, 9, 1));
    assert.ok(!alike(5, 5, 5, 1));
    assert.ok(!alike(4.5, 4.1));
    assert.ok(alike());
  });
});
