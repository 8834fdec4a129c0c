import assert from 'node:assert/strict';
import { linkSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { compileSessionPattern } from '../../../../src/core/blocks/sessionKey';
import { CancelledError } from '../../../../src/core/cancellation';
import { UserError } from '../../../../src/core/errors/userError';
import { FEWEST_ENTRIES } from '../../../../src/core/scan/recordCollector';
import { UnsupervisedLogScan } from '../../../../src/core/scan/unsupervisedLogScan';
import { openLog } from '../../../../src/node/files/logSource';
import { GoodLogs } from '../../../../src/node/scan/goodLogs';
import { utf8 } from '../../../support/bytes';
import { recordReading } from '../../../support/records';
import { temporaryFolder } from '../../../support/temporaryFolder';

describe('GoodLogs', () => {
  const at = temporaryFolder();
  const LINES = 30_000;

  async function kept(mostEntries?: number): Promise<{ entries: number[]; forms: number[]; notes: string[] }> {
    const judged = await openLog(at('judged.log'));
    const names = ['a.log', 'b.log', 'c.log'];
    const logs = await GoodLogs.open(
      names.map((name) => at(name)),
      judged,
      openLog,
      {},
      mostEntries,
    );
    const reading = recordReading('one\n');
    const scan = new UnsupervisedLogScan(reading);
    scan.push(utf8('one\n'));
    const ended = scan.end();
    const together = await logs.read(reading, {});
    const { log, good } = together(ended);
    await logs.close();
    await judged.close();
    return {
      entries: good.map(({ eventLog }) => eventLog.events.length),
      forms: good.map(({ eventLog }) => new Set(eventLog.events).size),
      notes: logs.notes(log, good),
    };
  }

  beforeEach(() => {
    writeFileSync(at('judged.log'), 'one\n');
    for (const name of ['a', 'b', 'c']) {
      writeFileSync(
        at(`${name}.log`),
        `${'one\n'.repeat(LINES / 2)}disk failure of ${name}\n${'one\n'.repeat(LINES / 2)}`,
      );
    }
  });

  it('keeps all records as long as there are not too many, whichever log has them', async () => {
    const { entries, notes } = await kept(3 * LINES + 4);
    assert.deepEqual(entries, [LINES + 1, LINES + 1, LINES + 1]);
    assert.equal(notes.length, 1);
  });

  it('keeps a sample of the further ones once there are, with what is rare, and says so', async () => {
    const { entries, forms, notes } = await kept(LINES + 2);
    assert.equal(entries[0], LINES + 1);
    assert.ok(
      entries.slice(1).every((count) => count > FEWEST_ENTRIES / 4 && count <= FEWEST_ENTRIES),
      entries.join(' '),
    );
    assert.deepEqual(forms, [2, 2, 2]);
    assert.equal(
      notes[1],
      `large good logs: of 2 of them a sample was compared with, ${entries[1] + entries[2]} of ${2 * LINES + 2} records, and the first 8 of each form of message wherever they stand`,
    );
  });

  /** Opens one good log beside the judged one, and reads it. */
  async function readBeside(name: string, judged = 'judged.log', meanwhile = (): void => undefined): Promise<void> {
    const source = await openLog(at(judged));
    try {
      const logs = await GoodLogs.open([at(name)], source, openLog, {});
      try {
        meanwhile();
        await logs.read(recordReading('one\n'), {});
      } finally {
        await logs.close();
      }
    } finally {
      await source.close();
    }
  }

  it('refuses one of blanks alone, and takes any other', async () => {
    for (const blank of [' ', '\t', '\n', '\v', '\f', '\r', ' \t\r\n \n', '']) {
      writeFileSync(at('good.log'), blank);
      await assert.rejects(
        readBeside('good.log'),
        (error) => error instanceof UserError && error.code === 'good-log-empty',
        JSON.stringify(blank),
      );
    }
    const blanks = ' \n'.repeat(500);
    for (const text of ['!', '. \n', `${blanks}\b`, `${blanks}\u000e`, `${blanks}\u001f`]) {
      writeFileSync(at('good.log'), text);
      await readBeside('good.log');
    }
  });

  it('refuses the judged log itself, by whatever name it is called', async () => {
    symlinkSync('judged.log', at('link.log'));
    linkSync(at('judged.log'), at('hard link.log'));
    for (const name of ['judged.log', 'link.log', 'hard link.log']) {
      await assert.rejects(
        readBeside(name),
        (error) => error instanceof UserError && error.code === 'good-log-is-judged',
        name,
      );
    }
  });

  it('refuses one in whose place another file has come since it was looked at', async () => {
    writeFileSync(at('new.log'), 'one\n');
    await assert.rejects(
      readBeside('a.log', 'judged.log', () => renameSync(at('new.log'), at('a.log'))),
      (error) => error instanceof UserError && error.code === 'replaced',
    );
  });

  it('says how much of all logs has been read', async () => {
    const judged = await openLog(at('judged.log'));
    const logs = await GoodLogs.open([at('a.log'), at('b.log')], judged, openLog, {});
    const told: [number, number][] = [];
    await logs.read(recordReading('one\n'), {
      onProgress: (done, total) => told.push([done, total]),
    });
    await logs.close();
    await judged.close();
    const bytes = 4 * LINES + 'disk failure of a\n'.length;
    assert.deepEqual(told, [
      [bytes, 2 * bytes],
      [2 * bytes, 2 * bytes],
    ]);
  });

  it('says which are of another kind than the judged log', async () => {
    writeFileSync(at('b.log'), 'completely different words stand here\n');
    const { notes } = await kept();
    assert.deepEqual(notes.slice(1), [
      `no message of ${at('b.log')} occurs in this log: it seems to be a log of another kind`,
    ]);
  });

  it('has room for the sessions of one log, whatever the further ones may have', async () => {
    const keys = Array.from({ length: 5000 }, (_, i) => `job-${String(i).padStart(40, '0')} is done\n`);
    writeFileSync(at('a.log'), keys.join(''));
    const judged = await openLog(at('judged.log'));
    const logs = await GoodLogs.open([at('a.log')], judged, openLog, {});
    const reading = recordReading('one\n', compileSessionPattern('job-\\d+'));
    const scan = new UnsupervisedLogScan(reading);
    scan.push(utf8('one\n'));
    const together = await logs.read(reading, {});
    const { good } = together(scan.end());
    await logs.close();
    await judged.close();
    assert.deepEqual([good[0].eventLog.blockCount, good[0].refusedKeys], [5000, 0]);
  });

  it('stops reading when it is told to', async () => {
    const judged = await openLog(at('judged.log'));
    const logs = await GoodLogs.open([at('a.log')], judged, openLog, {});
    try {
      const reading = logs.read(recordReading('one\n'), {
        onProgress: () => assert.fail('it goes on'),
        isCancelled: () => true,
      });
      await assert.rejects(reading, CancelledError);
    } finally {
      await logs.close();
      await judged.close();
    }
  });
});
