import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inverseDocumentFrequencies } from '../../../../src/core/features/idf';

describe('inverseDocumentFrequencies', () => {
  it('is ln(1 + R / (1 + r)) over window rows, each counted as often as its block', () => {
    const blocks = [
      { columns: [0, 0, 1], weight: 3 }, // windows of 2: {0, 0}, {0, 1}
      { columns: [1], weight: 1 }, // one short window
    ];
    assert.deepEqual(inverseDocumentFrequencies(blocks, 3, 2), [
      Math.log(1 + 7 / (1 + 6)),
      Math.log(1 + 7 / (1 + 4)),
      Math.log(1 + 7 / (1 + 0)),
    ]);
  });

  it('counts each window once per event, for any block', () => {
    const block = fc.record({
      columns: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }),
      weight: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 5 }), fc.integer({ min: 1, max: 6 }), (blocks, window) => {
        const rowsWith = [0, 0, 0, 0];
        let rows = 0;
        for (const { columns, weight } of blocks) {
          for (let w = 0; w < Math.max(1, columns.length - window + 1); w++) {
            rows += weight;
            new Set(columns.slice(w, w + window)).forEach((event) => (rowsWith[event] += weight));
          }
        }
        assert.deepEqual(
          inverseDocumentFrequencies(blocks, 4, window),
          rowsWith.map((count) => Math.log(1 + rows / (1 + count))),
        );
      }),
    );
  });
});
