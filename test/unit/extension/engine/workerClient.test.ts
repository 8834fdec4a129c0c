import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { CancelledError } from '../../../../src/core/cancellation';
import { messageOf } from '../../../../src/core/errors/messages';
import { UserError } from '../../../../src/core/errors/userError';
import {
  ANSWER_LIMIT,
  WorkerClient,
  WorkerFault,
  type WorkerHandle,
} from '../../../../src/extension/engine/workerClient';
import type { WorkerRequest, WorkerResponse } from '../../../../src/worker/protocol';
import type { ScanEngine } from '../../../../src/worker/scanEngine';
import { WorkerServer } from '../../../../src/worker/workerServer';
import { createFakeEngine } from '../../worker/fakeEngine';
import { finding, outcome } from '../fixtures';

/** A worker of which the test plays the other side. */
class FakeWorker extends EventEmitter implements WorkerHandle {
  readonly sent: WorkerRequest[] = [];

  postMessage(message: WorkerRequest): void {
    this.sent.push(message);
  }

  respond(response: WorkerResponse): void {
    this.emit('message', response);
  }
}

describe('WorkerClient', () => {
  let workers: FakeWorker[];
  let details: string[];
  let client: WorkerClient;
  let warnings: string[];
  /** What waits for a time to pass. */
  let timers: Set<() => void>;
  const listener = { onProgress: () => {}, onFindings: () => {} };

  beforeEach(() => {
    workers = [];
    details = [];
    warnings = [];
    timers = new Set();
    client = new WorkerClient({
      startWorker: () => {
        workers.push(new FakeWorker());
        return workers.at(-1)!;
      },
      logDetails: (text) => details.push(text),
      warn: ({ message }) => warnings.push(message),
      later: (milliseconds, callback) => {
        assert.equal(milliseconds, ANSWER_LIMIT);
        timers.add(callback);
        return () => timers.delete(callback);
      },
    });
  });

  function scan(signal = new AbortController().signal) {
    return client.scan('/a.log', { isTrusted: true, maxFindings: 10 }, listener, signal);
  }

  it('starts no worker before the first request, and one for all', () => {
    assert.equal(workers.length, 0);
    void scan();
    void client.lines('/a.log', [1], 10);
    assert.equal(workers.length, 1);
    assert.deepEqual(
      workers[0].sent.map(({ type }) => type),
      ['scan', 'lines'],
    );
  });

  it('gives progress and findings on, acknowledges each batch in another turn, and ends with the totals', async () => {
    const told: unknown[] = [];
    const scanning = client.scan(
      '/a.log',
      { isTrusted: true, maxFindings: 10 },
      { onProgress: ({ done }) => told.push(done), onFindings: (batch) => told.push(batch.length) },
      new AbortController().signal,
    );
    const [worker] = workers;
    const { summary, index } = outcome([]);
    worker.respond({ type: 'progress', id: 1, phase: 'reading', done: 5, total: 9 });
    worker.respond({ type: 'findings', id: 1, findings: [finding([1])] });
    assert.equal(worker.sent.length, 1);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(worker.sent.at(-1), { type: 'acknowledge', id: 1 });
    worker.respond({ type: 'scanned', id: 1, summary, index, suspects: [] });
    assert.equal((await scanning)?.summary, summary);
    assert.deepEqual(told, [5, 1]);
  });

  it('tells a failed request, and logs the details', async () => {
    const scanning = scan();
    workers[0].respond({ type: 'failed', id: 1, message: 'x is undefined', details: 'stack' });
    await assert.rejects(scanning, (error) => error instanceof WorkerFault && error.message === 'x is undefined');
    assert.deepEqual(details, ['stack']);
  });

  it('tells why a request was refused, with the code and what the sentence names', async () => {
    const scanning = scan();
    const reason = structuredClone(messageOf('is-folder', { path: '/a{path}' }));
    workers[0].respond({ type: 'refused', id: 1, reason });
    await assert.rejects(scanning, (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.message, '/a{path} is a folder; give a file.');
      assert.deepEqual(error.toMessage(), reason);
      return true;
    });
    assert.deepEqual(details, []);
  });

  it('gives nothing of a file that is excluded', async () => {
    const scanning = scan();
    workers[0].respond({ type: 'excluded', id: 1 });
    assert.equal(await scanning, undefined);
  });

  it('ends a cancelled scan at once, raises its flag, and still lets its worker go on', async () => {
    const abort = new AbortController();
    const scanning = scan(abort.signal);
    const [request] = workers[0].sent;
    abort.abort();
    await assert.rejects(scanning, CancelledError);
    assert.ok(request.type === 'scan' && new Int32Array(request.cancel)[0] === 1);
    workers[0].respond({ type: 'findings', id: 1, findings: [] });
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(workers[0].sent.at(-1), { type: 'acknowledge', id: 1 });
    workers[0].respond({ type: 'cancelled', id: 1 });
  });

  describe('a worker that does not answer a cancellation', () => {
    let first: FakeWorker;

    beforeEach(async () => {
      const abort = new AbortController();
      const scanning = scan(abort.signal);
      [first] = workers;
      abort.abort();
      await assert.rejects(scanning, CancelledError);
      assert.equal(timers.size, 1);
    });

    function passTime(): void {
      [...timers].forEach((callback) => callback());
    }

    it('is told in one sentence and replaced, not ended by force', async () => {
      const waiting = scan();
      const lines = client.lines('/a.log', [1], 10);
      passTime();
      assert.equal(warnings.length, 1);
      assert.match(warnings[0], /^LogCNN's worker has not answered since a scan was cancelled; [^.]+\.$/);
      assert.deepEqual(first.sent.at(-1), { type: 'shutdown' });
      assert.equal(workers.length, 2);
      const [, second] = workers;
      assert.deepEqual(
        second.sent.map((request) => [request.type, 'id' in request && request.id]),
        [
          ['scan', 2],
          ['lines', 3],
        ],
      );
      // What the old one still says is no news, but for its findings, after which it waits.
      first.respond({ type: 'lines', id: 3, texts: ['old'] });
      first.respond({ type: 'findings', id: 2, findings: [] });
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(first.sent.at(-1), { type: 'acknowledge', id: 2 });
      first.emit('exit', 0);
      second.respond({ type: 'lines', id: 3, texts: ['new'] });
      assert.deepEqual(await lines, ['new']);
      second.respond({ ...outcome([]), type: 'scanned', id: 2, parts: undefined, suspects: [] });
      await waiting;
    });

    it('fails what has told a part already', async () => {
      const following = client.follow(
        '/b.log',
        { isTrusted: true },
        { ...listener, onUpdated: () => {} },
        new AbortController().signal,
      );
      const { summary, index, file } = outcome([]);
      first.respond({ type: 'updated', id: 2, summary, index, file, order: new Int32Array(0) });
      passTime();
      await assert.rejects(following, (error) => error instanceof UserError && /has not answered/.test(error.message));
      assert.equal(workers.length, 1);
      void scan();
      assert.equal(workers.length, 2);
    });

    it('is kept once it answers, ends or is stopped', async () => {
      first.respond({ type: 'progress', id: 1, phase: 'reading', done: 1, total: 2 });
      assert.equal(timers.size, 1);
      first.respond({ type: 'cancelled', id: 1 });
      assert.equal(timers.size, 0);
      for (const end of [() => first.emit('exit', 0), () => void client.stop()]) {
        const abort = new AbortController();
        const scanning = scan(abort.signal);
        abort.abort();
        await assert.rejects(scanning, CancelledError);
        assert.equal(timers.size, 1);
        end();
        assert.equal(timers.size, 0);
      }
      assert.deepEqual(warnings, []);
    });

    it('is waited for when the client stops', async () => {
      passTime();
      let stopped = false;
      const stopping = client.stop().then(() => (stopped = true));
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(stopped, false);
      first.emit('exit', 0);
      await stopping;
    });
  });

  it('ends a scan that was cancelled before it began', async () => {
    const abort = new AbortController();
    abort.abort();
    await assert.rejects(scan(abort.signal), CancelledError);
  });

  describe('following', () => {
    let told: string[];
    let abort: AbortController;
    let following: Promise<void>;

    beforeEach(() => {
      told = [];
      abort = new AbortController();
      const tell = ({ type }: WorkerResponse) => void told.push(type);
      following = client.follow(
        '/a.log',
        { isTrusted: true },
        { onProgress: tell, onFindings: (batch) => void told.push(`${batch.length} findings`), onUpdated: tell },
        abort.signal,
      );
    });

    it('tells every update, and ends when the file is gone', async () => {
      const [worker] = workers;
      const { summary, index, file } = outcome([]);
      worker.respond({ type: 'progress', id: 1, phase: 'reading', done: 5, total: 9 });
      for (let i = 0; i < 2; i++) {
        worker.respond({ type: 'findings', id: 1, findings: [finding([1])] });
        worker.respond({ type: 'updated', id: 1, summary, index, file, order: Int32Array.of(-1) });
      }
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(
        worker.sent.map(({ type }) => type),
        ['follow', 'acknowledge', 'acknowledge'],
      );
      worker.respond({ type: 'gone', id: 1 });
      await following;
      assert.deepEqual(told, ['progress', '1 findings', 'updated', '1 findings', 'updated']);
    });

    it('stops at once, and has the worker look at the flag', async () => {
      abort.abort();
      await assert.rejects(following, CancelledError);
      const [request, stop] = workers[0].sent;
      assert.ok(request.type === 'follow' && new Int32Array(request.cancel)[0] === 1);
      assert.deepEqual(stop, { type: 'stopFollowing', id: 1 });
    });
  });

  it('fails all requests when the worker ends, and starts a new one for the next', async () => {
    const requests = [scan(), client.lines('/a.log', [1], 10)];
    workers[0].emit('error', new Error('out of memory'));
    workers[0].emit('exit', 1);
    for (const request of requests) {
      await assert.rejects(
        request,
        (error) => error instanceof UserError && /\(out of memory\); scan again/.test(error.message),
      );
    }
    const again = scan();
    assert.equal(workers.length, 2);
    workers[1].emit('exit', 7);
    await assert.rejects(again, /exit code 7/);
  });

  it('fails all requests with the reason when the worker is unusable, and starts a new one for the next', async () => {
    const requests = [scan(), scan()];
    const reason = messageOf('onnx-runtime-incomplete', { system: 'linux-x64', why: 'no file' });
    workers[0].respond({ type: 'unusable', reason, details: 'dlopen' });
    for (const request of requests) {
      await assert.rejects(request, /is not installed completely on linux-x64: .* \(no file\)\.$/);
    }
    const again = scan();
    assert.equal(workers.length, 2);
    // The end of the old worker is no news for the new one.
    workers[0].emit('exit', 0);
    workers[1].respond({ ...outcome([]), type: 'scanned', id: 3, parts: undefined, suspects: [] });
    await again;
    assert.deepEqual(details, ['dlopen']);
  });

  it('stops by asking the worker to end, and waits for it', async () => {
    const scanning = scan();
    let stopped = false;
    const stopping = client.stop().then(() => (stopped = true));
    await assert.rejects(scanning, CancelledError);
    assert.deepEqual(workers[0].sent.at(-1), { type: 'shutdown' });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(stopped, false);
    workers[0].emit('exit', 0);
    await stopping;
  });

  it('has nothing to stop before the first request', async () => {
    await client.stop();
    assert.equal(workers.length, 0);
  });

  it('works with the worker’s own server', async () => {
    const { port1, port2 } = new MessageChannel();
    const engine: ScanEngine = createFakeEngine();
    const reader = {
      readLines: async () => ['text'],
      readHeadedLines: async () => ({
        texts: ['text'],
        messageStarts: Uint32Array.of(2),
        times: Float64Array.of(5),
      }),
      readText: async () => ({ bytes: new Uint8Array(), truncated: false }),
      logsInArchive: async () => ['a.zip/a.log'],
    };
    new WorkerServer(
      port2,
      async () => engine,
      reader,
      () => 0,
    );
    const handle: WorkerHandle = {
      postMessage: (message) => port1.postMessage(message),
      on: (event: string, take: (value: never) => void) =>
        event === 'exit' ? port1.on('close', () => take(0 as never)) : port1.on(event as 'message', take as () => void),
    };
    const connected = new WorkerClient({
      startWorker: () => handle,
      logDetails: () => {},
      warn: () => {},
      later: () => () => {},
    });
    const scanned = await connected.scan(
      'samples/hdfs-small.log',
      { isTrusted: true, maxFindings: 3 },
      listener,
      new AbortController().signal,
    );
    assert.equal(scanned?.index.byPosition.length, 3);
    assert.deepEqual(await connected.lines('/x', [1], 10), ['text']);
    await connected.stop();
  });
});
