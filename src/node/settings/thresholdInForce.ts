import type { ScanSettings } from './scanSettings';

/**
 * The score from which a block is anomalous.
 * @param usual the model's, or that of judging without labels
 */
export function thresholdInForce(
  { threshold, lowerThreshold = 1 }: Pick<ScanSettings, 'threshold' | 'lowerThreshold'>,
  usual: number,
): number {
  return threshold ?? Math.min(usual, lowerThreshold);
}
