import type { Finding } from './finding';

/** How sure a finding is, in words. */
export const STRENGTHS = ['very-likely', 'likely', 'less-likely'] as const;

export type Strength = (typeof STRENGTHS)[number];

/** From these odds on, in nats above those of the threshold, a finding is very likely: 0.9 where the threshold is 0.5. */
const VERY_LIKELY = Math.log(9);
/** Scores are told apart as far as this from 0 and 1. */
const CLOSEST = 1e-9;

/**
 * How sure a finding is, by its distance from the cut. What lies below the cut is less likely, whatever its score.
 * @param threshold score from which a block is anomalous, 0…1
 */
export function strengthOf({ score, anomalous }: Pick<Finding, 'score' | 'anomalous'>, threshold: number): Strength {
  if (!anomalous) {
    return 'less-likely';
  }
  return logOdds(score) - logOdds(threshold) >= VERY_LIKELY ? 'very-likely' : 'likely';
}

function logOdds(probability: number): number {
  const p = Math.min(1 - CLOSEST, Math.max(CLOSEST, probability));
  return Math.log(p / (1 - p));
}
