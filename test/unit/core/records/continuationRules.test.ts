import assert from 'node:assert/strict';
import { ContinuationRules } from '../../../../src/core/records/continuationRules';
import { utf8 } from '../../../support/bytes';

const STRICT = { multiline: false, loose: true, margin: 0, objects: false, console: false };

/** Whether the second line continues a record with a header that is the first. */
function continues(first: string, second: string, rules = STRICT): boolean {
  const continuations = new ContinuationRules(rules);
  const [head, next] = [utf8(first), utf8(second)];
  continuations.begin(head, 0, head.length, true);
  return continuations.continues(next, 0, next.length);
}

describe('ContinuationRules', () => {
  it('goes on with a line that ends with an open bracket or a backslash, blanks or not', () => {
    for (const sign of ['{', '[', '(', '\\', '\\  ']) {
      assert.ok(continues(`INFO running gcc -O2 ${sign}`, 'main.c -o main'), sign);
    }
    assert.ok(!continues('INFO running gcc -O2', 'main.c -o main'));
  });

  it('goes on with blank and indented lines, closing signs and a lone opening bracket', () => {
    for (const line of ['', '  ', '  main.c', '}', '})', ']', '-->', '{', '[ ']) {
      assert.ok(continues('INFO running', line), line);
    }
  });

  it('takes an indented line of a console for one of its own, unless something is open', () => {
    const console = { ...STRICT, console: true };
    assert.ok(!continues('INFO running', '  compiling main.c', console));
    assert.ok(continues('INFO running \\', '  compiling main.c', console));
  });
});
