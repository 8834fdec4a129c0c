import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SignatureCache } from '../../../../src/core/templates/signatureCache';

describe('SignatureCache', () => {
  it('behaves like a map', () => {
    const entries = fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer(), fc.integer({ min: -1, max: 9 })), {
      maxLength: 3000,
      minLength: 1500,
    });
    fc.assert(
      fc.property(entries, (list) => {
        const cache = new SignatureCache();
        const map = new Map<string, number>();
        for (const [low, high, event] of list) {
          const key = `${low}/${high}`;
          assert.equal(cache.get(low, high), map.get(key));
          if (!map.has(key)) {
            cache.set(low, high, event);
            map.set(key, event);
          }
        }
        for (const [key, event] of map) {
          const [low, high] = key.split('/').map(Number);
          assert.equal(cache.get(low, high), event);
        }
      }),
      { seed: 4, numRuns: 10 },
    );
  });

  it('stays bounded', () => {
    const cache = new SignatureCache();
    for (let i = 0; i < 3_000_000; i++) {
      cache.set(i, i * 7, 1);
    }
    assert.equal(cache.get(2_999_999, 2_999_999 * 7), 1);
    assert.equal(cache.get(0, 0), undefined);
  });
});
