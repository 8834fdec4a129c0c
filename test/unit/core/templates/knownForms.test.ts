import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KnownForms, NO_FORM } from '../../../../src/core/templates/knownForms';
import { maskMessage, variableParts } from '../../../../src/core/templates/masking';
import { text, utf8 } from '../../../support/bytes';

const messages = fc
  .array(
    fc.oneof(
      fc.constantFrom('a', 'b', '1', '9', ' ', ':', '/', '-', 'ü', 'Receiving block ', 'blk_', 'abcd', '10.0.0.1'),
      fc.constantFrom('\u00b9', '=;', 'x'.repeat(40), 'long text without a number '),
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(''));

/** The message between other bytes, which must not be looked at. */
function surrounded(message: string): [bytes: Uint8Array, start: number, end: number] {
  const bytes = utf8(`1a${message}b2`);
  return [bytes, 2, bytes.length - 2];
}

/** A number in letters instead of digits, so that it belongs to a message's form. */
function inLetters(number: number): string {
  return [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}

describe('KnownForms', () => {
  it('knows exactly the messages whose masked text it was given', () => {
    fc.assert(
      fc.property(fc.array(messages, { maxLength: 30 }), (log) => {
        const forms = new KnownForms();
        const masks: string[] = [];
        for (const message of log) {
          const place = surrounded(message);
          const mask = maskMessage(...place);
          const event = forms.find(...place);
          if (event === NO_FORM) {
            masks.push(mask);
            forms.add(...place, masks.length - 1);
          } else {
            assert.equal(masks[event], mask, message);
          }
        }
      }),
      { seed: 21, numRuns: 500 },
    );
  });

  it('finds a form again, whatever its variable words', () => {
    const forms = new KnownForms();
    forms.add(...surrounded('Receiving block blk_-1 src: /10.0.0.1:50'), 7);
    assert.equal(forms.find(...surrounded('Receiving block 99 src: /a1:x-2')), 7);
    for (const other of ['Receiving block blk_-1 src: /10.0.0.1:', 'Receiving block blk_ src: /10.0.0.1:50', '']) {
      assert.equal(forms.find(...surrounded(other)), NO_FORM, other);
    }
  });

  it('tells the variable words that have a marked byte', () => {
    const marks = new Uint8Array(256);
    marks['b'.charCodeAt(0)] = 1;
    fc.assert(
      fc.property(messages, (message) => {
        const forms = new KnownForms();
        forms.mark(marks);
        const place = surrounded(message);
        forms.add(...place, 0);
        if (forms.find(...place) === NO_FORM) {
          return;
        }
        const { count, starts, ends } = forms.words;
        const words = Array.from({ length: count }, (_, i) => text(place[0], starts[i], ends[i]));
        assert.deepEqual(
          words,
          variableParts(...place).filter((word) => word.includes('b')),
        );
      }),
      { seed: 22, numRuns: 500 },
    );
  });

  it('goes on when it is full', () => {
    const forms = new KnownForms();
    const literal = 'some text that takes room '.repeat(15);
    const messageOf = (i: number): string => `${inLetters(i)} ${literal}`;
    for (let i = 0; i < 3000; i++) {
      forms.add(...surrounded(messageOf(i)), i);
    }
    assert.equal(forms.find(...surrounded(messageOf(2999))), 2999);
    assert.equal(forms.find(...surrounded(messageOf(0))), NO_FORM);
  });

  it('goes on when it has no room for the pieces of forms of many words', () => {
    const forms = new KnownForms();
    const messageOf = (i: number): string => `${inLetters(i)} ${'1 '.repeat(16)}`;
    for (let i = 0; i < 9000; i++) {
      const place = surrounded(messageOf(i));
      forms.add(...place, i);
      assert.equal(forms.find(...place), i);
    }
  });

  it('keeps no form with many variable words', () => {
    const forms = new KnownForms();
    const many = Array.from({ length: 100 }, (_, i) => `blk_${i}`).join(' ');
    forms.add(...surrounded(many), 1);
    assert.equal(forms.find(...surrounded(many)), NO_FORM);
  });
});
