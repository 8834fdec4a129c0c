import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lowerBound, partitionPoint, upperBound } from '../../../../src/core/numeric/bisect';

const ascending = fc
  .array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 })
  .map((values) => values.sort((a, b) => a - b));
const value = fc.integer({ min: -1, max: 31 });

/** The index that findIndex gives, or the end of the range. */
function orEnd(index: number, end: number): number {
  return index < 0 ? end : index;
}

describe('bisect', () => {
  it('finds where a look at each value finds the first not below, and the first above', () => {
    fc.assert(
      fc.property(ascending, value, (values, wanted) => {
        const isFound = values.includes(wanted);
        const [first, after] = [lowerBound(values, wanted), upperBound(values, wanted)];
        assert.equal(
          first,
          orEnd(
            values.findIndex((each) => each >= wanted),
            values.length,
          ),
        );
        assert.equal(
          after,
          orEnd(
            values.findIndex((each) => each > wanted),
            values.length,
          ),
        );
        assert.equal(isFound ? first : -1, values.indexOf(wanted));
        assert.equal(isFound ? after - 1 : -1, values.lastIndexOf(wanted));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('looks at nothing outside the range that it is given', () => {
    fc.assert(
      fc.property(ascending, value, fc.array(fc.nat(9)), fc.array(fc.nat(9)), (values, wanted, before, after) => {
        const all = [...before, ...values, ...after];
        const [low, high] = [before.length, before.length + values.length];
        assert.equal(lowerBound(all, wanted, low, high), low + lowerBound(values, wanted));
        assert.equal(upperBound(all, wanted, low, high), low + upperBound(values, wanted));
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('counts the values that something holds for', () => {
    fc.assert(
      fc.property(ascending, value, (values, limit) => {
        const holds = (each: number): boolean => each < limit;
        assert.equal(partitionPoint(values, holds), values.filter(holds).length);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
