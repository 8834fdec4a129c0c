import { type ScoreGroup, type ScoredSamples, groupByScore } from '../numeric/scoredSamples';

/** The samples whose scores fall into one bin: what was promised beside what came. */
export interface ReliabilityBin {
  /** Lowest and highest score in the bin. */
  lowest: number;
  highest: number;
  /** Weight of the samples in the bin. */
  weight: number;
  /** Weighted mean of their scores: the promised share of anomalies. */
  meanScore: number;
  /** The share of anomalies that came. */
  anomalousShare: number;
}

/**
 * Brier score: the weighted mean of (score − label)², 0 for a perfect forecast and 0.25 for one that always says 0.5
 * (Brier 1950). NaN without samples.
 * @throws RangeError as `groupByScore`
 */
export function brierScore(samples: ScoredSamples): number {
  let sum = 0;
  let weight = 0;
  for (const { score, positives, negatives } of groupByScore(samples)) {
    sum += positives * (1 - score) ** 2 + negatives * score ** 2;
    weight += positives + negatives;
  }
  return sum / weight;
}

/**
 * Sorts samples into bins of equal width over 0…1 (Guo et al. 2017, "On Calibration of Modern Neural Networks",
 * section 2): bin i holds the scores from i/count up to (i+1)/count, the last one also 1. Shows the rare scores in the
 * middle, which bins of equal mass hide among the sure ones. Empty bins are left out.
 * @param count number of bins, at least 1
 * @throws RangeError as `groupByScore`, or if a score lies outside 0…1
 */
export function equalWidthBins(samples: ScoredSamples, count: number): ReliabilityBin[] {
  return collect(groupByScore(samples), count, ({ score }) => {
    if (score < 0 || score > 1) {
      throw new RangeError(`Score ${score} is no probability: it must lie between 0 and 1.`);
    }
    return Math.floor(score * count);
  });
}

/**
 * Sorts samples into bins of about equal weight (Nixon et al. 2019, "Measuring Calibration in Deep Learning",
 * section 3): a group of equal scores goes whole into the bin of its middle, so that order plays no part. Fewer bins come
 * out where many scores are equal.
 * @param count number of bins wanted, at least 1
 * @throws RangeError as `groupByScore`
 */
export function equalMassBins(samples: ScoredSamples, count: number): ReliabilityBin[] {
  const groups = groupByScore(samples).reverse();
  const total = groups.reduce((sum, group) => sum + group.positives + group.negatives, 0);
  let before = 0;
  return collect(groups, count, ({ positives, negatives }) => {
    const middle = before + (positives + negatives) / 2;
    before += positives + negatives;
    return Math.floor((middle / total) * count);
  });
}

/**
 * Expected calibration error: the mean distance between promised and observed share of anomalies, bins weighted by
 * their mass (Naeini et al. 2015, section 4). 0 is perfect; NaN without bins.
 */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  let sum = 0;
  let weight = 0;
  for (const bin of bins) {
    sum += bin.weight * Math.abs(bin.anomalousShare - bin.meanScore);
    weight += bin.weight;
  }
  return sum / weight;
}

/** Merges groups by the bin that `binOf` names, called once a group in their order. Bins come lowest score first. */
function collect(groups: ScoreGroup[], count: number, binOf: (group: ScoreGroup) => number): ReliabilityBin[] {
  interface Sums {
    lowest: number;
    highest: number;
    positives: number;
    negatives: number;
    scores: number;
  }
  const bins = new Map<number, Sums>();
  for (const group of groups) {
    const index = Math.min(binOf(group), count - 1);
    const { score, positives, negatives } = group;
    const bin = bins.get(index) ?? { lowest: score, highest: score, positives: 0, negatives: 0, scores: 0 };
    bin.lowest = Math.min(bin.lowest, score);
    bin.highest = Math.max(bin.highest, score);
    bin.positives += positives;
    bin.negatives += negatives;
    bin.scores += (positives + negatives) * score;
    bins.set(index, bin);
  }
  return [...bins.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, { lowest, highest, positives, negatives, scores }]) => {
      const weight = positives + negatives;
      return { lowest, highest, weight, meanScore: scores / weight, anomalousShare: positives / weight };
    });
}
