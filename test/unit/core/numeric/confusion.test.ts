import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bestF1Threshold, confusionAt, f1, precision, recall } from '../../../../src/core/numeric/confusion';
import { arbitrarySamples, unrolled } from './arbitrarySamples';

describe('confusionAt', () => {
  const samples = { scores: [0.9, 0.8, 0.5, 0.4, 0.1], labels: [1, 0, 1, 1, 0], weights: [2, 1, 3, 4, 10] };

  it('calls a score at the threshold anomalous and sums weights', () => {
    assert.deepEqual(confusionAt(samples, 0.5), {
      truePositives: 5,
      falsePositives: 1,
      falseNegatives: 4,
      trueNegatives: 10,
    });
  });

  it('counts every unit of weight once, and as if each were a sample of its own', () => {
    fc.assert(
      fc.property(arbitrarySamples, fc.double({ min: -0.1, max: 1.1, noNaN: true }), (weighted, threshold) => {
        const confusion = confusionAt(weighted, threshold);
        assert.deepEqual(confusion, confusionAt(unrolled(weighted), threshold));
        const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
        assert.equal(sum(Object.values(confusion)), sum(weighted.weights));
      }),
    );
  });
});

describe('precision, recall and F1', () => {
  // Worked by hand; NaN where the ratio is 0/0.
  const table: [string, [number, number, number, number], [number, number, number]][] = [
    ['mixed', [6, 2, 4, 8], [0.75, 0.6, 2 / 3]],
    ['perfect', [5, 0, 0, 5], [1, 1, 1]],
    ['all wrong', [0, 3, 4, 0], [0, 0, 0]],
    ['nothing called anomalous', [0, 0, 4, 6], [NaN, 0, 0]],
    ['no anomalies, some alarms', [0, 3, 0, 7], [0, NaN, 0]],
    ['no anomalies, no alarms', [0, 0, 0, 7], [NaN, NaN, NaN]],
  ];
  for (const [name, [truePositives, falsePositives, falseNegatives, trueNegatives], expected] of table) {
    it(`gives ${expected.map((value) => value.toFixed(2)).join(', ')} for ${name}`, () => {
      const confusion = { truePositives, falsePositives, falseNegatives, trueNegatives };
      assert.deepEqual([precision(confusion), recall(confusion), f1(confusion)], expected);
    });
  }

  it('makes F1 the harmonic mean of the two', () => {
    const count = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(count, count, count, (truePositives, falsePositives, falseNegatives) => {
        const confusion = { truePositives, falsePositives, falseNegatives, trueNegatives: 1 };
        const mean = 2 / (1 / precision(confusion) + 1 / recall(confusion));
        assert.ok(Math.abs(f1(confusion) - mean) < 1e-12);
      }),
    );
  });
});

describe('bestF1Threshold', () => {
  it('lies halfway between the scores it separates', () => {
    const best = bestF1Threshold({ scores: [0.9, 0.7, 0.3, 0.1], labels: [1, 1, 0, 0] });
    assert.deepEqual(best, { threshold: 0.5, f1: 1 });
  });

  it('is the lowest score where everything is best called anomalous', () => {
    assert.deepEqual(bestF1Threshold({ scores: [0.4, 0.2], labels: [1, 1] }), { threshold: 0.2, f1: 1 });
  });

  it('calls nothing anomalous where there are no anomalies', () => {
    assert.deepEqual(bestF1Threshold({ scores: [0.4], labels: [0] }), { threshold: Infinity, f1: NaN });
  });

  it('keeps neighbouring doubles apart', () => {
    const scores = [0.5 + 2 ** -53, 0.5];
    const best = bestF1Threshold({ scores, labels: [1, 0] });
    assert.equal(f1(confusionAt({ scores, labels: [1, 0] }, best.threshold)), 1);
  });

  it('has the F1 it promises, and no threshold has a higher one', () => {
    fc.assert(
      fc.property(arbitrarySamples, (samples) => {
        const best = bestF1Threshold(samples);
        assert.equal(f1(confusionAt(samples, best.threshold)), best.f1);
        for (const threshold of Array.from(samples.scores)) {
          assert.ok(f1(confusionAt(samples, threshold)) <= best.f1);
        }
      }),
    );
  });
});
