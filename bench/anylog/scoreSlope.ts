import { brierScore, equalWidthBins, expectedCalibrationError } from '../../src/core/evaluation/reliability';

/** Blocks of a labelled set as far as their scores are to become probabilities. */
export interface CutScores {
  set: string;
  /** Per block its score above the cut. */
  above: Float64Array;
  /** Per block: 1 = anomalous. */
  labels: Uint8Array;
}

const BINS = 10;

/**
 * The slope k for which 1/(1 + e^(−k x)) of scores above the cut has the least mean log loss, each set of equal weight
 * (Platt 1999, with ½ fixed at the cut); to two digits.
 */
export function fitSlope(sets: readonly CutScores[]): number {
  const losses = Array.from({ length: 1000 }, (_, i) => {
    const slope = (i + 1) / 100;
    return { slope, loss: sets.reduce((sum, set) => sum + logLoss(set, slope), 0) };
  });
  return losses.reduce((best, each) => (each.loss < best.loss ? each : best)).slope;
}

/** How far the probabilities by a slope are from the shares of anomalies. */
export function reliabilityOf(
  { above, labels }: CutScores,
  slope: number,
): { brier: number; calibrationError: number } {
  const samples = { scores: above.map((x) => 1 / (1 + Math.exp(-slope * x))), labels };
  return {
    brier: brierScore(samples),
    calibrationError: expectedCalibrationError(equalWidthBins(samples, BINS)),
  };
}

function logLoss({ above, labels }: CutScores, slope: number): number {
  const sum = above.reduce((total, x, i) => total + Math.log1p(Math.exp(labels[i] === 1 ? -slope * x : slope * x)), 0);
  return sum / above.length;
}
