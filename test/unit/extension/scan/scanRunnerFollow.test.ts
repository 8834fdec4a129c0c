import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import { CancelledError } from '../../../../src/core/cancellation';
import type { Finding } from '../../../../src/core/findings/finding';
import { ScanRunner } from '../../../../src/extension/scan/scanRunner';
import { ResultsStore } from '../../../../src/extension/results/resultsStore';
import { WorkerFault, type FollowListener, type WorkerClient } from '../../../../src/extension/engine/workerClient';
import { finding, outcome, uri } from '../fixtures';

describe('ScanRunner of a log that is followed', () => {
  const file = uri('/a.log');
  let store: ResultsStore;
  let runner: ScanRunner;
  let logged: string[];
  /** The files of the last scan of a log that is not followed. */
  let scannedPaths: readonly string[] | undefined;
  /** The client's side of what is followed. */
  let served: { listener: FollowListener; end: (error?: Error) => void }[];

  beforeEach(() => {
    logged = [];
    served = [];
    store = new ResultsStore((of: Uri) => of);
    const client = {
      scan: async (...[, , , , , paths]: Parameters<WorkerClient['scan']>) => {
        scannedPaths = paths;
        return undefined;
      },
      follow: (_path: string, _options: unknown, listener: FollowListener, signal: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          served.push({ listener, end: (error) => (error === undefined ? resolve() : reject(error)) });
          signal.addEventListener('abort', () => reject(new CancelledError()));
        }),
    };
    const surroundings = {
      optionsFor: () => ({ isTrusted: true }),
      stat: async () => ({ size: 1, mtime: 1 }),
      configurationState: async () => 'none',
      goodLogsState: async () => 'none',
      documentOf: (of: Uri) => of,
      logDetails: (details: string) => logged.push(details),
      translate: (sentence: string) => sentence,
      now: () => 77,
    };
    runner = new ScanRunner(client, store, surroundings);
  });

  const turn = () => new Promise((resolve) => setImmediate(resolve));

  /** What the worker tells: findings that have changed, and how all of them stand now. */
  function tell(fresh: Finding[], order: number[], which = served.length - 1): void {
    const { listener } = served[which];
    const { summary, index } = outcome(fresh);
    listener.onFindings(fresh);
    listener.onUpdated({ type: 'updated', id: 1, summary, index, order: Int32Array.from(order), file: STATE });
  }

  const STATE = { size: 5, mtime: 6 };

  it('brings the results up to date, and keeps the findings that have not changed', async () => {
    const first = runner.follow(file);
    await turn();
    assert.equal(store.get(file)?.scanning, true);
    tell([finding([1]), finding([2])], [-1, -2]);
    assert.deepEqual(await first, { kind: 'completed' });
    const results = store.get(file)!;
    const [one, two] = results.outcome!.findings;
    assert.deepEqual(results.following, { lastUpdate: 77 });
    assert.equal(results.scanning, false);
    assert.deepEqual(results.outcome!.file, STATE);
    tell([finding([3]), finding([1, 4])], [-2, 1, -1]);
    assert.deepEqual(
      results.outcome!.findings.map(({ line }) => line),
      [1, 2, 3],
    );
    assert.equal(results.outcome!.findings[1], two);
    assert.notEqual(results.outcome!.findings[0], one);
  });

  it('follows a file once, and from its beginning when it is to be scanned again', async () => {
    const first = runner.follow(file);
    assert.equal(runner.follow(file), first);
    assert.equal(runner.scan({ file }), first);
    await turn();
    tell([finding([1])], [-1]);
    const again = runner.scan({ file });
    assert.notEqual(again, first);
    await turn();
    assert.equal(served.length, 2);
    assert.equal(store.get(file)?.scanning, true);
    tell([finding([2])], [-1]);
    assert.deepEqual(await again, { kind: 'completed' });
    assert.deepEqual(store.get(file)?.following, { lastUpdate: 77 });
    assert.deepEqual(
      store.get(file)?.outcome?.findings.map(({ line }) => line),
      [2],
    );
  });

  it('follows no longer what is scanned with its rotated files', async () => {
    void runner.follow(file);
    await turn();
    tell([finding([1])], [-1]);
    await runner.scan({ file, rotated: [uri('/a.log.1'), file] });
    assert.deepEqual(scannedPaths, ['/a.log.1', '/a.log']);
    assert.equal(store.get(file)?.following, undefined);
    assert.equal(served.length, 1);
  });

  it('goes on with what is followed when a scan of the file is to be stopped', async () => {
    void runner.follow(file);
    await turn();
    tell([finding([1])], [-1]);
    await runner.stop(file);
    assert.deepEqual(store.get(file)?.following, { lastUpdate: 77 });
    const other = uri('/b.log');
    const ends = [runner.follow(other), runner.scan({ file: other })];
    runner.cancel(other);
    assert.deepEqual(await Promise.all(ends), [{ kind: 'cancelled' }, { kind: 'cancelled' }]);
    assert.deepEqual(store.get(file)?.following, { lastUpdate: 77 });
  });

  it('keeps the results when it is stopped, and none of a first scan that is cancelled', async () => {
    void runner.follow(file);
    await turn();
    tell([finding([1])], [-1]);
    runner.cancel();
    await turn();
    assert.notEqual(store.get(file)?.following, undefined);
    runner.unfollow(file);
    await turn();
    assert.equal(store.get(file)?.following, undefined);
    assert.equal(store.get(file)?.outcome?.findings.length, 1);
    const other = uri('/b.log');
    const first = runner.follow(other);
    await turn();
    runner.cancel(other);
    assert.deepEqual(await first, { kind: 'cancelled' });
    assert.equal(store.get(other), undefined);
  });

  it('says that the file is gone, and keeps its results', async () => {
    void runner.follow(file);
    await turn();
    tell([finding([1])], [-1]);
    served[0].end();
    await turn();
    assert.equal(store.get(file)?.staleness, 'gone');
    assert.equal(store.get(file)?.following, undefined);
  });

  it('tells a fault, before the first results and after them', async () => {
    const first = runner.follow(file);
    await turn();
    served[0].end(new WorkerFault('It is gzip.'));
    assert.deepEqual(await first, { kind: 'failed', message: 'It is gzip.', bySettings: false });
    assert.equal(store.get(file)?.failure, 'It is gzip.');
    const second = runner.follow(file);
    await turn();
    tell([], []);
    await second;
    served[1].end(new WorkerFault('It cannot be read.'));
    await turn();
    assert.equal(store.get(file)?.failure, 'It cannot be read.');
    assert.equal(store.get(file)?.following, undefined);
    assert.deepEqual(logged, ['It is gzip.', 'It cannot be read.']);
  });

  it('leaves results alone that were there when it cannot begin', async () => {
    store.begin(file);
    store.complete(file, outcome([finding([1])]));
    const first = runner.follow(file);
    await turn();
    served[0].end(new WorkerFault('It is gzip.'));
    assert.equal((await first).kind, 'failed');
    const { failure, scanning, outcome: kept } = store.get(file)!;
    assert.deepEqual([failure, scanning, kept?.findings.length], [undefined, false, 1]);
  });

  it('stops when the results are removed, and when it is disposed', async () => {
    for (const stop of [() => store.remove(file), () => runner.dispose()]) {
      void runner.follow(file);
      await turn();
      tell([finding([1])], [-1]);
      stop();
      await turn();
      assert.equal(store.get(file)?.following, undefined);
    }
  });
});
