import assert from 'node:assert/strict';
import fc from 'fast-check';
import picomatch from 'picomatch';
import { UserError } from '../../../../src/core/errors/userError';
import { checkFilePatterns, excludingPattern } from '../../../../src/node/settings/excludedFiles';

describe('excludingPattern', () => {
  const cases: [pattern: string, excluded: string[], others: string[]][] = [
    ['*.old.log', ['/w/a.old.log', '/w/sub/b.old.log', '/w/.old.log'], ['/w/a.log', '/w/a.old.log.1']],
    ['debug/*.log', ['/w/debug/a.log'], ['/w/a/debug/a.log', '/w/debug/x/a.log']],
    ['**/debug/**', ['/w/debug/a.log', '/w/x/y/debug/z/a.log', '/w/.x/debug/.y'], ['/w/debug.log']],
    ['app-?.{log,out}', ['/w/app-1.log', '/w/app-2.out'], ['/w/app-10.log', '/w/app-1.txt']],
    ['a,b.log', ['/w/a,b.log'], ['/w/a', '/w/b.log']],
    ['old[0-9].log', ['/w/old1.log'], ['/w/old[0-9].log', '/w/olda.log', '/w/old10.log']],
    ['old[!0-9].log', ['/w/olda.log'], ['/w/old1.log']],
    ['[*].log', ['/w/*.log'], ['/w/a.log']],
    ['app-{1..3}.log', ['/w/app-2.log'], ['/w/app-4.log']],
    ['./a.log', ['/w/a.log'], ['/w/b/a.log']],
    ['/a.log', ['/w/a.log'], ['/w/b/a.log']],
    ['a+(b).log', ['/w/a+(b).log'], ['/w/aab.log', '/w/a+b.log']],
    ['@(a|b)', ['/w/@(a|b)'], ['/w/a']],
    ['!a.log', ['/w/!a.log'], ['/w/b.log']],
    ['a{.log', ['/w/a{.log'], ['/w/a.log']],
    ['[z-a]*', ['/w/[z-a]*'], ['/w/b']],
    ['Tür-?.log', ['/w/Tür-ä.log'], ['/w/Tür-.log']],
  ];
  for (const [pattern, excluded, others] of cases) {
    it(`takes ${pattern}`, () => {
      for (const path of excluded) {
        assert.equal(excludingPattern(path, '/w', ['nothing', pattern]), pattern, path);
      }
      for (const path of others) {
        assert.equal(excludingPattern(path, '/w', [pattern]), undefined, path);
      }
    });
  }

  it('says what picomatch says', () => {
    const part = fc.constantFrom('a', 'b', '.log', '*', '**', '?', '/', '{a,b}', '[ab]', '[!a]', ',', '-', '**/', '1');
    const text = (least: number) => fc.array(part, { minLength: least, maxLength: 7 }).map((parts) => parts.join(''));
    const segment = fc.stringMatching(/^[ab1,.-]{1,6}$/).filter((name) => !/^\.+$|\.$/.test(name));
    fc.assert(
      fc.property(text(1), fc.array(segment, { minLength: 1, maxLength: 3 }), (pattern, segments) => {
        const path = segments.join('/');
        const glob = pattern.replace(/^\.?\//, '');
        fc.pre(glob !== '' && pattern.includes('/'));
        const options = {
          dot: true,
          posix: true,
          noextglob: true,
          nonegate: true,
          windows: false,
          strictSlashes: true,
        };
        assert.equal(
          excludingPattern(`/w/${path}`, '/w', [pattern]) !== undefined,
          picomatch.makeRe(glob, options).test(path),
          `${pattern} ${path}`,
        );
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('takes the time of its length, however hostile the pattern', () => {
    const name = `/w/${'a'.repeat(4000)}`;
    for (const pattern of [`${'*a'.repeat(90)}b`, `${'**/*a*/'.repeat(12)}b`, `${'{*a,*aa}'.repeat(40)}b`]) {
      assert.equal(excludingPattern(name, '/w', [pattern]), undefined);
    }
  });
});

describe('checkFilePatterns', () => {
  it('refuses what is too long, too large or has a backslash, in one sentence', () => {
    const faults: [string, RegExp][] = [
      ['a'.repeat(1001), /^The file pattern "a+…" has 1001 characters, and 1000 are the most; shorten it\.$/],
      ['{a,b}*'.repeat(160), / are the most; /],
      [String.raw`a\*`, /^The file pattern "a\\\\?\*" has a backslash; write \/ between folders, /],
      [`[a]${'\\'.repeat(900)}`, / has a backslash; /],
    ];
    for (const [pattern, message] of faults) {
      assert.throws(
        () => checkFilePatterns(['*.log', pattern]),
        (error) => error instanceof UserError && message.test(error.message),
      );
    }
    checkFilePatterns(['', '/', '[', '{', '{a,b', '(', ')', '*'.repeat(1000), '['.repeat(400), '{'.repeat(400)]);
  });
});
