import assert from 'node:assert/strict';
import { FNV_BASIS, fnvStep, goldenStep, mixed } from '../../../../src/core/numeric/hash';

function hexOf(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0');
}

describe('hash', () => {
  it('gives the published FNV-1a values', () => {
    const fnv = (text: string): string => hexOf([...Buffer.from(text)].reduce(fnvStep, FNV_BASIS));
    // Of http://www.isthe.com/chongo/src/fnv/test_fnv.c.
    assert.equal(fnv(''), '811c9dc5');
    assert.equal(fnv('a'), 'e40c292c');
    assert.equal(fnv('b'), 'e70c2de5');
    assert.equal(fnv('foobar'), 'bf9cf968');
  });

  it('sends neighbouring numbers to different places of a table, by both ways', () => {
    for (const step of [fnvStep, goldenStep]) {
      const places = new Set(Array.from({ length: 256 }, (_, i) => mixed(step(FNV_BASIS, i)) & 1023));
      assert.ok(places.size > 200, `${step.name}: ${places.size} places`);
    }
  });

  it('is 32 bits wide', () => {
    for (const hash of [fnvStep(FNV_BASIS, 1), goldenStep(0x7fffffff, 255), mixed(-1)]) {
      assert.equal(hash, hash | 0);
    }
  });
});
