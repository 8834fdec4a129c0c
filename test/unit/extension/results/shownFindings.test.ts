import assert from 'node:assert/strict';
import { ShownFindings } from '../../../../src/extension/results/shownFindings';
import { finding, outcome } from '../fixtures';

describe('which findings are shown', () => {
  const suspects = Array.from({ length: 30 }, (_, i) => finding([100 + i], { anomalous: false, score: 0.3 }));
  const scanned = {
    ...outcome([
      finding([1], { score: 0.99, kind: 'new-error', text: 'Disk IS full' }),
      finding([2], { score: 0.95, kind: 'burst' }),
      finding([3], { score: 0.6, kind: 'burst' }),
    ]),
    suspects,
  };

  it('are all as usual, few or more of them on demand', () => {
    const shown = new ShownFindings();
    const counts = (): number[] => [
      shown.of(scanned).length,
      shown.sureEnough(scanned).length,
      shown.suspectsOf(scanned).length,
    ];
    assert.deepEqual(counts(), [3, 3, 10]);
    shown.amount = 'few';
    assert.deepEqual(counts(), [2, 2, 0]);
    shown.amount = 'more';
    assert.deepEqual(counts(), [3, 3, 30]);
  });

  it('are those with a text, of a kind or of a strength', () => {
    const shown = new ShownFindings();
    const told: string[] = [];
    shown.onDidChange((what) => told.push(what));
    const kept = (filter: ShownFindings['filter']): readonly number[] => {
      shown.filter = filter;
      assert.ok([0, 1, 2].every((i) => shown.has(scanned, i) === shown.of(scanned).includes(i)));
      return shown.of(scanned);
    };
    assert.deepEqual(kept({ text: 'is full' }), [0]);
    assert.deepEqual(kept({ text: 'line 3' }), [2]);
    assert.deepEqual(kept({ text: 'blk_2' }), [1]);
    assert.deepEqual(kept({ kind: 'burst' }), [1, 2]);
    assert.deepEqual(kept({ strength: 'likely' }), [2]);
    assert.deepEqual(kept({ kind: 'burst', strength: 'very-likely' }), [1]);
    assert.equal(shown.isFiltered, true);
    assert.equal(shown.sureEnough(scanned).length, 3, 'the Problems panel has a filter of its own');
    assert.deepEqual(kept({ strength: 'less-likely' }), []);
    assert.equal(shown.suspectsOf(scanned).length, 10);
    assert.deepEqual(kept({}), [0, 1, 2]);
    assert.equal(shown.isFiltered, false);
    assert.deepEqual(new Set(told), new Set(['filter']));
  });
});
