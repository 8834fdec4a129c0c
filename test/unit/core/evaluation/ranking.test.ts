import assert from 'node:assert/strict';
import fc from 'fast-check';
import { averagePrecision, rocAuc } from '../../../../src/core/evaluation/ranking';
import type { ScoredSamples } from '../../../../src/core/numeric/scoredSamples';
import { arbitrarySamples, unrolled } from '../numeric/arbitrarySamples';

/** AUC by its meaning: every anomalous sample against every normal one. */
function aucByPairs({ scores, labels, weights }: Required<ScoredSamples>): number {
  let won = 0;
  let pairs = 0;
  for (let i = 0; i < scores.length; i++) {
    for (let j = 0; j < scores.length; j++) {
      if (labels[i] === 1 && labels[j] === 0) {
        const weight = weights[i] * weights[j];
        won += weight * (scores[i] > scores[j] ? 1 : scores[i] === scores[j] ? 0.5 : 0);
        pairs += weight;
      }
    }
  }
  return won / pairs;
}

function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);
}

describe('rocAuc', () => {
  // Worked by hand: pairs won plus half the ties, of all pairs.
  const table: [string, ScoredSamples, number][] = [
    ['perfect order', { scores: [3, 2, 1, 0], labels: [1, 1, 0, 0] }, 1],
    ['reversed order', { scores: [0, 1, 2, 3], labels: [1, 1, 0, 0] }, 0],
    ['all scores equal', { scores: [1, 1, 1], labels: [1, 0, 0] }, 0.5],
    ['one tie of four pairs', { scores: [3, 2, 2, 1], labels: [1, 1, 0, 0] }, 3.5 / 4],
    ['weights', { scores: [3, 2, 1], labels: [1, 0, 1], weights: [3, 5, 1] }, 3 / 4],
    ['no anomalies', { scores: [1, 2], labels: [0, 0] }, NaN],
    ['anomalies alone', { scores: [1, 2], labels: [1, 1] }, NaN],
    ['no samples', { scores: [], labels: [] }, NaN],
  ];
  for (const [name, samples, expected] of table) {
    it(`is ${expected} for ${name}`, () => assert.equal(rocAuc(samples), expected));
  }

  it('is the share of pairs in the right order', () => {
    fc.assert(fc.property(arbitrarySamples, (samples) => close(rocAuc(samples), aucByPairs(samples))));
  });

  it('does not change under a strictly increasing map of the scores, and turns to 1 − AUC under their negation', () => {
    fc.assert(
      fc.property(arbitrarySamples, (samples) => {
        const map = (f: (score: number) => number): ScoredSamples => ({
          ...samples,
          scores: Array.from(samples.scores, f),
        });
        close(rocAuc(map(Math.exp)), rocAuc(samples));
        close(rocAuc(map((score) => -score)), 1 - rocAuc(samples));
      }),
    );
  });
});

describe('averagePrecision', () => {
  const table: [string, ScoredSamples, number][] = [
    ['perfect order', { scores: [3, 2, 1, 0], labels: [1, 1, 0, 0] }, 1],
    // Recall rises at ranks 1 and 3 with precision 1 and 2/3.
    ['one normal between', { scores: [4, 3, 2, 1], labels: [1, 0, 1, 0] }, (1 + 2 / 3) / 2],
    ['all scores equal: the base rate', { scores: [1, 1, 1, 1], labels: [1, 0, 0, 0] }, 0.25],
    ['weights', { scores: [3, 2, 1], labels: [1, 0, 1], weights: [1, 2, 3] }, (1 + 3 * (4 / 6)) / 4],
    ['anomalies alone', { scores: [1, 2], labels: [1, 1] }, 1],
    ['no anomalies', { scores: [1, 2], labels: [0, 0] }, NaN],
  ];
  for (const [name, samples, expected] of table) {
    it(`is ${expected.toFixed(3)} for ${name}`, () => assert.equal(averagePrecision(samples), expected));
  }

  it('treats a weight as repetition and does not depend on the order of samples', () => {
    fc.assert(
      fc.property(arbitrarySamples, (samples) => {
        const { scores, labels } = unrolled(samples);
        const reversed = { scores: Array.from(scores).reverse(), labels: Array.from(labels).reverse() };
        close(averagePrecision(reversed), averagePrecision(samples));
      }),
    );
  });
});
