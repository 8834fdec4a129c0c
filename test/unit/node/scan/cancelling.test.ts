import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CancelledError } from '../../../../src/core/cancellation';
import { frozenReading } from '../../../../src/core/scan/frozenReading';
import { LineWatch } from '../../../../src/core/patterns/lineWatch';
import { openLog, type LogSource } from '../../../../src/node/files/logSource';
import { mapLog } from '../../../../src/node/mapReduce/mapLog';
import { scanSlices, SharedProgress } from '../../../../src/node/scan/logSlices';
import { peek } from '../../../../src/node/scan/modelChoice';
import { LogScanner } from '../../../../src/node/scan/scanLog';
import type { ScanSettings } from '../../../../src/node/settings/scanSettings';
import { parsedLogFiles } from '../../../../src/node/tables/parsedLogWriter';
import { writeMinedRecords } from '../../../../src/node/tables/minedRecordsWriter';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { TINY_PROFILE, writeTinyBundle } from '../../../support/tinyBundle';

/** Looks for all of a line at each of its characters, until its share of work is used up: the flag is asked for twice a line. */
const COSTLY = 'a[^y]*y|a';
/** Each of these lines has cost its share after some hundred characters. */
const LINE = `INFO open ${'a'.repeat(8000)}\n`;
/** More than what is held back to find out a format. */
const LINES = 40;
/** Questions in one piece of 16 KiB, and those before the first of them. */
const SOON = 8;

describe('a program that hears of Ctrl+C in the turns of the event loop alone', () => {
  const at = temporaryFolder();
  const scanner = new LogScanner(resolve('models'));
  after(() => scanner.release());

  beforeEach(() => {
    writeFileSync(at('costly.log'), LINE.repeat(LINES));
    writeFileSync(at('short.log'), 'INFO open b\n'.repeat(5));
    writeTinyBundle(at('tiny'));
  });

  /**
   * Runs what is interrupted at a question whether it is, and is told so in the next turn of the event loop.
   * @param first the question
   * @returns how many questions came after it
   */
  async function askedAfter(first: number, run: (isCancelled: () => boolean) => Promise<unknown>): Promise<number> {
    let asked = 0;
    let isInterrupted = false;
    const isCancelled = (): boolean => {
      if (++asked === first) {
        setImmediate(() => (isInterrupted = true));
      }
      return isInterrupted;
    };
    await assert.rejects(run(isCancelled), CancelledError);
    assert.ok(asked > first, 'it was interrupted');
    return asked - first;
  }

  const scan = (log: string, settings: ScanSettings) => (isCancelled: () => boolean) =>
    openLog(at(log)).then((source) => scanner.scan(source, { unsupervised: true, ...settings }, { isCancelled }));

  it('ends soon while the format is looked at', async () => {
    const logFormat = `^(?<level>[A-Z]+) (?<content>open (?:a?){300}.*)`;
    assert.ok((await askedAfter(5, scan('costly.log', { logFormat }))) <= SOON);
  });

  it('ends soon while session keys are looked for', async () => {
    assert.ok((await askedAfter(12, scan('costly.log', { mask: [COSTLY] }))) <= SOON);
  });

  it('ends soon in what tells the format of a log', async () => {
    const settings = { mask: [COSTLY], sessionKey: 'open' };
    assert.ok((await askedAfter(12, scan('costly.log', settings))) <= SOON);
  });

  it('ends soon in good logs', async () => {
    const settings = { mask: [COSTLY], sessionKey: 'open', baseline: [at('costly.log')] };
    assert.ok((await askedAfter(12, scan('short.log', settings))) <= SOON);
  });

  it('ends soon where a model reads the log', async () => {
    const settings = { unsupervised: false, model: at('tiny'), sessionKey: COSTLY };
    assert.ok((await askedAfter(12, scan('costly.log', settings))) <= SOON);
  });

  it('ends soon when a log is read a second time', async () => {
    writeFileSync(at('other.log'), `INFO open ${'b'.repeat(8000)}\n`.repeat(3));
    const { read } = await scan('other.log', { mask: [COSTLY], sessionKey: 'open' })(() => false);
    assert.ok(read.by === 'mining');
    // What has grown meanwhile has other lines; the watch asks the scan, and the writing its own caller.
    const asked = await askedAfter(2, async (isCancelled) =>
      writeMinedRecords(await openLog(at('costly.log')), read.reading, parsedLogFiles(at('parsed'), 'x'), {
        isCancelled,
      }),
    );
    assert.ok(asked <= 2);
  });

  it('ends soon when it maps, and writes no rows then', async () => {
    let written = 0;
    const asked = await askedAfter(12, async (isCancelled) =>
      mapLog(
        await openLog(at('costly.log')),
        {
          model: at('tiny'),
          modelsFolder: at('none'),
          sessionKey: COSTLY,
          input: { offset: 0, whole: true },
        },
        async (rows) => {
          written += rows.length;
        },
        { isCancelled },
      ),
    );
    assert.ok(asked <= SOON);
    assert.equal(written, 0);
  });

  it('ends soon in the slices of a large log', async () => {
    const file = await open(at('costly.log'));
    try {
      const asked = await askedAfter(12, async (isCancelled) => {
        const progress = new SharedProgress();
        const watch = new LineWatch({
          isCancelled: () => {
            if (isCancelled()) {
              progress.cancel();
            }
            return progress.isCancelled;
          },
        });
        const job = {
          fd: file.fd,
          textStart: 0,
          slices: 1,
          sliceBytes: 1 << 20,
          profile: TINY_PROFILE,
          sessionKey: COSTLY,
          shared: progress.buffer,
        };
        await scanSlices(job, frozenReading(TINY_PROFILE, COSTLY, watch), () => undefined);
      });
      assert.ok(asked <= SOON);
    } finally {
      await file.close();
    }
  });

  describe('before a log that has no end', () => {
    /** NULs, or zeros of a device, in chunks that are there at once. */
    function nuls(count: number): { source: LogSource; given: () => number } {
      let given = 0;
      return {
        given: () => given,
        source: {
          name: 'nuls',
          size: 0,
          lastChange: 0,
          async *chunks() {
            const chunk = new Uint8Array(1 << 20);
            while (given < count) {
              given++;
              yield chunk;
            }
            yield new TextEncoder().encode('INFO open x\n');
          },
          bytesRead: () => 0,
          changes: async () => [],
          close: async () => undefined,
        },
      };
    }

    it('asks before every chunk', async () => {
      const { source, given } = nuls(Infinity);
      await assert.rejects(peek(source, { isCancelled: () => given() === 3 }), CancelledError);
      assert.equal(given(), 3);
    });

    it('has a turn for each chunk of the hole that it gives again', async () => {
      const { source } = nuls(50);
      const peeked = await peek(source, {});
      let isInterrupted = false;
      setImmediate(() => (isInterrupted = true));
      let chunks = 0;
      for await (const chunk of peeked.source.chunks()) {
        chunks += chunk.length > 0 ? 1 : 0;
        if (isInterrupted) {
          break;
        }
      }
      assert.ok(chunks <= 2);
    });
  });
});
