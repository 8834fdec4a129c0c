import assert from 'node:assert/strict';
import fc from 'fast-check';
import { normalForm, VALUE_RULES, VARIABLE } from '../../../../src/core/templates/normalForm';

const normal = (masked: string): string => normalForm(masked).replaceAll(VARIABLE, '<*>');

describe('normalForm', () => {
  for (const { what, examples } of VALUE_RULES) {
    it(`knows: ${what}`, () => {
      for (const [before, after] of examples) {
        assert.equal(normal(before), after);
      }
    });
  }

  it('makes white space single blanks and takes it from the ends', () => {
    assert.equal(normal('  check   pass;\tuser unknown '), 'check pass; user unknown');
  });

  it('leaves a sentence alone', () => {
    const sentence = 'PacketResponder: could not read/write the block (see above), retrying in a while...';
    assert.equal(normal(sentence), sentence);
  });

  it('is not stalled by long runs of what its rules begin with', () => {
    for (const piece of ['/', 'a/', '\\\\', 'a.', 'a@', ':a', '<*>:', '<*> ', '~', 'f', 'Mon ', '[', '=']) {
      normalForm(piece.repeat(100_000));
    }
  });

  // A value that a late rule finds may complete a list or a path for an early one, but nothing comes back.
  it('makes nothing longer when applied again', () => {
    const piece = fc.constantFrom(
      '<*>',
      ' ',
      ':',
      '/',
      'a',
      'Jun',
      'KB',
      '(',
      ')',
      '.',
      '-',
      '=',
      '"',
      'word',
      '//',
      '@',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = normalForm(pieces.join(''));
        assert.ok(normalForm(once).length <= once.length);
      }),
      { seed: 1 },
    );
  });
});
