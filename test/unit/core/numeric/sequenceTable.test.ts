import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SequenceTable } from '../../../../src/core/numeric/sequenceTable';

describe('SequenceTable', () => {
  it('numbers sequences as a Map does, and keeps them', () => {
    const sequence = fc.array(fc.oneof(fc.nat(2), fc.constant(65_535)), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(sequence, { maxLength: 300 }), fc.nat(500), (sequences, longest) => {
        const table = new SequenceTable();
        const model = new Map<string, number>();
        // One that is longer than a table is at first, and buffers of which only the beginning counts.
        for (const values of [...sequences, Array.from({ length: 3 * longest }, (_, i) => i)]) {
          const buffer = Uint16Array.from([...values, 1, 2, 3]);
          const text = values.join();
          assert.equal(table.find(buffer, values.length), model.get(text) ?? -1);
          const number = model.get(text) ?? model.size;
          model.set(text, number);
          assert.equal(table.add(buffer, values.length), number);
          assert.equal(table.find(Uint16Array.from(values)), number);
        }
        assert.equal(table.count, model.size);
        for (const [text, number] of model) {
          assert.equal(table.values.slice(table.offsets[number], table.offsets[number + 1]).join(), text);
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('keeps more sequences than it has room for at first', () => {
    const table = new SequenceTable();
    const wide = Array.from({ length: 5000 }, (_, i) => Uint16Array.of(i, i >> 8, 7));
    assert.deepEqual(
      wide.map((values) => table.add(values)),
      wide.map((_, i) => i),
    );
    assert.ok(wide.every((values, i) => table.find(values) === i));
  });
});
