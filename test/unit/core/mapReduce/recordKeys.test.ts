import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RecordKeys } from '../../../../src/core/mapReduce/recordKeys';

describe('RecordKeys', () => {
  it('says of each key of a record whether it is new, as a Set does, in few keys and in many', () => {
    const few = fc.array(fc.stringMatching(/^[ab]{0,3}$/), { maxLength: 20 });
    const many = fc.integer({ min: 100, max: 600 }).map((count) => Array.from({ length: count }, (_, i) => `k${i}`));
    fc.assert(
      fc.property(fc.array(fc.oneof(few, many), { maxLength: 6 }), (records) => {
        const keys = new RecordKeys();
        for (const record of records) {
          keys.clear();
          const met = new Set<string>();
          const buffer = Buffer.from([...record, ...record].join(''));
          let start = 0;
          for (const key of [...record, ...record]) {
            assert.equal(keys.add(buffer, start, start + key.length), !met.has(key));
            met.add(key);
            start += key.length;
          }
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });
});
