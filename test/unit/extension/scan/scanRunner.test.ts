import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import { CancelledError } from '../../../../src/core/cancellation';
import { messageOf } from '../../../../src/core/errors/messages';
import { UserError } from '../../../../src/core/errors/userError';
import { ResultsStore } from '../../../../src/extension/results/resultsStore';
import { ScanRunner, type ScanSurroundings } from '../../../../src/extension/scan/scanRunner';
import { WorkerFault, type ScanListener } from '../../../../src/extension/engine/workerClient';
import type { ScannedResponse, ScanOptions } from '../../../../src/worker/protocol';
import { finding, outcome, uri } from '../fixtures';

describe('ScanRunner', () => {
  const file = uri('/a.log');
  let store: ResultsStore;
  let runner: ScanRunner;
  let logged: string[];
  let surroundings: ScanSurroundings;
  /** How the client's scans end. */
  let serve: (listener: ScanListener, signal: AbortSignal) => Promise<ScannedResponse | undefined>;
  let served: number;
  let servedAmongSeveral: boolean;
  let servedPaths: readonly string[] | undefined;

  beforeEach(() => {
    logged = [];
    served = 0;
    store = new ResultsStore((of: Uri) => of);
    surroundings = {
      optionsFor: () => ({ isTrusted: true, maxFindings: 7 }),
      documentOf: (of) => of,
      stat: async () => ({ size: 10, mtime: 20 }),
      configurationState: async () => 'none',
      goodLogsState: async (paths) => paths.join(),
      logDetails: (details) => logged.push(details),
      translate: (sentence) => sentence,
      now: () => 0,
    };
    serve = async ({ onProgress, onFindings }) => {
      const { summary, index } = outcome([finding([1]), finding([2])]);
      onProgress({ type: 'progress', id: 1, phase: 'reading', done: 5, total: 10 });
      onFindings([finding([1])]);
      onFindings([finding([2])]);
      return { type: 'scanned', id: 1, summary, index, suspects: [] };
    };
    runner = new ScanRunner(
      {
        scan: (_path, _options, listener, signal, isOneOfSeveral, rotatedPaths) => {
          served++;
          servedPaths = rotatedPaths;
          servedAmongSeveral = isOneOfSeveral === true;
          return serve(listener, signal);
        },
        follow: () => assert.fail(),
      },
      store,
      surroundings,
    );
  });

  /** A client whose scan goes on until it is cancelled. */
  function untilCancelled(_: ScanListener, signal: AbortSignal): Promise<ScannedResponse> {
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new CancelledError())));
  }

  it('puts the findings of all batches into the store, with what was scanned and how', async () => {
    assert.deepEqual(await runner.scan({ file }), { kind: 'completed' });
    const found = store.get(file)?.outcome;
    assert.deepEqual(
      found?.findings.map(({ line }) => line),
      [1, 2],
    );
    assert.deepEqual(found?.file, { size: 10, mtime: 20 });
    assert.deepEqual(found?.options, { isTrusted: true, maxFindings: 7 });
    assert.equal(found?.configuration, 'none');
    assert.equal(found?.goodLogs, '');
    assert.equal(servedAmongSeveral, false);
  });

  it('says that a log is read as soon as its turn has come, and not before', async () => {
    serve = untilCancelled;
    const other = uri('/b.log');
    let look: (state: { size: number; mtime: number }) => void = () => undefined;
    surroundings.stat = () => new Promise((resolve) => (look = resolve));
    const ends = [runner.scan({ file }), runner.scan({ file: other })];
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(served, 0);
    assert.deepEqual(store.get(file)?.progress, { phase: 'reading', done: 0, total: 1 });
    assert.equal(store.get(other)?.progress, undefined);
    runner.cancel();
    look({ size: 10, mtime: 20 });
    await Promise.all(ends);
  });

  it('does not say that a file is read which its configuration may exclude', async () => {
    serve = untilCancelled;
    const end = runner.scan({ file }, true);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(served, 1);
    assert.equal(store.get(file)?.progress, undefined);
    runner.cancel();
    await end;
  });

  it('leaves no row of a file that its configuration excludes among several', async () => {
    serve = async () => undefined;
    assert.deepEqual(await runner.scan({ file }, true), { kind: 'excluded' });
    assert.ok(servedAmongSeveral);
    assert.equal(store.get(file), undefined);
  });

  it('joins a scan of the same file that is under way', async () => {
    const ends = [runner.scan({ file }), runner.scan({ file })];
    assert.equal(ends[0], ends[1]);
    await Promise.all(ends);
    assert.equal(served, 1);
    await runner.scan({ file });
    assert.equal(served, 2);
  });

  it('cancels one scan or all', async () => {
    serve = untilCancelled;
    const other = uri('/b.log');
    const ends = [runner.scan({ file }), runner.scan({ file: other })];
    await new Promise((resolve) => setImmediate(resolve));
    runner.cancel(file);
    assert.deepEqual(await ends[0], { kind: 'cancelled' });
    assert.deepEqual(
      store.all.map(({ uri: left }) => left.path),
      ['/b.log'],
    );
    runner.cancel();
    assert.deepEqual(await ends[1], { kind: 'cancelled' });
    assert.deepEqual(store.all, []);
  });

  it('keeps the suspects and the state of the good logs that the scan tells', async () => {
    serve = async () => {
      const { summary, index } = outcome([], { baselines: ['/good.log', '/better.log'] });
      return { type: 'scanned', id: 1, summary, index, suspects: [finding([3])] };
    };
    await runner.scan({ file });
    const found = store.get(file)?.outcome;
    assert.deepEqual([found?.goodLogs, found?.suspects.map(({ line }) => line)], ['/good.log,/better.log', [3]]);
  });

  it('stops a scan and waits for its end', async () => {
    serve = untilCancelled;
    const end = runner.scan({ file });
    await new Promise((resolve) => setImmediate(resolve));
    await runner.stop(file);
    assert.equal(store.get(file), undefined);
    assert.deepEqual(await end, { kind: 'cancelled' });
    await runner.stop(uri('/never-scanned.log'));
  });

  it('ends the scan of a file that is removed', async () => {
    serve = untilCancelled;
    const end = runner.scan({ file });
    await new Promise((resolve) => setImmediate(resolve));
    store.remove(file);
    assert.deepEqual(await end, { kind: 'cancelled' });
  });

  it('tells what is wrong with the file, the settings or the scan', async () => {
    surroundings.stat = async () => undefined;
    assert.match(JSON.stringify(await runner.scan({ file })), /\/a\.log does not exist/);
    surroundings.stat = async () => ({ size: 1, mtime: 1 });
    serve = () => Promise.reject(new WorkerFault('x is undefined'));
    assert.deepEqual(await runner.scan({ file }), { kind: 'failed', message: 'x is undefined', bySettings: false });
    assert.equal(store.get(file)?.failure, 'x is undefined');
    assert.deepEqual(logged, []);
  });

  it('tells what is wrong in the language of the user', async () => {
    surroundings.translate = (sentence) => (sentence === 'mask {pattern}' ? 'Maske {pattern}' : `Nein: ${sentence}`);
    const what = messageOf('mask', { pattern: '"{why}"' });
    serve = () => Promise.reject(new UserError('pattern-matches-empty', { pattern: what }));
    await runner.scan({ file });
    assert.match(String(store.get(file)?.failure), /^Nein: The Maske "\{why\}" matches the empty text;/);
  });

  it('knows by its code whether a setting is at fault', async () => {
    const model = { model: '/models/own' };
    const cases: [UserError, Partial<ScanOptions>, boolean][] = [
      [new UserError('pattern-matches-empty', { pattern: 'x*' }), { sessionKey: 'x*' }, true],
      [new UserError('log-format-unmatched', { path: '/a.log', format: 'json' }), { logFormat: 'json' }, true],
      // Of a configuration file.
      [new UserError('log-format-unmatched', { path: '/a.log', format: 'json' }), {}, false],
      [new UserError('config-no-json', { path: '/logcnn.config.json', why: 'end' }), { logFormat: 'json' }, false],
      [new UserError('profile-no-json', { path: '/models/own/profile.json', why: 'end' }), model, true],
      [new UserError('profile-no-json', { path: '/models/own/profile.json', why: 'end' }), {}, false],
      [new UserError('missing', { path: '/models/own' }), model, true],
      [new UserError('missing', { path: '/a.log' }), model, false],
      [new UserError('not-text', { path: '/a.log' }), { sessionKey: 'x' }, false],
    ];
    for (const [error, options, bySettings] of cases) {
      surroundings.optionsFor = () => ({ isTrusted: true, ...options });
      serve = () => Promise.reject(error);
      assert.deepEqual(await runner.scan({ file }), { kind: 'failed', message: error.message, bySettings }, error.code);
    }
    surroundings.optionsFor = () => {
      throw new UserError('setting-wrong', { key: 'logFormat', value: '1', wanted: 'a text' });
    };
    const message = 'The setting logcnn.logFormat is 1; it must be a text.';
    assert.deepEqual(await runner.scan({ file }), { kind: 'failed', message, bySettings: true });
    assert.deepEqual(logged, []);
  });

  it('logs the stack of a fault that is ours', async () => {
    serve = () => Promise.reject(new TypeError('x is undefined'));
    assert.equal((await runner.scan({ file })).kind, 'failed');
    assert.match(logged[0], /TypeError: x is undefined\n/);
  });

  it('scans one log after another, and looks at each only when its turn comes', async () => {
    const stated: string[] = [];
    surroundings.stat = async ({ path }) => {
      stated.push(path);
      return { size: 10, mtime: 20 };
    };
    let open = 0;
    const scanIt = serve;
    serve = async (listener, signal) => {
      assert.equal(++open, 1);
      assert.equal(stated.length, served);
      await new Promise((resolve) => setImmediate(resolve));
      open--;
      return scanIt(listener, signal);
    };
    const logs = ['/a.log', '/b.log', '/c.log'];
    const ends = logs.map((path) => runner.scan({ file: uri(path) }, true));
    assert.equal(store.all.length, 3);
    assert.deepEqual(
      await Promise.all(ends),
      logs.map(() => ({ kind: 'completed' })),
    );
    assert.deepEqual(stated, logs);
  });

  it('goes on with the next log after one that failed, and lets a waiting one be cancelled at once', async () => {
    let finish: () => void = () => {};
    serve = () => new Promise((_, reject) => (finish = () => reject(new WorkerFault('broken'))));
    const [first, second, third] = ['/a.log', '/b.log', '/c.log'].map((path) => runner.scan({ file: uri(path) }));
    runner.cancel(uri('/b.log'));
    assert.deepEqual(await second, { kind: 'cancelled' });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(served, 1);
    const { summary, index } = outcome([]);
    finish();
    serve = async () => ({ type: 'scanned', id: 1, summary, index, suspects: [] });
    assert.equal((await first).kind, 'failed');
    assert.equal((await third).kind, 'completed');
  });

  it('keeps what is needed to find the lines of a rotated log, of the files that were read', async () => {
    const rotated = [uri('/a.log.2'), uri('/a.log.1'), file];
    surroundings.stat = async ({ path }) => ({ size: path.length, mtime: 20 });
    const { summary, index } = outcome([]);
    const parts = [
      { path: '/a.log.1', linesBefore: 0 },
      { path: '/a.log', linesBefore: 7 },
    ];
    serve = async () => ({ type: 'scanned', id: 1, summary, index, suspects: [], parts });
    await runner.scan({ file, rotated });
    assert.deepEqual(servedPaths, ['/a.log.2', '/a.log.1', '/a.log']);
    assert.deepEqual(
      store.get(file)?.outcome?.parts?.map(({ uri: { path }, linesBefore, state }) => [path, linesBefore, state.size]),
      [
        ['/a.log.1', 0, 8],
        ['/a.log', 7, 6],
      ],
    );
  });

  it('does not join a scan of the file alone to one with its rotated files', async () => {
    const ends = [runner.scan({ file }), runner.scan({ file, rotated: [uri('/a.log.1'), file] })];
    await Promise.all(ends);
    assert.equal(served, 2);
    assert.equal(store.get(file)?.rotated?.length, 2);
  });
});
