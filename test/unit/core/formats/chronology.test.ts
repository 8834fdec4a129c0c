import assert from 'node:assert/strict';
import { Chronology } from '../../../../src/core/formats/chronology';
import { isoTime } from '../../../../src/core/formats/timeLayout';
import { TimeMatcher } from '../../../../src/core/formats/timeMatcher';
import { utf8 } from '../../../support/bytes';

function times(layout: string, contents: readonly string[], year?: number): (string | null)[] {
  const matcher = new TimeMatcher(layout);
  const chronology = new Chronology(year);
  return contents.map((content) => {
    const bytes = utf8(content);
    matcher.match(bytes, 0, bytes.length);
    return isoTime(chronology.timeOf(matcher));
  });
}

describe('Chronology', () => {
  it('lets years ascend, and takes a record of the old year that comes late for what it is', () => {
    assert.deepEqual(
      times(
        'MMM D HH:mm:ss',
        ['Nov 30 00:00:00', 'Dec 31 23:59:59', 'Jan  1 00:00:01', 'Dec 31 23:59:59', 'Feb 29 00:00:00'],
        2023,
      ),
      [
        '2023-11-30T00:00:00',
        '2023-12-31T23:59:59',
        '2024-01-01T00:00:01',
        '2023-12-31T23:59:59',
        '2024-02-29T00:00:00',
      ],
    );
  });

  it('lets days ascend where only the clock is known', () => {
    assert.deepEqual(times('HH:mm:ss', ['23:59:59', '00:00:01', '23:59:58', '00:00:02', '13:00:00']), [
      '1970-01-01T23:59:59',
      '1970-01-02T00:00:01',
      '1970-01-01T23:59:58',
      '1970-01-02T00:00:02',
      '1970-01-01T13:00:00',
    ]);
  });
});
