import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AnyTime } from '../../../../src/core/formats/anyTime';
import { isoTime } from '../../../../src/core/formats/timeLayout';
import { TimeMatcher } from '../../../../src/core/formats/timeMatcher';
import { utf8 } from '../../../support/bytes';

function parse(layout: string, content: string): string | null {
  const matcher = new TimeMatcher(layout);
  const bytes = utf8(content);
  return matcher.match(bytes, 0, bytes.length) < 0 ? null : isoTime(matcher.time(2024));
}

describe('TimeMatcher', () => {
  for (const [layout, content, expected] of [
    ['yyyy-MM-dd_HH:mm:ssfz', '2024-05-01T10:00:00', '2024-05-01T10:00:00'],
    ['yyyy-MM-dd_HH:mm:ssfz', '2024-05-01 10:00:00,5', '2024-05-01T10:00:00.500'],
    ['yyyy-MM-dd_HH:mm:ssfz', '2024-05-01T10:00:00.123456789Z', '2024-05-01T10:00:00.123'],
    ['yyyy-MM-dd_HH:mm:ssfz', '2024-05-01T10:00:00+05:30', '2024-05-01T04:30:00'],
    ['yyyy-MM-dd_HH:mm:ssfz', '2024-05-01 10:00:00 -0130 x', '2024-05-01T11:30:00'],
    ['yyyy-MM-dd_HH:mm:ssfz', '2024-05-01 10:00:00 +02 x', '2024-05-01T08:00:00'],
    ['yyyy-MM-dd_HH:mm:ssfz', '2024-05-01 10:00:00 UTC', '2024-05-01T10:00:00'],
    ['yyyy-MM-dd_HH:mm:ssfz', '2024-02-30 25:00:00', null],
    ['yyyy-MM-dd HH:mm:ss.SSSSSSS', '2024-05-01 10:00:00.1234567', '2024-05-01T10:00:00.123'],
    ['MMM D HH:mm:ss', 'Jan  3 09:47:02', '2024-01-03T09:47:02'],
    ['MMM D HH:mm:ss', 'dec 31 09:47:02', '2024-12-31T09:47:02'],
    ['MMM D HH:mm:ss', 'Foo 31 09:47:02', null],
    ['E MMM D HH:mm:ssf yyyy', 'Thursday March 24 15:17:38.9 2005', '2005-03-24T15:17:38.900'],
    ['dd/MMM/yyyy:HH:mm:ssfz', '02/sept./2015:00:11:31 +0200', '2015-09-01T22:11:31'],
    ['D MMM yyyy HH:mm:ss', '3 Mai 2024 10:00:00', '2024-05-03T10:00:00'],
    ['MMM D yyyy HH:mm:ss', 'févr. 3 2024 10:00:00', '2024-02-03T10:00:00'],
    ['MMM D yyyy HH:mm:ss', 'Март 3 2024 10:00:00', '2024-03-03T10:00:00'],
    ['MMM D yyyy HH:mm:ss', '12月 3 2024 10:00:00', '2024-12-03T10:00:00'],
    ['dd-MMM-yyyy HH:mm:ssz', '03-May-2024 10:00:00 Europe/Berlin', '2024-05-03T10:00:00'],
    ['MMM D, yyyy h:mm:ss a', 'Apr 15, 2013 12:34:08 AM', '2013-04-15T00:34:08'],
    ['MMM D, yyyy h:mm:ss a', 'Apr 15, 2013 12:34:08 PM', '2013-04-15T12:34:08'],
    ['yyyy-jjjTHH:mm:ss', '2012-366T10:22:40', '2012-12-31T10:22:40'],
    ['X', '1714557600', '2024-05-01T10:00:00'],
    ['X', '1714557600.25', '2024-05-01T10:00:00.250'],
    ['X', '1714557600123', '2024-05-01T10:00:00.123'],
    ['X', '1714557600123456', '2024-05-01T10:00:00.123'],
    ['X', '1714557600123000000', '2024-05-01T10:00:00.123'],
    ['X', '12345', null],
    ['u', '   12.5', '1970-01-01T00:00:12.500'],
    ['HH:mm:ssf', '23:59:59.9', '1970-01-01T23:59:59.900'],
  ] as const) {
    it(`reads ${content} as ${layout}`, () => {
      assert.equal(parse(layout, content), expected);
    });
  }

  it('agrees with Date on every day', () => {
    const matcher = new TimeMatcher('yyyy-MM-ddTHH:mm:ss.SSS');
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const bytes = utf8(date.toISOString());
          assert.equal(matcher.match(bytes, 0, bytes.length), bytes.length - 1);
          assert.equal(matcher.time(0), date.getTime());
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });

  it('takes each line as if it were the first, whatever the lines before have in common with it', () => {
    const layouts = [
      'yyyy-MM-dd_HH:mm:ssfz',
      'HH:mm:ss dd/MM/yyyy',
      'MMM D HH:mm:ss',
      'E MMM D HH:mm:ssf yyyy',
      'a HH:mm:ss',
      'z HH:mm:ss',
    ];
    const contents = fc.constantFrom(
      '2024-05-01 10:00:00,5 +0200',
      '2024-05-01 10:00:07',
      '2024-05-01 10:00:61',
      '2024-05-01 10:00:',
      '2024-05-01T10:00:07',
      '2024-05-01 10:59:07',
      '2024-05-41 10:59:07',
      '2024-05-01 1',
      '10:00:00 01/05/2024',
      '10:00:07 02/06/2024',
      '10:00:07 02/06/',
      '10:61:07 02/06/2024',
      'May  1 10:00:00',
      'May  1 10:00:07',
      'Foo  1 10:00:07',
      'Jun 11 10:00:07',
      'Thu May 1 10:00:00.5 2024',
      'Thu May 1 10:00:07 2025',
      'AM 10:00:00',
      'PM 10:00:00',
      'Z 10:00:00',
      '+0200 10:00:00',
    );
    fc.assert(
      fc.property(fc.constantFrom(...layouts), fc.array(contents, { minLength: 2, maxLength: 8 }), (layout, lines) => {
        const matcher = new TimeMatcher(layout);
        for (const bytes of lines.map(utf8)) {
          const alone = new TimeMatcher(layout);
          const after = matcher.match(bytes, 0, bytes.length);
          assert.equal(after, alone.match(bytes, 0, bytes.length));
          assert.deepEqual(
            after < 0 || [matcher.time(2024), matcher.zone],
            after < 0 || [alone.time(2024), alone.zone],
          );
        }
      }),
      { seed: 9, numRuns: 2000 },
    );
  });

  it('never reads behind the end, whatever the bytes', () => {
    const anyTime = new AnyTime();
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9TZ:., +\-/JanMoeUTC]{0,40}$/), fc.nat(40), (content, cutAt) => {
        const bytes = utf8(content);
        const end = Math.min(cutAt, bytes.length);
        const whole = anyTime.match(bytes, 0, end);
        assert.ok(whole <= end);
        assert.equal(whole, new AnyTime().match(bytes.slice(0, end), 0, end));
      }),
      { seed: 8, numRuns: 500 },
    );
  });
});
