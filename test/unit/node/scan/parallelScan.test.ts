import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { CancelledError } from '../../../../src/core/cancellation';
import { UserError } from '../../../../src/core/errors/userError';
import { inspectText } from '../../../../src/core/input/textRule';
import { frozenReading } from '../../../../src/core/scan/frozenReading';
import { grouped } from '../../../../src/core/scan/modelLog';
import { openLog } from '../../../../src/node/files/logSource';
import { readInParallel, type ParallelScan } from '../../../../src/node/scan/parallelScan';
import { readLog, type ReadingHooks } from '../../../../src/node/scan/readLog';
import { smallProfile } from '../../../support/profiles';
import { temporaryFolder } from '../../../support/temporaryFolder';

const PROFILE = smallProfile();
/** A helping program that takes the first slice and holds it until the scan is cancelled. */
const HOLDS_A_SLICE = `
const numbers = new Int32Array(require('node:worker_threads').workerData.shared, 0, 2);
Atomics.add(numbers, 1, 1);
while (Atomics.load(numbers, 0) === 0) Atomics.wait(numbers, 0, 0, 5);
`;

describe('readInParallel', () => {
  const at = temporaryFolder();
  const text = Array.from(
    { length: 3000 },
    (_, i) => `240101 ${String(100_000 + (i % 60))} 1 INFO app: ${i % 3 === 0 ? 'open' : 'read'} job-${i % 40}\n`,
  ).join('');

  async function read(
    content: string,
    settings: Partial<ParallelScan> = {},
    hooks: Pick<ReadingHooks, 'isCancelled' | 'onProgress'> = {},
  ): ReturnType<typeof readInParallel> {
    writeFileSync(at('a.log'), content);
    const source = await openLog(at('a.log'));
    try {
      const found = await readInParallel(
        {
          source,
          text: inspectText(readFileSync(at('a.log'))),
          profile: PROFILE,
          sessionKey: PROFILE.sessionKey,
          helperPath: at('no program.js'),
          threads: 2,
          smallestLog: 1,
          ...settings,
        },
        hooks,
      );
      if (found !== undefined) {
        assert.equal(source.bytesRead(), source.size);
      }
      return found;
    } finally {
      await source.close();
    }
  }

  it('reads a log of one slice by itself, with what other threads would share', async () => {
    for (const mark of ['', '\ufeff']) {
      const told: [number, number][] = [];
      const found = await read(mark + text, {}, { onProgress: (done, total) => told.push([done, total]) });
      const expected = grouped(await readLog(await openLog(at('a.log')), frozenReading(PROFILE)));
      assert.ok(found !== undefined && expected.blockCount === 40);
      const { blocks, lines, records } = grouped(found);
      assert.deepEqual({ blocks, lines, records }, { blocks: expected.blocks, lines: 3000, records: 3000 });
      const size = Buffer.byteLength(mark + text);
      assert.deepEqual(told.at(-1), [size, size]);
      assert.ok(told.every(([done, total]) => done <= total));
    }
  });

  it('leaves a log to others that is too small, or that one thread alone would read', async () => {
    assert.notEqual(await read(text, { smallestLog: text.length }), undefined);
    assert.equal(await read(text, { smallestLog: text.length + 1 }), undefined);
    assert.equal(await read(text, { threads: 1 }), undefined);
  });

  it('begins no thread more than there are slices, and says which program cannot be run', async () => {
    assert.notEqual(await read(text, { sliceBytes: text.length, threads: 4 }), undefined);
    await assert.rejects(
      read(text, { sliceBytes: text.length - 1 }),
      (error) => error instanceof UserError && error.code === 'part-of-program-damaged',
    );
    for (const program of ['this is no program', 'require("./what is missing")']) {
      writeFileSync(at('damaged.js'), program);
      await assert.rejects(
        read(text, { sliceBytes: 1000, helperPath: at('damaged.js') }),
        (error) => error instanceof UserError && error.code === 'part-of-program-damaged',
      );
    }
    writeFileSync(at('faulty.js'), 'throw Object.assign(new Error("broken"), { code: "EIO" })');
    await assert.rejects(
      read(text, { sliceBytes: 1000, helperPath: at('faulty.js') }),
      (error) => error instanceof UserError && error.code === 'unreadable-device',
    );
  });

  it('stops the other threads when it is told to, though this one has nothing more to do', async () => {
    writeFileSync(at('holds.js'), HOLDS_A_SLICE);
    const sliceBytes = Math.ceil(text.length / 4);
    let done = 0;
    const reading = read(
      text,
      { sliceBytes, helperPath: at('holds.js') },
      {
        onProgress: (bytes, total) => {
          assert.equal(total, text.length);
          done = bytes;
        },
        // Once all has been read but what the other thread holds, or a line that begins there.
        isCancelled: () => done >= text.length - sliceBytes - 100,
      },
    );
    await assert.rejects(reading, CancelledError);
  });
});
