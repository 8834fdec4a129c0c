import assert from 'node:assert/strict';
import fc from 'fast-check';
import { messageParts, SlotKind } from '../../../../src/core/templates/messageParts';
import { VARIABLE } from '../../../../src/core/templates/normalForm';

function slotsOf(text: string): [slot: string, kind: string][] {
  const { slots, kinds } = messageParts(text.replaceAll('<*>', VARIABLE));
  return slots.map((slot, i) => [slot.replaceAll(VARIABLE, '<*>'), SlotKind[kinds[i]]]);
}

describe('messageParts', () => {
  it('takes words, values and variable parts for slots and the rest for punctuation', () => {
    assert.deepEqual(slotsOf('Deleting block <*>, user=root: "in use".'), [
      ['Deleting', 'Word'],
      ['block', 'Word'],
      ['<*>', 'Variable'],
      ['user', 'Word'],
      ['root', 'Value'],
      ['in use', 'Value'],
    ]);
  });

  it('takes a value after = with its brackets, an empty one too', () => {
    assert.deepEqual(slotsOf('(ws=Work{<*> a}, tag= end=)').slice(1, 6), [
      ['Work{<*> a}', 'Value'],
      ['tag', 'Word'],
      ['', 'Value'],
      ['end', 'Word'],
      ['', 'Value'],
    ]);
  });

  it('takes a missing value in brackets for one', () => {
    assert.deepEqual(slotsOf('from () as [-]'), [
      ['from', 'Word'],
      ['', 'Value'],
      ['as', 'Word'],
      ['-', 'Value'],
    ]);
  });

  it('knows names of several parts, but not exceptions and constants', () => {
    assert.deepEqual(slotsOf('com.example.Thing java.io.IOException intent.action.SCREEN_ON rpc.statd'), [
      ['com.example.Thing', 'Name'],
      ['java.io.IOException', 'Word'],
      ['intent.action.SCREEN_ON', 'Word'],
      ['rpc.statd', 'Word'],
    ]);
  });

  it('takes a quoted message apart and a quoted value not', () => {
    assert.deepEqual(slotsOf('"GET <*> now" "View Lock"'), [
      ['GET', 'Word'],
      ['<*>', 'Variable'],
      ['now', 'Word'],
      ['View Lock', 'Value'],
    ]);
    assert.deepEqual(slotsOf("it isn't 'so'").at(-1), ['so', 'Value']);
  });

  it('takes a repeated phrase once', () => {
    const once = slotsOf('nodes <*> <ok> <*> <ok>');
    assert.deepEqual(slotsOf('nodes <*> <ok> <*> <ok> <*> <ok> <*> <ok>'), once);
    assert.equal(slotsOf('retry retry retry').length, 3);
  });

  it('loses nothing of a message without repeats', () => {
    const word = fc.constantFrom(
      'open',
      'a.b.c',
      VARIABLE,
      'x',
      'key=',
      '=',
      '"',
      "'",
      '(',
      ')',
      '[',
      ' ',
      ',',
      '-',
      '.',
    );
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 12 }), (words) => {
        const text = words.join('');
        const { separators, slots, kinds } = messageParts(text);
        assert.equal(separators.map((separator, i) => separator + (slots[i] ?? '')).join(''), text);
        assert.equal(separators.length, slots.length + 1);
        assert.equal(kinds.length, slots.length);
      }),
      { seed: 1 },
    );
  });

  it('stops at 64 slots', () => {
    const { slots } = messageParts(Array.from({ length: 200 }, (_, i) => 'w' + 'x'.repeat(i % 7)).join(' '));
    assert.equal(slots.length, 64);
    assert.equal(slots[63], VARIABLE);
  });
});
