import assert from 'node:assert/strict';
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
});
