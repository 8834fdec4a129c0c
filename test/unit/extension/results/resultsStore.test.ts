import assert from 'node:assert/strict';
import { ResultsStore, type ScanOutcome } from '../../../../src/extension/results/resultsStore';
import { finding, outcome, uri } from '../fixtures';

describe('ResultsStore', () => {
  const file = uri('/a.log');
  let store: ResultsStore;
  let changes: string[];

  beforeEach(() => {
    store = new ResultsStore((of) => (of.path.endsWith('.gz') ? uri(of.path, 'gz') : of));
    changes = [];
    store.onDidChange(({ kind, results }) => changes.push(`${kind} ${results.uri.path}`));
  });

  it('holds a file from the beginning of its scan, found by the file and by the document that shows it', () => {
    const packed = uri('/b.log.gz');
    store.begin(packed);
    store.progress(packed, { phase: 'reading', done: 1, total: 2 });
    store.complete(packed, outcome([finding([1])]));
    const results = store.get(packed);
    assert.equal(results?.scanning, false);
    assert.equal(store.get(uri('/b.log.gz', 'gz')), results);
    assert.deepEqual(changes, ['added /b.log.gz', 'progress /b.log.gz', 'completed /b.log.gz']);
  });

  it('keeps the results of the last scan until the next is complete, and when that fails or is cancelled', () => {
    const first = outcome([finding([1])]);
    store.begin(file);
    store.complete(file, first);
    store.begin(file);
    assert.equal(store.get(file)?.outcome, first);
    store.fail(file, 'broken');
    assert.deepEqual([store.get(file)?.outcome, store.get(file)?.failure], [first, 'broken']);
    store.begin(file);
    assert.equal(store.get(file)?.failure, undefined);
    store.cancel(file);
    assert.deepEqual([store.get(file)?.outcome, store.get(file)?.scanning], [first, false]);
  });

  it('drops a file whose first scan is cancelled', () => {
    store.begin(file);
    store.cancel(file);
    assert.deepEqual(store.all, []);
  });

  it('tells staleness once, and forgets it with a new scan', () => {
    store.begin(file);
    store.complete(file, outcome([]));
    changes.length = 0;
    store.setStaleness(file, 'changed');
    store.setStaleness(file, 'changed');
    assert.deepEqual(changes, ['staleness /a.log']);
    store.complete(file, outcome([]));
    assert.equal(store.get(file)?.staleness, undefined);
  });

  it('lets results follow a renamed file, in place of what was there', () => {
    const found = outcome([finding([1])]);
    store.begin(file);
    store.complete(file, found);
    const target = uri('/a.log.gz');
    store.begin(target);
    store.complete(target, outcome([]));
    changes.length = 0;
    store.rename(file, () => target);
    assert.deepEqual(changes, ['removed /a.log', 'removed /a.log.gz', 'renamed /a.log.gz']);
    assert.equal(store.get(target)?.outcome, found);
    assert.equal(store.get(target)?.documentUri.scheme, 'gz');
    assert.equal(store.all.length, 1);
  });

  it('drops a file that is renamed during its first scan', () => {
    store.begin(file);
    store.rename(file, () => uri('/b.log'));
    assert.deepEqual(store.all, []);
  });

  it('ignores what comes for a file that is gone', () => {
    store.begin(file);
    store.remove(file);
    changes.length = 0;
    store.progress(file, { phase: 'reading', done: 1, total: 2 });
    store.complete(file, outcome([]));
    store.fail(file, 'broken');
    store.cancel(file);
    assert.deepEqual(changes, []);
  });

  describe('with rotated files', () => {
    const older = uri('/a.log.1.gz');
    const rotated = [older, file];

    /** The outcome of a scan of both files, the older one with ten lines. */
    function ofBoth(): ScanOutcome {
      const parts = [
        { uri: older, documentUri: uri(older.path, 'gz'), linesBefore: 0, state: { size: 1, mtime: 1 } },
        { uri: file, documentUri: file, linesBefore: 10, state: { size: 1, mtime: 1 } },
      ];
      return { ...outcome([finding([3, 12])]), parts };
    }

    it('holds one entry that each file and document leads to', () => {
      store.begin(file, rotated);
      store.complete(file, ofBoth());
      for (const of of [file, older, uri(older.path, 'gz')]) {
        assert.equal(store.get(of), store.all[0]);
      }
    });

    it('gives each file one place: what was complete last', () => {
      store.begin(older);
      store.complete(older, outcome([]));
      store.begin(file, rotated);
      assert.equal(store.all.length, 2);
      store.complete(file, ofBoth());
      assert.deepEqual(
        store.all.map(({ uri: of }) => of.path),
        ['/a.log'],
      );
      store.begin(older);
      store.complete(older, outcome([]));
      assert.deepEqual(
        store.all.map(({ uri: of }) => of.path),
        ['/a.log.1.gz'],
      );
    });

    it('leaves another log alone that is being scanned meanwhile', () => {
      store.begin(older);
      store.begin(file, rotated);
      store.complete(file, ofBoth());
      assert.deepEqual(
        store.all.map(({ uri: of, scanning }) => [of.path, scanning]),
        [
          ['/a.log.1.gz', true],
          ['/a.log', false],
        ],
      );
    });

    it('forgets the other files again when the scan with them is cancelled', () => {
      store.begin(file);
      store.complete(file, outcome([]));
      store.begin(file, rotated);
      store.cancel(file);
      assert.equal(store.get(file)?.rotated, undefined);
    });

    it('lets results follow all files of a renamed folder', () => {
      store.begin(file, rotated);
      store.complete(file, ofBoth());
      store.rename(file, (of) => uri(`/new${of.path}`));
      const results = store.get(uri('/new/a.log'));
      assert.deepEqual(
        results?.rotated?.map(({ path }) => path),
        ['/new/a.log.1.gz', '/new/a.log'],
      );
      assert.equal(store.get(uri('/new/a.log.1.gz', 'gz')), results);
    });
  });
});
