import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
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
});
