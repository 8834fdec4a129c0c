import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UserError } from '../../../../src/core/errors/userError';
import { compileSessionPattern } from '../../../../src/core/blocks/sessionKey';
import { text, utf8 } from '../../../support/bytes';
import { countedBytes } from '../../../support/countedBytes';

function keys(pattern: string, message: string): string[] {
  const found: string[] = [];
  const bytes = utf8(`#${message}#`);
  compileSessionPattern(pattern).find(bytes, 1, bytes.length - 1, (source, start, end) => {
    found.push(text(source, start, end));
  });
  return found;
}

const PATTERNS = [
  'blk_-?\\d+',
  'req-[0-9a-f]+',
  '[a-f]{2}-[a-f]{1,3}',
  'a+b',
  'a?b?ab',
  'id=(\\w+)',
  'a(b+)1',
  '(b)a?-',
  'id=([a-f]{1,2})1+',
  '-(1+)',
  'a(b|f)',
  'a()b',
  '\\d+a?',
  '(?:ab|ba)+',
  'a{2}',
  'a{2,}b',
  '[^ab]+1',
  '\\w+-\\w+',
  '[a\\-b]+1',
  'a*b',
  'ab+?',
];

describe('compileSessionPattern', () => {
  for (const [pattern, message, expected] of [
    ['blk_-?\\d+', 'block blk_-12 file /x/blk_34.', ['blk_-12', 'blk_34']],
    ['blk_-?\\d+', 'blk_ blk_- blk_x', []],
    ['blk_-?\\d+', 'blk_blk_7', ['blk_7']],
    ['id=(\\w+)', 'a id=b7 id=', ['b7']],
    ['\\[id: (\\d+)\\]', '[id: 12] [id: x] [id: 3]', ['12', '3']],
    ['[0-9a-f]{8}-[0-9a-f]{4}', 'x 0a1b2c3d-00ff-1', ['0a1b2c3d-00ff']],
    ['ü\\d', 'aü1ü2', ['ü1', 'ü2']],
  ] as const) {
    it(`finds ${pattern} in ${JSON.stringify(message)}`, () => {
      assert.deepEqual(keys(pattern, message), expected);
    });
  }

  it('finds what a JavaScript regular expression finds', () => {
    const message = fc
      .array(fc.constantFrom('a', 'b', 'ab', 'f', '1', '12', '-', '_', ' ', 'blk_', 'req-', 'id='), { maxLength: 16 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.constantFrom(...PATTERNS), message, (pattern, content) => {
        const expected = [...content.matchAll(new RegExp(pattern, 'g'))]
          .map((match) => match[1] ?? match[0])
          .filter((key) => key !== '');
        assert.deepEqual(keys(pattern, content), expected);
      }),
      { seed: 7, numRuns: 4000 },
    );
  });

  it('is not stalled by a hostile line', () => {
    const line = '1'.repeat(60_000);
    for (const pattern of ['\\d+x', '(\\d+)+x', '\\d\\d+x', '(a|aa|1)*b', '1\\d*-']) {
      assert.deepEqual(keys(pattern, line), []);
    }
  });

  it('looks at no byte more often than it says, whatever repetitions are asked for', () => {
    const length = 2000;
    for (const pattern of ['1{200}2', '1{900}2', `${'1{40}'.repeat(20)}2`, `(${'1{9}'.repeat(100)})2`]) {
      const { bytes, reads } = countedBytes(utf8('1'.repeat(length)));
      compileSessionPattern(pattern).find(bytes, 0, length, () => assert.fail());
      assert.ok(reads() <= 300 * length, `${pattern}: ${reads()}`);
    }
  });

  for (const pattern of ['(', '(?=a)b', '(a)\\1', '', 'a*', '[b-a]', 'a{3,2}']) {
    it(`refuses "${pattern}"`, () => {
      assert.throws(() => compileSessionPattern(pattern), UserError);
    });
  }
});
