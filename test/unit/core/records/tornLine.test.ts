import assert from 'node:assert/strict';
import { UnsupervisedLogScan } from '../../../../src/core/scan/unsupervisedLogScan';
import type { RecordLog } from '../../../../src/core/scan/recordLog';
import { utf8 } from '../../../support/bytes';
import { recordReading } from '../../../support/records';

const MESSAGES = [
  'opened connection 12 to 10.0.0.7',
  'reserved 3 items of warehouse 5',
  'closed connection',
  'closed connection 12 after 30 ms',
];

function line(i: number, message = MESSAGES[i % MESSAGES.length]): string {
  return `2025-01-01 10:00:${String(i % 60).padStart(2, '0')} INFO app.Shop - ${message}`;
}

const WHOLE = Array.from({ length: 200 }, (_, i) => `${line(i)}\n`).join('');

function scan(text: string): RecordLog {
  const bytes = utf8(text);
  const unsupervisedLogScan = new UnsupervisedLogScan(recordReading(bytes));
  unsupervisedLogScan.push(bytes);
  return unsupervisedLogScan.end().log();
}

describe('a last line without its end', () => {
  it('is left out wherever it is torn, and counted', () => {
    const last = line(201);
    for (let length = 1; length < last.length; length++) {
      const log = scan(WHOLE + last.slice(0, length));
      const isKnown = MESSAGES.some((message) => last.slice(0, length) === line(201, message));
      assert.equal(log.isTorn, !isKnown, last.slice(0, length));
      assert.equal(log.records, isKnown ? 201 : 200);
      assert.equal(log.lineCount, 201);
    }
  });

  it('counts where it is like another one, or like none', () => {
    for (const last of [
      line(201),
      line(201, 'closed connection'),
      line(201, 'disk failure'),
      line(201, 'closed connection to the primary database by force'),
    ]) {
      const log = scan(WHOLE + last);
      assert.equal(log.isTorn, false, last);
      assert.equal(log.records, 201);
    }
    assert.equal(scan(WHOLE + 'Segmentation fault (core dumped)').isTorn, false);
  });

  it('counts where it has an end, however short it is', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      assert.equal(scan(WHOLE + line(201).slice(0, 50) + end).records, 201);
    }
  });

  it('is left out of JSON', () => {
    const entry = (i: number) =>
      JSON.stringify({
        time: `2025-01-01T10:00:${String(i % 60).padStart(2, '0')}Z`,
        level: 'info',
        msg: `order ${i} was packed`,
      });
    const whole = Array.from({ length: 100 }, (_, i) => `${entry(i)}\n`).join('');
    for (const length of [1, 10, 30, 45, 60]) {
      assert.equal(scan(whole + entry(101).slice(0, length)).records, 100, entry(101).slice(0, length));
    }
    assert.equal(scan(whole + entry(101)).records, 101);
  });
});
