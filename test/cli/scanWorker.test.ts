import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CHUNK_BYTES } from '../../src/node/files/fileChunks';
import type { ScanRequest, WorkerRequest, WorkerResponse } from '../../src/worker/protocol';
import { temporaryFolder } from '../support/temporaryFolder';

/** Looks for all of a line at each of its characters, until its share of work is used up. */
const COSTLY = 'a[^y]*y|a';

/** The built worker of the editor in a thread of its own. */
class BuiltWorker {
  readonly received: WorkerResponse[] = [];
  private readonly worker = new Worker(resolve('dist/scan-worker.js'));
  private readonly waiting: { wanted: (response: WorkerResponse) => boolean; done: () => void }[] = [];

  constructor() {
    this.worker.on('message', (response: WorkerResponse) => {
      this.received.push(response);
      if (response.type === 'findings') {
        this.send({ type: 'acknowledge', id: response.id });
      }
      this.waiting.filter(({ wanted }) => wanted(response)).forEach(({ done }) => done());
    });
  }

  send(request: WorkerRequest): void {
    this.worker.postMessage(request);
  }

  /** Sends a request to scan a log without labels; raise the flag that it gives to cancel it. */
  scan(id: number, path: string, sessionKey?: string): Int32Array {
    const cancel = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const request: ScanRequest = {
      type: 'scan',
      id,
      path,
      options: { isTrusted: true, sessionKey },
      isOneOfSeveral: false,
      cancel,
    };
    this.send(request);
    return new Int32Array(cancel);
  }

  /** Waits until a response has come. */
  when(wanted: (response: WorkerResponse) => boolean): Promise<void> {
    return this.received.some(wanted) ? Promise.resolve() : new Promise((done) => this.waiting.push({ wanted, done }));
  }

  /** Has the worker end by itself. */
  async end(): Promise<void> {
    const ended = once(this.worker, 'exit');
    this.send({ type: 'shutdown' });
    await ended;
  }
}

describe('the built scan worker', () => {
  const at = temporaryFolder();
  let worker: BuiltWorker;

  beforeEach(() => {
    worker = new BuiltWorker();
    copyFileSync(resolve('samples/hdfs-small.log'), at('next.log'));
  });
  afterEach(() => worker.end());

  /** Bytes of a log that were read, of each message about a scan. */
  function reading(id: number): number[] {
    return worker.received.flatMap((response) =>
      response.type === 'progress' && response.id === id && response.phase === 'reading' ? [response.done] : [],
    );
  }

  it('ends a cancelled scan within a chunk, and then does the one that waits', async () => {
    const costly = `INFO open ${'a'.repeat(8000)}\n`;
    const cheap = 'INFO open b\n';
    // A chunk of lines of which the first few take long enough that its end is told.
    const first = costly.repeat(24).padEnd(CHUNK_BYTES, cheap);
    // Lines that cost as much although they are short: a chunk of them takes a minute.
    const second = `INFO open ${'a'.repeat(600)}\n`.repeat(Math.ceil((3 * CHUNK_BYTES) / 611));
    writeFileSync(at('costly.log'), `${first}\n${second}`);
    const flag = worker.scan(1, at('costly.log'), COSTLY);
    worker.scan(2, at('next.log'));
    await worker.when(({ type }) => type === 'progress' && Math.max(...reading(1)) > 0);
    const told = reading(1);
    Atomics.store(flag, 0, 1);
    await worker.when(({ type }) => type !== 'progress');
    assert.deepEqual(
      worker.received.filter(({ type }) => type !== 'progress'),
      [{ type: 'cancelled', id: 1 }],
    );
    // No chunk was read to its end any more.
    assert.deepEqual(reading(1), told);
    await worker.when(({ type }) => type === 'scanned');
    const [scanned] = worker.received.filter((response) => response.type === 'scanned');
    assert.deepEqual([scanned.id, scanned.summary.model, scanned.summary.lines], [2, 'hdfs', 2022]);
    assert.ok(scanned.summary.anomalous > 0);
  });
});
