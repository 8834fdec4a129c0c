import assert from 'node:assert/strict';
import { excludingPattern } from '../../../../src/node/settings/excludedFiles';

describe('excludingPattern', () => {
  const cases: [pattern: string, excluded: string[], others: string[]][] = [
    ['*.old.log', ['/w/a.old.log', '/w/sub/b.old.log'], ['/w/a.log', '/w/a.old.log.1']],
    ['debug/*.log', ['/w/debug/a.log'], ['/w/a/debug/a.log', '/w/debug/x/a.log']],
    ['**/debug/**', ['/w/debug/a.log', '/w/x/y/debug/z/a.log'], ['/w/debug.log']],
    ['app-?.{log,out}', ['/w/app-1.log', '/w/app-2.out'], ['/w/app-10.log', '/w/app-1.txt']],
    ['./a.log', ['/w/a.log'], ['/w/b/a.log']],
    ['a+(b).log', ['/w/a+(b).log'], ['/w/aab.log']],
    ['a{.log', ['/w/a{.log'], ['/w/a.log']],
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
});
