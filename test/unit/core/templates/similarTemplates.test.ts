import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Drain } from '../../../../src/core/templates/drain';
import { WILDCARD } from '../../../../src/core/templates/masking';
import { SimilarTemplates, type Cluster } from '../../../../src/core/templates/similarTemplates';
import { Random } from '../../../../src/core/numeric/random';

/** Drain3's fast_match: all clusters one after another. */
function bestOfAll(clusters: readonly Cluster[], tokens: readonly string[], threshold: number): Cluster | undefined {
  const counted = clusters.map((cluster) => ({
    cluster,
    equal: cluster.tokens.filter((token, i) => token !== WILDCARD && token === tokens[i]).length,
    wildcards: cluster.tokens.filter((token) => token === WILDCARD).length,
  }));
  counted.sort((a, b) => b.equal - a.equal || b.wildcards - a.wildcards || a.cluster.index - b.cluster.index);
  return counted.length > 0 && counted[0].equal >= threshold * tokens.length ? counted[0].cluster : undefined;
}

describe('SimilarTemplates', () => {
  it('finds what comparing all finds, also once tokens have turned into wildcards', () => {
    const token = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', WILDCARD);
    const message = fc.array(token, { minLength: 4, maxLength: 4 });
    const messages = fc.array(message, { minLength: 60, maxLength: 120 });
    fc.assert(
      fc.property(messages, fc.constantFrom(0, 0.3, 0.5, 0.6, 0.75, 1), (all, threshold) => {
        const similar = new SimilarTemplates();
        const clusters: Cluster[] = [];
        all.forEach((tokens, index) => {
          const expected = bestOfAll(clusters, tokens, threshold);
          assert.equal(similar.mostSimilar(tokens, threshold), expected);
          if (expected !== undefined && index % 3 === 0) {
            expected.tokens = expected.tokens.map((each, i) => (each === tokens[i] ? each : WILDCARD));
          } else {
            const cluster = { index, tokens: tokens.slice(), size: 1 };
            clusters.push(cluster);
            similar.add(cluster);
          }
        });
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('compares few tokens of free text, which is no template’s', () => {
    const random = new Random(1);
    const word = (): string =>
      `w${String.fromCharCode(97 + Math.floor(26 * random.next()))}${Math.floor(200 * random.next())}`;
    let compared = 0;
    const similar = new SimilarTemplates();
    for (let index = 0; index < 2000; index++) {
      const tokens = ['the', 'same', ...Array.from({ length: 8 }, word)];
      assert.equal(similar.mostSimilar(tokens, 0.6), undefined);
      const counted = new Proxy(tokens, {
        get: (target, key) => ((compared += key === 'forEach' ? 1 : 0), Reflect.get(target, key) as unknown),
      });
      similar.add({ index, tokens: counted, size: 1 });
    }
    assert.ok(compared < 20_000, `${compared} templates compared for 2,000 messages`);
  });
});

describe('Drain', () => {
  it('learns free text as it would one by one', () => {
    const random = new Random(2);
    const texts = Array.from({ length: 600 }, () =>
      Array.from({ length: 6 }, () => `w${String.fromCharCode(97 + Math.floor(9 * random.next()))}`).join(' '),
    );
    const plain: Cluster[] = [];
    const drain = new Drain({ depth: 3, maximumChildren: 1, similarity: 0.6 });
    for (const text of texts) {
      const tokens = text.split(' ');
      const known = bestOfAll(plain, tokens, 0.6);
      if (known === undefined) {
        plain.push({ index: plain.length, tokens, size: 1 });
      } else {
        known.size++;
        known.tokens = known.tokens.map((token, i) => (token === tokens[i] ? token : WILDCARD));
      }
      assert.equal(drain.learn(text).index, known?.index ?? plain.length - 1);
    }
    assert.deepEqual(
      drain.templates(),
      plain.map(({ tokens }) => tokens.join(' ')),
    );
  });
});
