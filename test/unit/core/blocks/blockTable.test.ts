import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BlockTable, NO_BLOCK } from '../../../../src/core/blocks/blockTable';
import { utf8 } from '../../../support/bytes';

describe('BlockTable', () => {
  it('numbers keys in the order of their first occurrence', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 300 }), (keys) => {
        const table = new BlockTable();
        const expected = new Map<string, number>();
        for (const key of keys) {
          if (!expected.has(key)) {
            expected.set(key, expected.size);
          }
          const bytes = utf8(`<${key}>`);
          assert.equal(table.numberOf(bytes, 1, bytes.length - 1), expected.get(key));
        }
        assert.equal(table.count, expected.size);
        for (const [key, block] of expected) {
          assert.equal(table.key(block), key);
        }
      }),
      { seed: 8, numRuns: 100 },
    );
  });

  it('tells a hundred thousand keys apart', () => {
    const table = new BlockTable();
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 100_000; i++) {
        const key = utf8(`blk_${i}`);
        assert.equal(table.numberOf(key, 0, key.length), i);
      }
    }
    assert.equal(table.key(77_777), 'blk_77777');
  });

  it('keeps a byte order mark that a key begins with: no key is empty, and no two are shown alike', () => {
    const table = new BlockTable();
    for (const [i, text] of ['\ufeff', '\ufeffa', 'a'].entries()) {
      const key = utf8(text);
      assert.equal(table.numberOf(key, 0, key.length), i);
      assert.equal(table.key(i), text);
    }
  });

  it('cuts keys of absurd length', () => {
    const table = new BlockTable();
    const key = utf8('x'.repeat(5000));
    assert.equal(table.numberOf(key, 0, 5000), table.numberOf(key, 0, 4000));
    assert.equal(table.key(0).length, 256);
  });

  it('has a limit, beyond which it knows the keys that it has and counts the others', () => {
    const table = new BlockTable(3);
    const numberOf = (key: string): number => table.numberOf(utf8(key), 0, key.length);
    assert.deepEqual(['a', 'b', 'c', 'd', 'b', 'e', 'd', 'c'].map(numberOf), [
      0,
      1,
      2,
      NO_BLOCK,
      1,
      NO_BLOCK,
      NO_BLOCK,
      2,
    ]);
    assert.equal(table.count, 3);
    assert.equal(table.refused, 3);
  });

  it('has a limit of the bytes of its keys', () => {
    const table = new BlockTable(10, 5);
    const numberOf = (key: string): number => table.numberOf(utf8(key), 0, key.length);
    assert.deepEqual(['abc', 'def', 'de', 'f'].map(numberOf), [0, NO_BLOCK, 1, NO_BLOCK]);
    assert.deepEqual([table.keyBytes, table.refused], [5, 2]);
  });

  for (const [kind, keyOf] of [
    ['numbers that follow each other', (i: number) => `blk_${i}`],
    ['short numbers', (i: number) => String(i)],
    ['addresses', (i: number) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`],
    ['numbers with a common end', (i: number) => `${i}-6ba7-b810-9dad-11d1`],
  ] as const) {
    it(`keeps an even sample of ${kind}, and no other keys after it`, () => {
      const table = new BlockTable();
      const numberOf = (key: string): number => table.numberOf(utf8(key), 0, key.length);
      const keys = Array.from({ length: 64_000 }, (_, i) => keyOf(i));
      const before = keys.slice(0, 32_000);
      before.forEach(numberOf);
      for (const bits of [1, 3, 6]) {
        const known = Array.from({ length: table.count }, (_, block) => table.key(block));
        const numbers = table.sample(bits);
        const kept = known.filter((_, block) => numbers[block] !== NO_BLOCK);
        assert.deepEqual(
          kept.map((_, block) => table.key(block)),
          kept,
        );
        assert.deepEqual(
          [...numbers].filter((block) => block !== NO_BLOCK),
          [...kept.keys()],
        );
        assert.ok(Math.abs(table.count / (32_000 / 2 ** bits) - 1) < 0.2, `${table.count} with ${bits} bits`);
        known.forEach((key, block) => assert.equal(numberOf(key), numbers[block]));
      }
      const both = new BlockTable();
      both.sample(6);
      keys.forEach((key) => both.numberOf(utf8(key), 0, key.length));
      keys.forEach(numberOf);
      assert.equal(table.count, both.count);
      assert.equal(table.refused, 0);
      for (let block = 0; block < table.count; block++) {
        assert.equal(table.key(block), both.key(block));
      }
    });
  }
});
