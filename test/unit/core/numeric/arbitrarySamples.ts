import fc from 'fast-check';
import type { ScoredSamples } from '../../../../src/core/numeric/scoredSamples';

/** Samples with many ties, whole weights from 0 to 3, and at least one of each class of weight above 0. */
export const arbitrarySamples: fc.Arbitrary<Required<ScoredSamples>> = fc
  .array(fc.record({ score: fc.integer({ min: 0, max: 8 }), label: fc.nat({ max: 1 }), weight: fc.nat({ max: 3 }) }), {
    maxLength: 40,
  })
  .map((rows) => [...rows, { score: 2, label: 0, weight: 1 }, { score: 5, label: 1, weight: 1 }])
  .map((rows) => ({
    scores: rows.map((row) => row.score / 8),
    labels: rows.map((row) => row.label),
    weights: rows.map((row) => row.weight),
  }));

/** The same samples with each one repeated as often as its weight says. */
export function unrolled({ scores, labels, weights }: Required<ScoredSamples>): ScoredSamples {
  const repeat = (column: ArrayLike<number>): number[] =>
    Array.from(column).flatMap((value, i) => new Array<number>(weights[i]).fill(value));
  return { scores: repeat(scores), labels: repeat(labels) };
}
