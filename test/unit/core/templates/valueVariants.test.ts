import assert from 'node:assert/strict';
import fc from 'fast-check';
import { VARIABLE } from '../../../../src/core/templates/normalForm';
import { valueVariants } from '../../../../src/core/templates/valueVariants';

/** Each text that is a variant, and of which. */
function variantsOf(texts: readonly string[]): [string, string][] {
  const byNumber = new Map(texts.map((text, i) => [i, text.replaceAll('<*>', VARIABLE)]));
  return [...valueVariants(byNumber, { sharedWords: 2, strays: 3 })].map(([id, of]) => [texts[id], texts[of]]);
}

describe('valueVariants', () => {
  it('finds what has a word where another template has a value', () => {
    assert.deepEqual(variantsOf(['cannot open ./worker: permission denied', 'cannot open <*>: permission denied']), [
      ['cannot open ./worker: permission denied', 'cannot open <*>: permission denied'],
    ]);
  });

  it('takes what is joined to a variable part for a part of the value', () => {
    assert.deepEqual(variantsOf(['clock set by <*>, stratum <*>', 'clock set by LOCAL(<*>), stratum <*>']), [
      ['clock set by LOCAL(<*>), stratum <*>', 'clock set by <*>, stratum <*>'],
    ]);
  });

  it('takes punctuation around a variable part for a part of the value', () => {
    assert.equal(variantsOf(['clock set by <*>, stratum <*>', 'clock set by #<*>#, stratum <*>']).length, 1);
  });

  it('tells apart what differs in the punctuation of words', () => {
    assert.deepEqual(variantsOf(['speaker is on: true', 'speaker is on:true', 'speaker is on true']), []);
  });

  it('tells apart what differs in a word that no other template has as a value', () => {
    assert.deepEqual(variantsOf(['worker <*> has started', 'worker <*> has failed', 'worker <*> was lost']), []);
  });

  it('tells apart what differs in two words or in the number of words', () => {
    assert.deepEqual(variantsOf(['copy of <*> to <*> done', 'copy of a to b done', 'copy of <*> to <*> is done']), []);
  });

  it('asks for two words that both have', () => {
    assert.deepEqual(variantsOf(['started <*>', 'started worker', '<*> done', 'all done']), []);
    assert.equal(variantsOf(['started job <*>', 'started job worker']).length, 1);
  });

  it('leaves those that are many, as they are no strays', () => {
    const texts = ['/a', '/b.php', '/c?d=e', '/f'].map((path) => `request of ${path} was refused`);
    const general = 'request of <*> was refused';
    assert.equal(variantsOf([...texts.slice(1), general]).length, 3);
    assert.deepEqual(variantsOf([...texts, general]), []);
    const quoted = general.replace('<*>', "'<*>'");
    assert.deepEqual(variantsOf([...texts.slice(1), general, quoted]), []);
  });

  it('follows variants of variants to the most general one', () => {
    const texts = ['move job big to host near', 'move job <*> to host near', 'move job <*> to host <*>'];
    assert.deepEqual(new Set(variantsOf(texts).map(([, of]) => of)), new Set([texts[2]]));
  });

  it('finds the same in any order, and never a variant of a variant', () => {
    const token = fc.constantFrom('open', 'file', '<*>', '#<*>#', 'a.b', 'x(<*>)', 'now,');
    const text = fc.array(token, { minLength: 3, maxLength: 6 }).map((tokens) => tokens.join(' '));
    const texts = fc.uniqueArray(text, { minLength: 2, maxLength: 40 });
    const shuffled = texts.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const variants = new Map(variantsOf(list));
        assert.deepEqual(variants, new Map(variantsOf(other)));
        assert.ok([...variants.values()].every((of) => !variants.has(of)));
      }),
      { seed: 12, numRuns: 500 },
    );
  });
});
