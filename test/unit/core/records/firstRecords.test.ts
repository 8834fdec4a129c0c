import assert from 'node:assert/strict';
import { CATALOGUE } from '../../../../src/core/formats/catalogue';
import { chosenFormat } from '../../../../src/core/formats/chosenFormat';
import { firstRecords } from '../../../../src/core/records/firstRecords';
import { isoTime } from '../../../../src/core/formats/timeLayout';
import { utf8 } from '../../../support/bytes';

describe('firstRecords', () => {
  it('sees the header of every format in its own examples', () => {
    for (const { name, examples } of CATALOGUE) {
      for (const { line } of examples) {
        assert.equal(firstRecords(utf8(`${line}\n`), chosenFormat(name), 2025).headed, 1, `${name}: ${line}`);
      }
    }
  });

  it('counts lines that have another format as records without header', () => {
    const { records, headed } = firstRecords(utf8('some text\nother text\n'), chosenFormat('iso-level'), 2025);
    assert.ok(records > 0);
    assert.equal(headed, 0);
  });

  it('takes the given year where the format has none, also for a leap day', () => {
    const time = (year: number): string | null =>
      isoTime(firstRecords(utf8('Feb 28 10:00:00 host app[1]: x\n'), undefined, year).time);
    assert.equal(time(2024), '2024-02-28T10:00:00');
    assert.equal(time(2025), '2025-02-28T10:00:00');
    const leap = firstRecords(utf8('Feb 29 10:00:00 host app[1]: x\n'), undefined, 2025);
    assert.equal(leap.records, 1);
  });
});
