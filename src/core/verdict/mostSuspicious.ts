import type { Hooks } from '../cancellation';
import type { Finding } from '../findings/finding';
import type { Verdict } from './verdict';

/** How many different blocks are listed apart, and among how many they are looked for. */
const LISTED = 10;
const LOOKED_AT = 1000;

/**
 * The most suspicious blocks of a log in which nothing reaches the threshold, to be listed apart; none of any other. Of
 * blocks that are suspicious for the same thing the first stands for all, with their number.
 * @throws CancelledError if the hooks say so
 */
export async function mostSuspicious(verdict: Verdict, hooks?: Pick<Hooks, 'isCancelled'>): Promise<Finding[]> {
  return verdict.anomalous > 0 ? [] : lessLikely(verdict, LISTED, hooks);
}

/**
 * The most suspicious blocks of a log below the threshold. Of blocks that are suspicious for the same thing the first stands
 * for all, with their number.
 * @param most how many are listed
 * @throws CancelledError if the hooks say so
 */
export async function lessLikely(
  verdict: Verdict,
  most: number,
  hooks?: Pick<Hooks, 'isCancelled'>,
): Promise<Finding[]> {
  const start = verdict.anomalous + (verdict.summary.suppressed ?? 0);
  const end = Math.min(verdict.total, start + LOOKED_AT);
  const different = new Map<string, Finding>();
  for (const finding of await verdict.findings(start, end, hooks)) {
    const key = finding.fingerprint === '' ? finding.block : finding.fingerprint;
    const known = different.get(key);
    if (known !== undefined) {
      known.count += finding.count;
    } else if (different.size < most) {
      different.set(key, { ...finding });
    }
  }
  return [...different.values()];
}
