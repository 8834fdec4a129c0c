import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  brierScore,
  equalMassBins,
  equalWidthBins,
  expectedCalibrationError,
} from '../../../../src/core/evaluation/reliability';
import { arbitrarySamples } from '../numeric/arbitrarySamples';

describe('brierScore', () => {
  it('is the weighted mean of the squared error', () => {
    const samples = { scores: [1, 0.5, 0], labels: [1, 0, 1], weights: [2, 4, 2] };
    assert.equal(brierScore(samples), (2 * 0 + 4 * 0.25 + 2 * 1) / 8);
  });

  it('is NaN without samples', () => assert.equal(brierScore({ scores: [], labels: [] }), NaN));
});

describe('equalWidthBins', () => {
  it('sorts scores into ranges, the last with its upper end, and leaves out empty ones', () => {
    const bins = equalWidthBins({ scores: [0, 0.25, 0.5, 1], labels: [0, 1, 0, 1], weights: [1, 1, 2, 2] }, 4);
    assert.deepEqual(bins, [
      { lowest: 0, highest: 0, weight: 1, meanScore: 0, anomalousShare: 0 },
      { lowest: 0.25, highest: 0.25, weight: 1, meanScore: 0.25, anomalousShare: 1 },
      { lowest: 0.5, highest: 0.5, weight: 2, meanScore: 0.5, anomalousShare: 0 },
      { lowest: 1, highest: 1, weight: 2, meanScore: 1, anomalousShare: 1 },
    ]);
    // |0.25 − 1| · 1 and |0.5 − 0| · 2 of a mass of 6.
    assert.equal(expectedCalibrationError(bins), (0.75 + 1) / 6);
  });

  it('refuses a score that is no probability', () => {
    assert.throws(() => equalWidthBins({ scores: [1.5], labels: [1] }, 10), RangeError);
  });
});

describe('equalMassBins', () => {
  it('cuts at equal shares of the weight', () => {
    const bins = equalMassBins({ scores: [0.4, 0.1, 0.2, 0.3], labels: [1, 0, 0, 1] }, 2);
    assert.deepEqual(
      bins.map(({ lowest, highest, weight, anomalousShare }) => [lowest, highest, weight, anomalousShare]),
      [
        [0.1, 0.2, 2, 0],
        [0.3, 0.4, 2, 1],
      ],
    );
  });

  it('keeps equal scores together', () => {
    assert.equal(equalMassBins({ scores: [0.1, 0.1, 0.1, 0.1], labels: [0, 1, 0, 1] }, 4).length, 1);
  });
});

describe('expectedCalibrationError', () => {
  it('is 0 where every score is the share of anomalies that came', () => {
    const bins = equalWidthBins({ scores: [0.25, 0.25, 1], labels: [1, 0, 1], weights: [1, 3, 5] }, 10);
    assert.equal(expectedCalibrationError(bins), 0);
  });

  it('is NaN without samples', () => {
    assert.equal(expectedCalibrationError(equalWidthBins({ scores: [], labels: [] }, 10)), NaN);
  });

  for (const [name, binned] of Object.entries({ equalWidthBins, equalMassBins })) {
    it(`lies in 0…1, and ${name} keep all weight and anomalies and follow one another`, () => {
      fc.assert(
        fc.property(arbitrarySamples, fc.integer({ min: 1, max: 12 }), (samples, count) => {
          const bins = binned(samples, count);
          const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
          assert.ok(bins.length <= count);
          assert.equal(sum(bins.map((bin) => bin.weight)), sum(samples.weights));
          const anomalous = sum(bins.map((bin) => bin.weight * bin.anomalousShare));
          const expected = sum(Array.from(samples.weights, (weight, i) => weight * samples.labels[i]));
          assert.ok(Math.abs(anomalous - expected) < 1e-9);
          bins.forEach((bin, i) => assert.ok(i === 0 || bins[i - 1].highest < bin.lowest));
          const error = expectedCalibrationError(bins);
          assert.ok(error >= 0 && error <= 1);
        }),
      );
    });
  }
});
