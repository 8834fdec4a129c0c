/** Scores beside the truth, as parallel columns of equal length: what every measure of this folder is a function of. */
export interface ScoredSamples {
  /** How anomalous each sample looks; finite, a higher one is more anomalous. */
  scores: ArrayLike<number>;
  /** The truth: 1 = anomalous, 0 = normal. */
  labels: ArrayLike<number>;
  /** How many blocks each sample stands for, not negative; all 1 if left out. */
  weights?: ArrayLike<number>;
}

/** Samples of equal score, of which a measure can only speak as one. */
export interface ScoreGroup {
  score: number;
  /** Weight of the anomalous samples with this score. */
  positives: number;
  /** Weight of the normal samples with this score. */
  negatives: number;
}

/**
 * Collects samples of equal score, so that no measure depends on the order in which ties happen to stand. Samples of
 * weight 0 are left out.
 * @returns the groups, highest score first
 * @throws RangeError if the columns differ in length or hold a score that is not finite, a label other than 0 and 1,
 * or a negative or infinite weight
 */
export function groupByScore({ scores, labels, weights }: ScoredSamples): ScoreGroup[] {
  const count = scores.length;
  if (labels.length !== count || (weights !== undefined && weights.length !== count)) {
    throw new RangeError(
      `Scores, labels and weights must have the same length, not ${count}, ${labels.length} and ${weights?.length ?? count}.`,
    );
  }
  const groups = new Map<number, ScoreGroup>();
  for (let i = 0; i < count; i++) {
    const score = scores[i];
    const label = labels[i];
    const weight = weights === undefined ? 1 : weights[i];
    if (!Number.isFinite(score) || (label !== 0 && label !== 1) || !(weight >= 0 && weight < Infinity)) {
      throw new RangeError(`Sample ${i} has score ${score}, label ${label} and weight ${weight}.`);
    }
    if (weight === 0) {
      continue;
    }
    let group = groups.get(score);
    if (group === undefined) {
      group = { score, positives: 0, negatives: 0 };
      groups.set(score, group);
    }
    if (label === 1) {
      group.positives += weight;
    } else {
      group.negatives += weight;
    }
  }
  return [...groups.values()].sort((a, b) => b.score - a.score);
}
