import assert from 'node:assert/strict';
import { gutterLines, ownLines, rulerLines } from '../../../../src/extension/marks/decorationModel';
import { finding, outcome } from '../fixtures';

describe('gutterLines', () => {
  const all = outcome([finding([20, 10, 30]), finding([30, 20]), finding([50])]);

  it('marks the lines of findings between the first and the last line', () => {
    assert.deepEqual(gutterLines(all, 10, 20), { suspicious: [20], others: [10] });
    assert.deepEqual(gutterLines(all, 21, 49), { suspicious: [30], others: [] });
    assert.deepEqual(gutterLines(all, 31, 49), { suspicious: [], others: [] });
  });

  it('marks a line that is suspicious for one finding as that only', () => {
    assert.deepEqual(gutterLines(all, 1, 100), { suspicious: [20, 30, 50], others: [10] });
  });
});

describe('rulerLines', () => {
  it('marks each line once', () => {
    const all = outcome([finding([20, 10, 30]), finding([30, 20])]);
    assert.deepEqual(rulerLines(all, { after: 0, last: Infinity }), { suspicious: [20, 30], others: [10] });
  });

  it('marks no more lines than the ruler has room for, those of the highest scores', () => {
    const many = outcome(Array.from({ length: 5000 }, (_, i) => finding([3 * i + 1, 3 * i + 2, 3 * i + 3])));
    const { suspicious, others } = rulerLines(many, { after: 0, last: Infinity });
    assert.equal(suspicious.length, 1000);
    assert.equal(suspicious.at(-1), 3 * 999 + 1);
    assert.equal(others.length, 1000);
    assert.equal(others.at(-1), 3 * 499 + 3);
  });

  it('marks the lines of one of several files, as that file counts them', () => {
    const all = outcome([finding([12, 3, 25]), finding([4, 13])]);
    const second = rulerLines(all, { after: 10, last: 20 });
    assert.deepEqual(second, { suspicious: [12], others: [13] });
    assert.deepEqual(ownLines(second, 10), { suspicious: [2], others: [3] });
  });
});
