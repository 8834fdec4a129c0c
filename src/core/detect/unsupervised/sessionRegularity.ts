import type { Fusion } from './fusion';

/**
 * The score of a usual session is at most this share of the cut where sessions are alike. It is .44 in HDFS and .30 in
 * nova, and .84 for the traces of Nezha, each of which passes through other services.
 */
const USUAL_SHARE = 2 / 3;

/**
 * Whether the sessions of a log are so much alike that order and counts tell the anomalous ones from the others. The
 * median tells it, which stays what it is while less than half of the sessions are anomalous.
 */
export function areSessionsAlike({ blocks, cut }: Pick<Fusion, 'blocks' | 'cut'>): boolean {
  const sorted = blocks.slice().sort();
  return sorted.length === 0 || sorted[Math.floor((sorted.length - 1) / 2)] <= USUAL_SHARE * cut;
}
