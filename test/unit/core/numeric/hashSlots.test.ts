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
  it('numbers keys as a Map does, whatever their hashes and the capacity, and again after each clear', () => {
    const hash = fc.oneof(fc.constantFrom(0, 1, -1, 2 ** 31 - 1, -(2 ** 31)), fc.integer());
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(300), { maxLength: 400 }), { minLength: 1, maxLength: 4 }),
        fc.array(hash, { minLength: 1, maxLength: 40 }),
        fc.constantFrom(1, 2, 16, 1024),
        (rounds, hashes, capacity) => {
          const slots = new HashSlots(capacity);
          for (const round of rounds) {
            const keys: string[] = [];
            const model = new Map<number, number>();
            for (const each of round) {
              const expected = model.get(each) ?? model.size;
              model.set(each, expected);
              assert.equal(numberOf(slots, keys, String(each), hashes[each % hashes.length]), expected);
              assert.equal(slots.count, model.size);
            }
            slots.clear();
            assert.equal(slots.count, 0);
          }
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  it('finds nothing in the slots that were cleared', () => {
    const slots = new HashSlots(2);
    for (const hashes of [[7], [7, 7, 8, 9, 10]]) {
      hashes.forEach((hash) => numberOf(slots, [], 'new', hash));
      slots.clear();
      assert.ok(hashes.every((hash) => slots.numberAt(slots.first(hash)) === -1));
    }
  });
});
