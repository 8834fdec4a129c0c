import type { Finding } from '../core/findings/finding';
import type { LogVerdict } from './scanLog';

/** How many blocks are listed apart. */
const LISTED = 10;

/**
 * The most suspicious blocks of a log in which nothing reaches the threshold, to be listed apart; none of any other.
 * @throws CancelledError if it says so
 */
export async function mostSuspicious(verdict: LogVerdict, isCancelled?: () => boolean): Promise<Finding[]> {
  const { anomalous, suppressed = 0 } = verdict.summary;
  return anomalous > 0
    ? []
    : verdict.findings(suppressed, Math.min(verdict.total(), suppressed + LISTED), { isCancelled });
}
