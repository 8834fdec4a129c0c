import assert from 'node:assert/strict';
import fc from 'fast-check';
import { drawIndex, IndexDraws } from '../../../../src/core/numeric/distributions';
import { Random } from '../../../../src/core/numeric/random';

/** Sums of weights up to each. */
function cumulate(weights: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(weights, (weight) => (sum += weight));
}

describe('IndexDraws', () => {
  it('draws what drawIndex draws, from few and from many weights', () => {
    const weight = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5 }), fc.constant(100_000));
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 50 }), fc.nat(1000), fc.nat(), (few, repeats, seed) => {
        const weights = Array.from({ length: 1 + repeats }, () => few).flat();
        fc.pre(weights.some((each) => each > 0));
        const cumulated = cumulate(weights);
        const draws = new IndexDraws(cumulated);
        const [one, other] = [new Random(seed), new Random(seed)];
        for (let i = 0; i < 200; i++) {
          const index = draws.draw(one);
          assert.equal(index, drawIndex(cumulated, other));
          assert.ok(weights[index] > 0);
        }
      }),
      { seed: 4, numRuns: 100 },
    );
  });
});
