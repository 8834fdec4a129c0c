import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isBeginning, isOrder, OrderColumn, timeOfOrder } from '../../../../src/core/mapReduce/orderColumn';
import { text, utf8 } from '../../../support/bytes';

/** The orders of an input's records, of which each is 10 bytes long. */
function ordersOf(times: readonly number[], offset = 0): string[] {
  const order = new OrderColumn();
  return times.map((time, i) => {
    order.advance(time, offset + 10 * i);
    return text(order.bytes);
  });
}

const time = fc.oneof(
  fc.constantFrom(NaN, 0, -1, 1_709_584_530_000),
  fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
);

describe('OrderColumn', () => {
  it('writes time and offset so that they can be read', () => {
    assert.deepEqual(ordersOf([1_709_584_530_000, 1_709_584_530_001]), [
      '1001709584530000-1-0000000000000000',
      '1001709584530001-0-0000000000000010',
    ]);
  });

  it('sorts by time, then by offset, also before 1970', () => {
    const offset = fc.maxSafeNat();
    fc.assert(
      fc.property(time, offset, time, offset, (timeA, offsetA, timeB, offsetB) => {
        const [a] = ordersOf([timeA], offsetA);
        const [b] = ordersOf([timeB], offsetB);
        const difference = timeA === timeB || Number.isNaN(timeA + timeB) ? NaN : timeA - timeB;
        if (!Number.isNaN(difference)) {
          assert.equal(a < b, difference < 0);
        } else if (Object.is(timeA, timeB)) {
          assert.equal(a < b, offsetA < offsetB);
        } else if (Number.isNaN(timeA)) {
          assert.ok(a < b, 'no time comes first');
        }
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('keeps the order of the lines within an input, whatever their times', () => {
    fc.assert(
      fc.property(fc.array(time, { maxLength: 30 }), (times) => {
        const orders = ordersOf(times);
        assert.deepEqual([...orders].sort(), orders);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('keeps the order of a log that was cut within a second, of pieces with more than one time each', () => {
    const piece = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (steps) => {
        let now = 0;
        const orders = steps.flatMap((piece) => {
          const times = piece.map((step, i) => (now += i === piece.length - 1 ? step + 1 : step));
          return ordersOf(times.map((second) => 1000 * second));
        });
        assert.deepEqual([...orders].sort(), orders);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('can be read back', () => {
    const [first, second, third] = ordersOf([NaN, -5, 1234]).map(utf8);
    assert.ok(Number.isNaN(timeOfOrder(first, 0)));
    assert.equal(timeOfOrder(second, 0), -5);
    assert.equal(timeOfOrder(third, 0), 1234);
    assert.deepEqual([isBeginning(first, 0), isBeginning(third, 0)], [true, false]);
    assert.ok(isOrder(third, 0, third.length));
    assert.ok(!isOrder(third, 1, third.length));
    assert.ok(!isOrder(utf8('1001709584530000-1-000000000000000x'), 0, 35));
  });
});
