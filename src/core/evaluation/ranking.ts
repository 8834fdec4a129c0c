import { type ScoredSamples, groupByScore } from '../numeric/scoredSamples';

/**
 * Area under the ROC curve as the Mann-Whitney statistic: the chance that a random anomalous sample scores higher than
 * a random normal one, a tie counting one half (Hanley & McNeil 1982; Fawcett 2006, section 7). Samples are drawn by
 * weight. NaN if either class is missing.
 * @throws RangeError as `groupByScore`
 */
export function rocAuc(samples: ScoredSamples): number {
  let positivesAbove = 0;
  let negatives = 0;
  let area = 0;
  for (const group of groupByScore(samples)) {
    area += group.negatives * (positivesAbove + group.positives / 2);
    positivesAbove += group.positives;
    negatives += group.negatives;
  }
  return area / (positivesAbove * negatives);
}

/**
 * Average precision: the sum of precision × gain in recall over the thresholds, highest first, without interpolation
 * (the definition of scikit-learn's `average_precision_score`). Equal scores are one threshold. NaN if there are no
 * anomalies.
 * @throws RangeError as `groupByScore`
 */
export function averagePrecision(samples: ScoredSamples): number {
  let truePositives = 0;
  let alarms = 0;
  let sum = 0;
  for (const group of groupByScore(samples)) {
    truePositives += group.positives;
    alarms += group.positives + group.negatives;
    sum += group.positives * (truePositives / alarms);
  }
  return sum / truePositives;
}
