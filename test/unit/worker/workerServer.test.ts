import assert from 'node:assert/strict';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { explain } from '../../../src/node/models/onnxRuntime';
import { UserError } from '../../../src/core/errors/userError';
import type { Finding } from '../../../src/core/findings/finding';
import { verdictOf, type Description, type Verdict } from '../../../src/core/verdict/verdict';
import type {
  FindingsResponse,
  FollowRequest,
  ScanRequest,
  WorkerRequest,
  WorkerResponse,
} from '../../../src/worker/protocol';
import { CancelledError } from '../../../src/core/cancellation';
import type { ScanEngine, ScanResult } from '../../../src/worker/scanEngine';
import { WorkerServer } from '../../../src/worker/workerServer';

/** The caller's side: keeps what came and lets a test wait for a kind of message. */
class Caller {
  readonly received: WorkerResponse[] = [];
  private readonly waiting: { type: WorkerResponse['type']; resolve: (response: WorkerResponse) => void }[] = [];

  constructor(private readonly port: MessagePort) {
    port.on('message', (response: WorkerResponse) => {
      this.received.push(response);
      const index = this.waiting.findIndex((wait) => wait.type === response.type);
      if (index >= 0) {
        this.waiting.splice(index, 1)[0].resolve(response);
      }
    });
  }

  send(request: WorkerRequest): void {
    this.port.postMessage(request);
  }

  next<T extends WorkerResponse['type']>(type: T): Promise<Extract<WorkerResponse, { type: T }>> {
    return new Promise((resolve) =>
      this.waiting.push({ type, resolve: resolve as (response: WorkerResponse) => void }),
    );
  }

  get closed(): Promise<void> {
    return new Promise((resolve) => this.port.once('close', resolve));
  }
}

function start(engine: Partial<ScanEngine> | (() => Promise<ScanEngine>), now: () => number = () => 0): Caller {
  const { port1, port2 } = new MessageChannel();
  const reader = {
    readLines: async (path: string, lines: readonly number[]) => lines.map((line) => `${path}:${line}`),
    readHeadedLines: async (path: string, lines: readonly number[]) => ({
      texts: lines.map((line) => `${path}:${line}`),
      messageStarts: Uint32Array.from(lines, () => 2),
      times: Float64Array.from(lines, () => NaN),
    }),
    readText: async () => ({ bytes: new Uint8Array([65, 10]), truncated: false }),
    logsInArchive: async () => ['a.zip/a.log'],
  };
  const load =
    typeof engine === 'function' ? engine : async () => ({ release: async () => {}, ...engine }) as ScanEngine;
  new WorkerServer(port2, load, reader, now);
  ports.push(port1, port2);
  return new Caller(port1);
}

const ports: MessagePort[] = [];

function scanRequest(id: number): ScanRequest {
  return {
    type: 'scan',
    id,
    path: `/logs/${id}.log`,
    options: { isTrusted: true, maxFindings: 5000 },
    isOneOfSeveral: false,
    cancel: new SharedArrayBuffer(4),
  };
}

function result(count: number): ScanResult {
  const all = new Uint32Array(2 * count).map((_, i) => i + 1);
  const findings: Finding[] = Array.from({ length: count }, (_, i) => ({
    block: `blk_${i}`,
    score: 1 - i / count,
    anomalous: true,
    count: 1,
    // Views of one buffer, as an engine may give them.
    lines: all.subarray(2 * i, 2 * i + 2),
    line: 2 * i + 1,
    firstTime: null,
    lastTime: null,
    time: null,
    kind: 'unusual',
    parts: [],
    template: '',
    fingerprint: '',
  }));
  return { verdict: verdictOn(findings), maxFindings: 5000 };
}

/** A verdict on so many findings, of which the first ones are anomalous. */
function verdictOn(all: readonly Finding[], description: Partial<Description> = {}, anomalous = all.length): Verdict {
  return verdictOf(
    { total: all.length, anomalous, findings: async (start, end) => all.slice(start, end) },
    { lines: 9, blocks: 3, unknownRecords: 0, clippedLines: 0 },
    { model: 'hdfs', threshold: 0.5, format: '', notes: [], ...description },
  );
}

describe('WorkerServer', () => {
  afterEach(() => {
    for (const port of ports.splice(0)) {
      port.close();
    }
  });

  it('sends findings in batches of 500, each after the one before was acknowledged, and then totals and index', async () => {
    const caller = start({ scanFile: async () => result(1200) });
    const sizes: number[] = [];
    const findings: Finding[] = [];
    let batch: Promise<FindingsResponse> = caller.next('findings');
    const scanned = caller.next('scanned');
    caller.send(scanRequest(1));
    for (let i = 0; i < 3; i++) {
      const response = await batch;
      // Asking for text is answered out of turn; what comes before the answer was sent without acknowledgement.
      caller.send({ type: 'lines', id: 100 + i, path: '/x', lines: [1], maximumLength: 9 });
      await caller.next('lines');
      assert.equal(caller.received.filter(({ type }) => type === 'findings').length, i + 1);
      sizes.push(response.findings.length);
      findings.push(...response.findings);
      batch = caller.next('findings');
      caller.send({ type: 'acknowledge', id: 1 });
    }
    const { summary, index } = await scanned;
    assert.deepEqual(sizes, [500, 500, 200]);
    assert.deepEqual([...findings[1199].lines], [2399, 2400]);
    // One buffer a batch: 200 findings of two lines.
    assert.equal(findings[1199].lines.buffer.byteLength, 200 * 2 * 4);
    assert.equal(findings[1199].lines.buffer, findings[1000].lines.buffer);
    assert.equal(summary.anomalous, 1200);
    assert.equal(index.lines.length, 2400);
  });

  it('sends texts of a log as they may be shown', async () => {
    const texts = (text: string) => ({
      block: 'a\x1b]0;x\x07'.replace('\x1b', text),
      template: text,
      parts: [
        { part: 'missing-after' as const, usual: text },
        { part: 'lacks' as const, templates: [text], more: 1 },
      ],
    });
    const [finding] = await result(1).verdict.findings(0, 1);
    const description = { format: '<a\x1b>', notes: ['read \u2028'], baselines: ['/logs/\u202e.log'] };
    const scanFile = async (path: string): Promise<ScanResult> => ({
      verdict: verdictOn([{ ...finding, ...texts('\u2066') }], description, path === '/logs/1.log' ? 1 : 0),
      maxFindings: 5000,
    });
    const caller = start({ scanFile });
    const batch = caller.next('findings');
    const scanned = caller.next('scanned');
    caller.send(scanRequest(1));
    const shown = { ...texts('\\u2066'), block: 'a\\u2066]0;x\\u0007' };
    const textsOf = ({ block, template, parts }: Finding) => ({ block, template, parts });
    assert.deepEqual((await batch).findings.map(textsOf), [shown]);
    caller.send({ type: 'acknowledge', id: 1 });
    const { summary } = await scanned;
    assert.equal(summary.format, '<a\\u001b>');
    assert.deepEqual(summary.notes, ['read \\u2028']);
    assert.deepEqual(summary.baselines, ['/logs/\u202e.log']);
    caller.send(scanRequest(2));
    assert.deepEqual((await caller.next('scanned')).suspects.map(textsOf), [shown]);
  });

  it('sends the most suspicious blocks of a log without findings with the totals, in a buffer of their own', async () => {
    const findings = await result(100).verdict.findings(0, 100);
    const caller = start({ scanFile: async () => ({ ...result(0), verdict: verdictOn(findings, {}, 0) }) });
    const scanned = caller.next('scanned');
    caller.send(scanRequest(1));
    const { suspects } = await scanned;
    assert.deepEqual(
      suspects.map(({ block }) => block),
      Array.from({ length: 30 }, (_, i) => `blk_${i}`),
    );
    assert.equal(suspects[29].lines.buffer.byteLength, 30 * 2 * 4);
  });

  it('serves scans in the order of arrival, one at a time', async () => {
    const running: string[] = [];
    const caller = start({
      scanFile: async (path) => {
        running.push(`start ${path}`);
        await new Promise((resolve) => setImmediate(resolve));
        running.push(`end ${path}`);
        return result(0);
      },
    });
    caller.send(scanRequest(1));
    caller.send(scanRequest(2));
    await caller.next('scanned');
    await caller.next('scanned');
    assert.deepEqual(running, ['start /logs/1.log', 'end /logs/1.log', 'start /logs/2.log', 'end /logs/2.log']);
  });

  it('throttles progress, but not the first of a phase nor its end', async () => {
    let time = 0;
    const caller = start(
      {
        scanFile: async (_path, _options, { onProgress }) => {
          for (let done = 0; done <= 100; done++) {
            time += 10;
            onProgress('reading', done, 100);
          }
          onProgress('judging', 0, 5);
          onProgress('judging', 1, 5);
          onProgress('judging', 5, 5);
          return result(0);
        },
      },
      () => time,
    );
    caller.send(scanRequest(1));
    await caller.next('scanned');
    const progress = caller.received.flatMap((response) => (response.type === 'progress' ? [response] : []));
    assert.deepEqual(
      progress.map(({ phase, done }) => `${phase} ${done}`),
      [...[0, 9, 19, 29, 39, 49, 59, 69, 79, 89, 99, 100].map((done) => `reading ${done}`), 'judging 0', 'judging 5'],
    );
  });

  it('says that a log is read before the engine is loaded, but not of one that its configuration may exclude', async () => {
    for (const [isOneOfSeveral, told] of [
      [false, ['progress', 'excluded']],
      [true, ['excluded']],
    ] as const) {
      const caller = start({ scanFile: async () => undefined });
      caller.send({ ...scanRequest(1), isOneOfSeveral });
      await caller.next('excluded');
      assert.deepEqual(
        caller.received.map(({ type }) => type),
        told,
      );
    }
  });

  it('answers a cancelled scan with `cancelled`, also one that has not begun and one that waits to be acknowledged', async () => {
    const caller = start({
      scanFile: async (path, _options, { isCancelled }) => {
        while (path === '/logs/1.log' && !isCancelled()) {
          await new Promise((resolve) => setImmediate(resolve));
        }
        if (isCancelled()) {
          throw new CancelledError();
        }
        return result(700);
      },
    });
    const requests = [scanRequest(1), scanRequest(2), scanRequest(3)];
    requests.forEach((request) => caller.send(request));
    Atomics.store(new Int32Array(requests[1].cancel), 0, 1);
    Atomics.store(new Int32Array(requests[0].cancel), 0, 1);
    assert.equal((await caller.next('cancelled')).id, 1);
    assert.equal((await caller.next('cancelled')).id, 2);
    await caller.next('findings');
    Atomics.store(new Int32Array(requests[2].cancel), 0, 1);
    caller.send({ type: 'acknowledge', id: 3 });
    assert.equal((await caller.next('cancelled')).id, 3);
  });

  it('tells faults of the input from faults of its own', async () => {
    const caller = start({
      scanFile: async (path) => {
        throw path === '/logs/1.log' ? new UserError('missing', { path }) : new TypeError('x is undefined');
      },
    });
    caller.send(scanRequest(1));
    assert.deepEqual(await caller.next('refused'), {
      type: 'refused',
      id: 1,
      reason: { code: 'missing', params: { path: '/logs/1.log' } },
    });
    caller.send(scanRequest(2));
    const unexpected = await caller.next('failed');
    assert.equal(unexpected.message, 'x is undefined');
    assert.match(unexpected.details ?? '', /TypeError: x is undefined\n +at/);
  });

  it('gives lines and text without an engine, also while a scan runs', async () => {
    const caller = start({ scanFile: () => new Promise(() => {}) });
    caller.send(scanRequest(1));
    caller.send({ type: 'lines', id: 2, path: '/a.log', lines: [3, 4], maximumLength: 10 });
    assert.deepEqual((await caller.next('lines')).texts, ['/a.log:3', '/a.log:4']);
    caller.send({ type: 'text', id: 3, path: '/a.log', maximumBytes: 10 });
    assert.equal(Buffer.from((await caller.next('text')).bytes).toString(), 'A\n');
  });

  describe('following a file', () => {
    /** An engine that gives a list of findings after another, each as soon as it may go on, until the file is gone. */
    function following(lists: Finding[][], isEndless = false): Partial<ScanEngine> {
      return {
        scanFile: async () => result(1),
        followFile: async (_path, _options, { onUpdate, pause, isCancelled, onProgress }) => {
          onProgress('reading', 1, 1);
          for (const findings of lists) {
            await onUpdate({ verdict: verdictOn(findings), maxFindings: 5000, file: STATE });
          }
          while (isEndless) {
            await pause(1e9);
            if (isCancelled()) {
              throw new CancelledError();
            }
          }
        },
      };
    }

    const STATE = { size: 7, mtime: 8 };

    function followRequest(id: number): FollowRequest {
      return { type: 'follow', id, path: '/a.log', options: { isTrusted: true }, cancel: new SharedArrayBuffer(4) };
    }

    async function findingsOf(count: number): Promise<Finding[]> {
      return result(count).verdict.findings(0, count);
    }

    it('sends what is new or has changed, and how it goes into what was sent before', async () => {
      const [a, b, c] = await findingsOf(3);
      const changed = { ...b, score: 1 };
      const caller = start(following([[a, b], [changed, a, c], []]));
      caller.send(followRequest(1));
      assert.equal((await caller.next('findings')).findings.length, 2);
      caller.send({ type: 'acknowledge', id: 1 });
      const first = await caller.next('updated');
      assert.deepEqual([...first.order], [-1, -2]);
      assert.deepEqual(first.file, STATE);
      const { findings } = await caller.next('findings');
      assert.deepEqual(
        findings.map(({ block, score }) => [block, score]),
        [
          ['blk_1', 1],
          ['blk_2', c.score],
        ],
      );
      caller.send({ type: 'acknowledge', id: 1 });
      const second = await caller.next('updated');
      assert.deepEqual([...second.order], [-1, 0, -2]);
      assert.deepEqual([...second.index.lines], [1, 2, 3, 4, 5, 6]);
      assert.deepEqual([...second.index.byPosition], [1, 0, 2]);
      assert.equal((await caller.next('updated')).order.length, 0);
      await caller.next('gone');
    });

    it('sends them in batches of 500, each after the one before was acknowledged', async () => {
      const caller = start(following([await findingsOf(700)]));
      caller.send(followRequest(1));
      assert.equal((await caller.next('findings')).findings.length, 500);
      caller.send({ type: 'acknowledge', id: 1 });
      assert.equal((await caller.next('findings')).findings.length, 200);
      assert.ok(!caller.received.some(({ type }) => type === 'updated'));
      caller.send({ type: 'acknowledge', id: 1 });
      await caller.next('updated');
    });

    it('keeps no scan waiting', async () => {
      const caller = start(following([[]], true));
      caller.send(followRequest(1));
      await caller.next('updated');
      caller.send(scanRequest(2));
      await caller.next('findings');
      caller.send({ type: 'acknowledge', id: 2 });
      await caller.next('scanned');
      assert.ok(!caller.received.some(({ type }) => type === 'gone'));
      const closed = caller.closed;
      caller.send({ type: 'shutdown' });
      await closed;
    });

    it('stops at once when it is asked to, also while a batch waits to be acknowledged', async () => {
      const caller = start(following([[], await findingsOf(1)], true));
      const requests = [followRequest(1), followRequest(2)];
      caller.send(requests[0]);
      await caller.next('findings');
      Atomics.store(new Int32Array(requests[0].cancel), 0, 1);
      caller.send({ type: 'stopFollowing', id: 1 });
      assert.equal((await caller.next('cancelled')).id, 1);
      caller.send(requests[1]);
      await caller.next('findings');
      caller.send({ type: 'acknowledge', id: 2 });
      await caller.next('updated');
      Atomics.store(new Int32Array(requests[1].cancel), 0, 1);
      caller.send({ type: 'stopFollowing', id: 2 });
      assert.equal((await caller.next('cancelled')).id, 2);
    });

    it('stops when the worker is told to shut down, before the engine is released', async () => {
      const steps: string[] = [];
      const caller = start({ ...following([[]], true), release: async () => void steps.push('released') });
      const closed = caller.closed;
      caller.send(followRequest(1));
      await caller.next('updated');
      caller.send({ type: 'shutdown' });
      await caller.next('cancelled');
      await closed;
      assert.deepEqual(steps, ['released']);
    });
  });

  it('says why it is unusable when the engine cannot be loaded, and ends', async () => {
    const caller = start(async () => {
      throw explain(new Error('no such library'));
    });
    const closed = caller.closed;
    caller.send(scanRequest(1));
    assert.equal((await caller.next('unusable')).reason.code, 'onnx-runtime-unusable');
    await closed;
  });

  it('stops the running scan, releases the engine and ends when told to shut down', async () => {
    const steps: string[] = [];
    const caller = start({
      scanFile: async (_path, _options, { onProgress, isCancelled }) => {
        onProgress('reading', 0, 1);
        while (!isCancelled()) {
          await new Promise((resolve) => setImmediate(resolve));
        }
        steps.push('stopped');
        throw new CancelledError();
      },
      release: async () => void steps.push('released'),
    });
    const closed = caller.closed;
    caller.send(scanRequest(1));
    await caller.next('progress');
    caller.send({ type: 'shutdown' });
    await closed;
    assert.deepEqual(steps, ['stopped', 'released']);
  });

  it('ends without having loaded an engine', async () => {
    const caller = start(() => Promise.reject(new Error('was loaded')));
    const closed = caller.closed;
    caller.send({ type: 'shutdown' });
    await closed;
    assert.deepEqual(caller.received, []);
  });
});
