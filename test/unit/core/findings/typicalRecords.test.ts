import assert from 'node:assert/strict';
import { BurstsAndGaps } from '../../../../src/core/findings/burstsAndGaps';
import { TypicalRecords } from '../../../../src/core/findings/typicalRecords';
import { recordLog } from '../../../support/records';

const at = (second: number): string => new Date(Date.UTC(2026, 0, 5, 8, 0, second)).toISOString().slice(0, 19);

describe('TypicalRecords', () => {
  const lines = Array.from({ length: 600 }, (_, i) =>
    i >= 200 && i % 4 === 0
      ? `${at(i)} ERROR upstream is not reachable`
      : i === 301
        ? `${at(i)} INFO cache dropped`
        : `${at(i)} INFO request served in ${i} ms`,
  );
  const log = recordLog(lines.map((line) => `${line}\n`).join(''));
  const usual = new TypicalRecords(log, new BurstsAndGaps([log]));
  const templateOf = (line: number): number => log.eventLog.events[log.lines.indexOf(line)];

  it('says how often a failure that keeps failing is there, its share, and since when', () => {
    assert.deepEqual(usual.persistence(templateOf(205)), [
      { part: 'keeps-failing', count: 100, share: 1 / 6, since: '2026-01-05T08:03:20' },
    ]);
  });

  it('says nothing of it where there are few', () => {
    assert.deepEqual(usual.persistence(templateOf(302)), []);
  });
});
