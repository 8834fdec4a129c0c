import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HashSlots } from '../../../../src/core/numeric/hashSlots';

/** The number of a key, taken in if it is new. */
function numberOf(slots: HashSlots, keys: string[], key: string, hash: number): number {
  let slot = slots.first(hash);
  while (slots.numberAt(slot) >= 0) {
    if (keys[slots.numberAt(slot)] === key) {
      return slots.numberAt(slot);
    }
    slot = slots.next(slot, hash);
  }
  keys.push(key);
  return slots.add(slot, hash);
}

describe('HashSlots', () => {
  it('numbers keys as a Map does, whatever their hashes and the capacity', () => {
    const hash = fc.oneof(fc.constantFrom(0, 1, -1, 2 ** 31 - 1, -(2 ** 31)), fc.integer());
    fc.assert(
      fc.property(
        fc.array(fc.nat(300), { maxLength: 400 }),
        fc.array(hash, { minLength: 1, maxLength: 40 }),
        fc.constantFrom(1, 2, 16, 1024),
        (all, hashes, capacity) => {
          const slots = new HashSlots(capacity);
          const keys: string[] = [];
          const model = new Map<number, number>();
          for (const each of all) {
            const expected = model.get(each) ?? model.size;
            model.set(each, expected);
            assert.equal(numberOf(slots, keys, String(each), hashes[each % hashes.length]), expected);
            assert.equal(slots.count, model.size);
          }
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });
});
