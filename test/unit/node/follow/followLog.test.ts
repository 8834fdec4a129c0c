import assert from 'node:assert/strict';
import { appendFileSync, cpSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { CancelledError } from '../../../../src/core/detectors/imageScorer';
import { followLog, type FollowUpdate } from '../../../../src/node/follow/followLog';
import { InputError } from '../../../../src/node/inputError';
import { openLog } from '../../../../src/node/logSource';
import { LogScanner, type ScanSettings } from '../../../../src/node/scanLog';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { writeTinyBundle } from '../../../support/tinyBundle';

describe('followLog', () => {
  const at = temporaryFolder();
  let path: string;
  let updates: FollowUpdate[];

  beforeEach(() => {
    path = at('a.log');
    updates = [];
    writeTinyBundle(at('models', 'tiny'));
    writeFileSync(path, 'INFO open key_1\nINFO ping key_2\n');
  });

  /**
   * Follows the log; at every pause the next step happens, and the clock goes on by the pause. After the last step it is
   * cancelled, or goes on for as long as it wants.
   */
  async function follow(
    steps: (() => void)[],
    { settings = {}, cancels = true }: { settings?: ScanSettings; cancels?: boolean } = {},
  ): Promise<void> {
    let time = 0;
    let isCancelled = false;
    const following = followLog(path, { maximumFindings: 10, ...settings }, at('models'), {
      onProgress: () => {},
      onUpdate: async (update) => {
        updates.push(update);
      },
      isCancelled: () => isCancelled,
      now: () => time,
      pause: async (milliseconds) => {
        time += milliseconds;
        isCancelled = steps.length === 0 && cancels;
        steps.shift()?.();
      },
    });
    await (cancels ? assert.rejects(following, CancelledError) : following);
  }

  function found(): string[] {
    return updates.map(
      ({ findings, summary }) =>
        `${summary.lines}: ${findings.map(({ block, lines }) => `${block} ${lines.join(',')}`).join('; ')}`,
    );
  }

  it('tells what a log has at first, then what is appended', async () => {
    await follow([
      () => appendFileSync(path, 'INFO read key_3\nINFO ping key_3\n'),
      () => {},
      () => appendFileSync(path, 'INFO close key_1\n'),
    ]);
    assert.deepEqual(found(), ['2: key_1 1', '4: key_1 1; key_3 3,4', '5: key_1 1,5; key_3 3,4']);
    assert.deepEqual(
      updates.map(({ file }) => file.size),
      [32, 64, 81],
    );
    assert.equal(updates[1].findings[0], updates[0].findings[0]);
    assert.notEqual(updates[2].findings[0], updates[0].findings[0]);
  });

  it('takes a line without end after a second of silence, and leaves out what is added to it', async () => {
    await follow([
      () => appendFileSync(path, 'INFO open key_3'),
      () => {},
      () => {},
      () => {},
      () => appendFileSync(path, ' and key_4\nINFO open key_5\n'),
    ]);
    assert.deepEqual(found(), ['2: key_1 1', '2: key_1 1', '3: key_1 1; key_3 3', '4: key_1 1; key_3 3; key_5 4']);
  });

  it('goes on when the log is rotated by renaming, and by copying and cutting', async () => {
    await follow([
      () => {
        appendFileSync(path, 'INFO open key_3');
        renameSync(path, at('a.log.1'));
      },
      () => writeFileSync(path, 'INFO read key_3\nINFO open key_4\n'),
      () => truncateSync(path),
      () => appendFileSync(path, 'INFO close key_4\n'),
    ]);
    assert.deepEqual(found(), ['2: key_1 1', '2: key_1 1', '2: key_3 1; key_4 2', '0: ', '1: key_4 1']);
  });

  it('waits for the first bytes of an empty log, which tell who reads it', async () => {
    writeFileSync(path, '');
    await follow([() => {}, () => appendFileSync(path, 'INFO open key_7\n'), () => {}]);
    assert.deepEqual(found(), ['1: key_7 1']);
  });

  it('ends when the file is gone, with what was last written to it', async () => {
    await follow(
      [
        () => {
          appendFileSync(path, 'INFO open key_3');
          rmSync(path);
        },
      ],
      { cancels: false },
    );
    assert.deepEqual(found(), ['2: key_1 1', '2: key_1 1', '3: key_1 1; key_3 3']);
  });

  it('uses the settings as a scan does', async () => {
    await follow([], { settings: { threshold: 0.9, notes: ['a note'] } });
    assert.deepEqual(found(), ['2: ']);
    assert.equal(updates[0].summary.threshold, 0.9);
    assert.deepEqual(updates[0].summary.notes, [
      'a note',
      'judged by: the model tiny, which explains this log',
      'format: <Level> <Content>, as the model reads it',
      'blocks: sessions by key_\\d+',
    ]);
    await assert.rejects(followWith({ threshold: 2 }), /out of range/);
    await assert.rejects(followWith({ sessionPattern: '(' }), InputError);
  });

  it('finds in a log that has grown what a scan finds in all of it', async () => {
    const whole = readFileSync('samples/hdfs-small.log');
    const ends = [0.5, 0.7, 0.7001, 0.9, 1].map((share) => Math.floor(share * whole.length));
    writeFileSync(path, whole.subarray(0, ends[0]));
    cpSync('models', at('models'), { recursive: true });
    await follow(ends.slice(1).map((end, i) => () => appendFileSync(path, whole.subarray(ends[i], end))));
    const scanner = new LogScanner(at('models'));
    try {
      const verdict = await scanner.scan(await openLog(path), {});
      const last = updates.at(-1)!;
      assert.deepEqual(last.summary, verdict.summary);
      assert.ok(verdict.summary.anomalous > 0);
      assert.deepEqual(last.findings, await verdict.findings(0, verdict.summary.anomalous));
    } finally {
      await scanner.release();
    }
  });

  it('refuses a log that becomes no text', async () => {
    writeFileSync(path, Buffer.alloc(70_000, 1));
    await assert.rejects(followWith({ modelPath: at('models', 'tiny') }), /is no text/);
  });

  function followWith(settings: ScanSettings): Promise<void> {
    return follow([], { settings, cancels: false });
  }
});
