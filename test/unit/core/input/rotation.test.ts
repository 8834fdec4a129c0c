import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rotatedSiblings, rotations } from '../../../../src/core/input/rotation';

describe('rotatedSiblings', () => {
  for (const [what, files] of [
    ['numbers', ['app.log.10.gz', 'app.log.9.gz', 'app.log.2.gz', 'app.log.1', 'app.log']],
    ['dates within', ['app-2025-12-31.log.gz', 'app-2026-01-01.log', 'app-2026-01-02.log', 'app.log']],
    ['dates behind', ['app.log.2025-12-31', 'app.log.2026-01-01.gz', 'app.log.2026-01-10', 'app.log']],
    ['dates without dashes', ['syslog-20251231.gz', 'syslog-20260101', 'syslog']],
    ['files of a day', ['app.2026-01-01.2.log', 'app.2026-01-01.10.log', 'app.2026-01-02.0.log', 'app.log']],
    ['times', ['app.log-20260101T090000.gz', 'app.log-20260101T101500', 'app.log']],
    ['hours', ['app.log.2026-01-01-09', 'app.log.2026-01-01-10', 'app.log']],
    ['no file that is being written', ['app_2026-01-01.log', 'app_2026-01-02.log']],
  ] as const) {
    it(`orders by ${what}, from any of the files`, () => {
      const strangers = [
        'other.log',
        'other.log.1',
        'other-2026-01-01.log',
        'app.logs',
        'app.log.bak',
        'application.log.3',
      ];
      for (const name of files) {
        assert.deepEqual(rotatedSiblings(name, [...strangers, ...files].sort()), files);
      }
    });
  }

  it('leaves a log alone that has no siblings', () => {
    assert.deepEqual(rotatedSiblings('app.log', ['app.log', 'app.txt', 'app-2026-13-01.log', 'app-v2.log']), [
      'app.log',
    ]);
    assert.deepEqual(rotatedSiblings('app.log', []), ['app.log']);
  });

  it('takes a file once that is just being compressed', () => {
    assert.deepEqual(rotatedSiblings('app.log', ['app.log', 'app.log.1', 'app.log.1.gz']), ['app.log.1', 'app.log']);
    assert.deepEqual(rotatedSiblings('app.log.1.gz', ['app.log', 'app.log.1', 'app.log.1.gz']), [
      'app.log.1.gz',
      'app.log',
    ]);
  });

  it('does not mix the ways of rotating', () => {
    const files = ['app-2026-01-01.log', 'app.log', 'app.log.1'];
    assert.deepEqual(rotatedSiblings('app.log', files), ['app.log.1', 'app.log']);
    assert.deepEqual(rotatedSiblings('app-2026-01-01.log', files), ['app-2026-01-01.log', 'app.log']);
  });

  it('does not depend on the order of the folder', () => {
    const files = ['a.log', 'a.log.1', 'a.log.1.gz', 'a.log.2', 'a-2026-01-01.log', 'a.log.2026-01-02', 'b.log'];
    fc.assert(
      fc.property(fc.shuffledSubarray(files), fc.constantFrom(...files), (some, name) => {
        const siblings = rotatedSiblings(name, some);
        assert.ok(siblings.includes(name));
        assert.deepEqual(siblings, rotatedSiblings(name, [...some].sort()));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('rotations', () => {
  it('gives each file of a folder to one log', () => {
    const files = ['a.log', 'a.log.1', 'a.log.2.gz', 'a.log.2', 'b.out', 'c-2026-01-02.log', 'c-2026-01-01.log.gz'];
    assert.deepEqual(
      rotations([...files].sort()),
      [['a.log.2', 'a.log.1', 'a.log'], ['b.out'], ['c-2026-01-01.log.gz', 'c-2026-01-02.log']].sort(
        (a, b) => a.at(-1)!.length - b.at(-1)!.length,
      ),
    );
  });

  it('makes two logs of one that was rotated in two ways', () => {
    assert.deepEqual(rotations(['a-2026-01-01.log', 'a-2026-01-02.log', 'a.log', 'a.log.1']), [
      ['a.log.1', 'a.log'],
      ['a-2026-01-01.log', 'a-2026-01-02.log'],
    ]);
  });

  it('takes thousands of files in a time that does not grow with their square', () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `service-${i}x.log`);
    assert.equal(rotations(names).length, names.length);
  });
});
