import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstRecords, type FirstRecords } from '../../../../src/core/blocks/firstRecords';
import { CATALOGUE } from '../../../../src/core/formats/catalogue';
import { chosenFormat } from '../../../../src/core/formats/chosenFormat';
import { isoTime } from '../../../../src/core/formats/timeLayout';
import { atOnce } from '../../../../src/core/patterns/steps';
import { previewOf } from '../../../../src/core/records/logPreview';
import { LearningEvents } from '../../../../src/core/templates/eventSource';
import { utf8 } from '../../../support/bytes';

describe('firstRecords', () => {
  function look(text: string, format?: string, year = 2025, events?: LearningEvents): FirstRecords {
    const preview = previewOf(utf8(text), format === undefined ? undefined : chosenFormat(format));
    return atOnce(firstRecords(utf8(text), { preview, year }, events));
  }

  it('sees the header of every format in its own examples', () => {
    for (const { name, examples } of CATALOGUE) {
      for (const { line } of examples) {
        assert.ok(look(`${line}\n`, name).hasHeader, `${name}: ${line}`);
      }
    }
  });

  it('takes lines that have another format for records without header', () => {
    const { hasRecords, hasHeader } = look('some text\nother text\n', 'iso-level');
    assert.deepEqual([hasRecords, hasHeader], [true, false]);
    assert.equal(look('\n').hasRecords, false);
  });

  it('takes the given year where the format has none, also for a leap day', () => {
    const time = (year: number): string | null =>
      isoTime(look('Feb 28 10:00:00 host app[1]: x\n', undefined, year).time);
    assert.equal(time(2024), '2024-02-28T10:00:00');
    assert.equal(time(2025), '2025-02-28T10:00:00');
    assert.ok(look('Feb 29 10:00:00 host app[1]: x\n').hasRecords);
  });

  it('says the same of the header and the time whether a sample is wanted or not', () => {
    const line = fc.constantFrom('just text', 'Feb 28 10:00:00 host app[1]: x', '2025-01-01 10:00:00 INFO app - y');
    // Pieces are of 16 KiB.
    const lines = fc.array(fc.tuple(line, fc.constantFrom(1, 900)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(lines, (parts) => {
        const text = parts.map(([each, times]) => `${each}\n`.repeat(times)).join('');
        const { sample, ...found } = look(text, undefined, 2025, new LearningEvents());
        assert.deepEqual({ ...look(text), sample }, { ...found, sample });
        assert.ok(sample.length > 0);
      }),
      { seed: 4, numRuns: 40 },
    );
  });
});
