import assert from 'node:assert/strict';
import { entriesInPassing, groupedEntries } from '../../../../src/core/findings/stretchEntries';
import { Random } from '../../../../src/core/numeric/random';

describe('entries of a stretch', () => {
  it('are those of its source, whether they are grouped or looked for', () => {
    const random = new Random(7);
    const sequences = Uint32Array.from({ length: 500 }, () => random.below(5));
    const grouped = groupedEntries({ sequences, sequenceCount: 5 });
    const inPassing = entriesInPassing({ sequences });
    for (let first = 0; first < 500; first += 3) {
      const last = sequences.lastIndexOf(sequences[first], first + random.below(500 - first));
      const own = [...sequences.keys()].filter((k) => k >= first && k <= last && sequences[k] === sequences[first]);
      assert.deepEqual([...grouped({ first, last })], own);
      assert.deepEqual([...inPassing({ first, last })], own);
    }
  });

  it('are all from the first to the last where there is one source', () => {
    const log = { sequences: new Uint32Array(9), sequenceCount: 1 };
    for (const entriesOf of [groupedEntries(log), entriesInPassing(log)]) {
      assert.deepEqual([...entriesOf({ first: 2, last: 5 })], [2, 3, 4, 5]);
      assert.deepEqual([...entriesOf({ first: 8, last: 8 })], [8]);
    }
  });

  it('are grouped once for all stretches', () => {
    const entriesOf = groupedEntries({ sequences: Uint32Array.from([0, 1, 0, 1, 0]), sequenceCount: 2 });
    const [one, other] = [entriesOf({ first: 0, last: 4 }), entriesOf({ first: 1, last: 3 })];
    assert.equal(one.buffer, other.buffer);
  });
});
