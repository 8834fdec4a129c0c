import type { Hooks } from '../cancellation';
import type { Finding } from '../findings/finding';
import type { Suppression } from '../findings/suppression';
import { inBatches, withFindings, type Verdict } from './verdict';

/**
 * A verdict in which the findings that a user does not want reported count as not anomalous: they come after the
 * others, and the summary says how many they are.
 * @throws CancelledError if the hooks say so
 */
export async function suppressed(
  verdict: Verdict,
  suppression: Suppression,
  hooks?: Pick<Hooks, 'isCancelled'>,
): Promise<Verdict> {
  const { anomalous, summary } = verdict;
  const kept: number[] = [];
  const covered: number[] = [];
  let rank = 0;
  for await (const batch of inBatches(verdict, anomalous, hooks)) {
    for (const finding of batch) {
      (suppression.covers(finding) ? covered : kept).push(rank++);
    }
  }
  const order = Uint32Array.from([...kept, ...covered]);
  const findings: Verdict['findings'] = async (start, end, callHooks) => {
    const own = order.subarray(start, end);
    const found = new Map<number, Finding>();
    if (own.length > 0) {
      const first = own.reduce((least, each) => Math.min(least, each));
      const last = own.reduce((most, each) => Math.max(most, each));
      (await verdict.findings(first, last + 1, callHooks)).forEach((finding, i) => found.set(first + i, finding));
    }
    // One that is kept stays the same object, by which it is known again as a log goes on.
    const judged = Array.from(own, (each, i) => {
      const finding = found.get(each)!;
      return start + i < kept.length ? finding : { ...finding, anomalous: false };
    });
    const others = end > anomalous ? await verdict.findings(Math.max(start, anomalous), end, callHooks) : [];
    return [...judged, ...others];
  };
  return withFindings(verdict, findings, {
    ...summary,
    anomalous: kept.length,
    suppressed: covered.length,
    notes: [...summary.notes, suppression.note(covered.length, anomalous)],
  });
}
