import assert from 'node:assert/strict';
import { LINE_UNITS } from '../../../../src/core/patterns/boundedPattern';
import { LineWatch } from '../../../../src/core/patterns/lineWatch';
import { maskMessage } from '../../../../src/core/templates/masking';
import { WildcardMatcher } from '../../../../src/core/templates/wildcardMatcher';
import { utf8 } from '../../../support/bytes';

const TEMPLATES = [
  '<*>Receiving block<*>src:<*>dest:<*>',
  '<*>Received block<*>of size<*>from<*>',
  '<*>Received block<*>src:<*>dest:<*>of size<*>',
  'exactly this',
  'starts with<*>',
  '<*>ends here',
  '<*>block<*>',
  'IPv4 address <*> bound',
];

function match(message: string): number {
  const bytes = utf8(message);
  return new WildcardMatcher(TEMPLATES).match(maskMessage(bytes, 0, bytes.length));
}

/** A number in letters, for digits make a word variable. */
function words(number: number): string {
  return Array.from(String(number), (digit) => 'qrstuvwxyz'[Number(digit)]).join('');
}

describe('WildcardMatcher', () => {
  for (const [message, expected] of [
    ['Receiving block blk_1 src: /10.0.0.1:5 dest: /10.0.0.2:5', 0],
    ['Received block blk_1 of size 3 from /10.0.0.1', 1],
    ['Received block blk_1 src: /10.0.0.1:5 dest: /10.0.0.2:5 of size 3', 2],
    ['exactly this', 3],
    ['exactly this not', -1],
    ['starts with', 4],
    ['starts with 7 things', 4],
    ['now ends here', 5],
    ['a block', 6],
    ['IPv4 address 10.0.0.1 bound', 7],
    ['', -1],
  ] as const) {
    it(`matches ${JSON.stringify(message)}`, () => {
      assert.equal(match(message), expected);
    });
  }

  it('does not let literals overlap', () => {
    assert.equal(new WildcardMatcher(['ab<*>ba']).match('aba'), -1);
    assert.equal(new WildcardMatcher(['ab<*>ba']).match('abba'), 0);
  });

  it('takes linear time for repeated literals', () => {
    const matcher = new WildcardMatcher([`${'<*>a'.repeat(200)}<*>x<*>`]);
    assert.equal(matcher.match('a'.repeat(50_000)), -1);
  });

  for (const [kind, templates, message] of [
    [
      'that are many',
      Array.from({ length: 20_000 }, (_, i) => `<*>${'b'.repeat(i % 9)}${words(i)}<*>`),
      'b'.repeat(60_000),
    ],
    ['that are long', Array(2000).fill(`<*>${'a'.repeat(16_000)}b<*>`), 'a'.repeat(60_000)],
    ['of many parts', Array(300).fill(`${'<*>a'.repeat(4000)}<*>b<*>`), 'a'.repeat(60_000)],
  ] as const) {
    it(`ends by a count of its work with templates ${kind}: the message has none then`, () => {
      const watch = new LineWatch();
      const matcher = new WildcardMatcher([...templates, '<*>'], watch);
      assert.equal(matcher.match(message), -1);
      assert.ok(watch.units >= LINE_UNITS && watch.units < 1.1 * LINE_UNITS, String(watch.units));
      assert.equal(matcher.match('c'), templates.length);
    });
  }
});
