import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Tail } from '../../../../../src/core/detect/suspicion/tail';

describe('Tail', () => {
  it('is the surprisal of a value at least as high', () => {
    const tail = new Tail(Float64Array.of(3, 1, 2, 3));
    assert.deepEqual(
      [0, 1, 2, 3].map((value) => Math.exp(-tail.of(value))),
      [1, 1, 0.75, 0.5],
    );
    assert.equal(tail.of(4), Math.log(4));
  });

  it('never falls as the value rises, and stays within the logarithm of the number', () => {
    const values = fc.array(fc.double({ noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ noNaN: true }), fc.double({ noNaN: true }), (all, a, b) => {
        const tail = new Tail(Float64Array.from(all));
        const [low, high] = [tail.of(Math.min(a, b)), tail.of(Math.max(a, b))];
        assert.ok(low >= 0 && low <= high && high <= Math.log(all.length) + 1e-12);
      }),
    );
  });

  it('has nothing to say where there are no values', () => assert.equal(new Tail(new Float64Array(0)).of(1), 0));
});
