import { type ScoredSamples, groupByScore } from './scoredSamples';

/** Verdicts against the truth, as summed weights. Positive means anomalous. */
export interface Confusion {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  trueNegatives: number;
}

/**
 * Counts verdicts at a threshold: a sample is called anomalous if its score is at least the threshold.
 * @throws RangeError as `groupByScore`
 */
export function confusionAt(samples: ScoredSamples, threshold: number): Confusion {
  const confusion: Confusion = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
  for (const { score, positives, negatives } of groupByScore(samples)) {
    if (score >= threshold) {
      confusion.truePositives += positives;
      confusion.falsePositives += negatives;
    } else {
      confusion.falseNegatives += positives;
      confusion.trueNegatives += negatives;
    }
  }
  return confusion;
}

/** Share of the alarms that are right, TP / (TP + FP). NaN if nothing was called anomalous. */
export function precision({ truePositives, falsePositives }: Confusion): number {
  return truePositives / (truePositives + falsePositives);
}

/** Share of the anomalies that are found, TP / (TP + FN). NaN if there are no anomalies. */
export function recall({ truePositives, falseNegatives }: Confusion): number {
  return truePositives / (truePositives + falseNegatives);
}

/**
 * Harmonic mean of precision and recall in the form 2·TP / (2·TP + FP + FN), which stays defined (0) where one of the
 * two is not. NaN only if there are no anomalies and nothing was called anomalous.
 */
export function f1({ truePositives, falsePositives, falseNegatives }: Confusion): number {
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives);
}

/** The threshold with the highest F1 and that F1. */
export interface BestThreshold {
  threshold: number;
  f1: number;
}

/**
 * Finds the threshold with the highest F1 on the samples. It lies halfway between two neighbouring scores, so that
 * rounding cannot move a sample across it; of equally good ones the highest is taken (fewer alarms). With no
 * positives, or where calling nothing anomalous is as good as anything, it is +Infinity.
 * @returns F1 NaN if there are no anomalies
 * @throws RangeError as `groupByScore`
 */
export function bestF1Threshold(samples: ScoredSamples): BestThreshold {
  const groups = groupByScore(samples);
  const positives = groups.reduce((sum, group) => sum + group.positives, 0);
  const best: BestThreshold = { threshold: Infinity, f1: positives > 0 ? 0 : NaN };
  let truePositives = 0;
  let alarms = 0;
  groups.forEach((group, i) => {
    truePositives += group.positives;
    alarms += group.positives + group.negatives;
    const value = (2 * truePositives) / (alarms + positives);
    if (value > best.f1) {
      const next = i + 1 < groups.length ? groups[i + 1].score : group.score;
      const middle = next + (group.score - next) / 2;
      // Neighbouring doubles have nothing between them; the lower one would take the next group in.
      best.threshold = middle > next ? middle : group.score;
      best.f1 = value;
    }
  });
  return best;
}
