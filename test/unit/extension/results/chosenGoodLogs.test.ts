import assert from 'node:assert/strict';
import { ChosenGoodLogs } from '../../../../src/extension/results/chosenGoodLogs';
import { ResultsStore } from '../../../../src/extension/results/resultsStore';
import { outcome, uri } from '../fixtures';

describe('ChosenGoodLogs', () => {
  const file = uri('/a.log');

  it('keeps a choice until it is deleted or the results of the file go', () => {
    const store = new ResultsStore((of) => of);
    const chosen = new ChosenGoodLogs(store);
    chosen.set(file, ['/good.log', '/better.log']);
    assert.deepEqual(chosen.get(file), ['/good.log', '/better.log']);
    assert.equal(chosen.get(uri('/b.log')), undefined);
    chosen.delete(file);
    assert.equal(chosen.get(file), undefined);
    chosen.set(file, ['/good.log']);
    store.begin(file);
    store.remove(file);
    assert.equal(chosen.get(file), undefined);
  });

  it('follows results to the new name of the file', () => {
    const store = new ResultsStore((of) => of);
    const chosen = new ChosenGoodLogs(store);
    chosen.set(file, ['/good.log']);
    store.begin(file);
    const scanned = outcome([]);
    store.complete(file, { ...scanned, options: { ...scanned.options, baseline: ['/good.log'] } });
    store.rename(file, () => uri('/b.log'));
    assert.deepEqual([chosen.get(file), chosen.get(uri('/b.log'))], [undefined, ['/good.log']]);
  });
});
