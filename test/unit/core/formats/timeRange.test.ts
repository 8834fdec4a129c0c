import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors/userError';
import { TimeRange } from '../../../../src/core/formats/timeRange';

const at = (text: string): number => Date.parse(text);

describe('TimeRange', () => {
  it('holds both its ends as far as they are named: a day, a minute, a second, a millisecond', () => {
    for (const [until, last, after] of [
      ['2025-03-01', '2025-03-01T23:59:59.999Z', '2025-03-02T00:00:00Z'],
      ['2025-03-01T10:15', '2025-03-01T10:15:59.999Z', '2025-03-01T10:16:00Z'],
      ['2025-03-01 10:15:30', '2025-03-01T10:15:30.999Z', '2025-03-01T10:15:31Z'],
      ['2025-03-01T10:15:30,5', '2025-03-01T10:15:30.500Z', '2025-03-01T10:15:30.501Z'],
    ] as const) {
      const range = new TimeRange(until, until);
      assert.ok(range.holds(at(last), NaN), until);
      assert.ok(!range.holds(at(after), NaN), until);
    }
    const open = new TimeRange('2025-03-01', undefined);
    assert.ok(open.holds(at('2025-03-01T00:00:00Z'), NaN) && !open.holds(at('2025-02-28T23:59:59Z'), NaN));
  });

  it('takes a time without zone as the log writes it, and one with a zone as the instant', () => {
    const written = new TimeRange('2025-03-01T10:00', '2025-03-01T10:59');
    const instant = new TimeRange('2025-03-01T10:00+02:00', '2025-03-01T10:59+0200');
    // 10:30 in a log of Helsinki, which is 08:30 in UTC.
    assert.ok(written.holds(at('2025-03-01T08:30:00Z'), 120));
    assert.ok(instant.holds(at('2025-03-01T08:30:00Z'), 120));
    assert.ok(!instant.holds(at('2025-03-01T10:30:00Z'), 0));
    assert.ok(written.holds(at('2025-03-01T10:30:00Z'), 0));
  });

  it('refuses what is no time, no date of the calendar, or no range', () => {
    for (const text of ['yesterday', '10:15', '2025-02-30', '2025-13-01', '2025-03-01T25:00', '']) {
      assert.throws(() => new TimeRange(text, undefined), UserError, text);
    }
    assert.throws(() => new TimeRange('2025-03-02', '2025-03-01'), /is empty/);
  });
});
