import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nthLowest } from '../../../../src/core/numeric/nthLowest';

describe('nthLowest', () => {
  it('gives what stands at a place of the sorted values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 }),
        fc.nat(),
        (values, k) => {
          const n = k % values.length;
          assert.equal(nthLowest(Float64Array.from(values), n), Float64Array.from(values).sort()[n]);
        },
      ),
    );
  });
});
