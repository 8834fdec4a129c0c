import assert from 'node:assert/strict';
import { CATALOGUE } from '../../../../src/core/formats/catalogue';
import { chosenFormat } from '../../../../src/core/formats/chosenFormat';
import { firstRecords, type FirstRecords } from '../../../../src/core/records/firstRecords';
import { atOnce } from '../../../../src/core/patterns/steps';
import { isoTime } from '../../../../src/core/formats/timeLayout';
import { utf8 } from '../../../support/bytes';

describe('firstRecords', () => {
  const look = (...args: Parameters<typeof firstRecords>): FirstRecords => atOnce(firstRecords(...args));

  it('sees the header of every format in its own examples', () => {
    for (const { name, examples } of CATALOGUE) {
      for (const { line } of examples) {
        assert.equal(look(utf8(`${line}\n`), { format: chosenFormat(name), year: 2025 }).headed, 1, `${name}: ${line}`);
      }
    }
  });

  it('counts lines that have another format as records without header', () => {
    const { records, headed } = look(utf8('some text\nother text\n'), {
      format: chosenFormat('iso-level'),
      year: 2025,
    });
    assert.ok(records > 0);
    assert.equal(headed, 0);
  });

  it('takes the given year where the format has none, also for a leap day', () => {
    const time = (year: number): string | null =>
      isoTime(look(utf8('Feb 28 10:00:00 host app[1]: x\n'), { year }).time);
    assert.equal(time(2024), '2024-02-28T10:00:00');
    assert.equal(time(2025), '2025-02-28T10:00:00');
    const leap = look(utf8('Feb 29 10:00:00 host app[1]: x\n'), { year: 2025 });
    assert.equal(leap.records, 1);
  });
});
