import type { Finding } from '../../core/findings/finding';
import { Suppression } from '../../core/findings/suppression';
import type { LogVerdict } from './logVerdict';
import type { ScanSettings } from '../settings/scanSettings';

/** Findings that are made at once. */
const BATCH = 1000;

/**
 * A verdict in which the findings that a user does not want to be told count as not anomalous: they come after the
 * others, and the summary says how many they are.
 * @param settings templates and fingerprints, see Suppression, and where they come from
 * @throws UserError if one of them cannot be used
 * @throws CancelledError if it says so
 */
export async function suppressFindings(
  verdict: LogVerdict,
  { suppress = [], suppressedBy }: Pick<ScanSettings, 'suppress' | 'suppressedBy'>,
  isCancelled?: () => boolean,
): Promise<LogVerdict> {
  const suppression = new Suppression(suppress, suppressedBy);
  const { anomalous } = verdict.summary;
  const kept: number[] = [];
  const suppressed: number[] = [];
  for (let start = 0; start < anomalous; start += BATCH) {
    const findings = await verdict.findings(start, Math.min(anomalous, start + BATCH), { isCancelled });
    findings.forEach((finding, i) => (suppression.covers(finding) ? suppressed : kept).push(start + i));
  }
  const order = Uint32Array.from([...kept, ...suppressed]);
  return {
    ...verdict,
    async findings(start, end, hooks) {
      const own = order.subarray(start, end);
      const found = new Map<number, Finding>();
      if (own.length > 0) {
        const first = own.reduce((least, rank) => Math.min(least, rank));
        const last = own.reduce((most, rank) => Math.max(most, rank));
        (await verdict.findings(first, last + 1, hooks)).forEach((finding, i) => found.set(first + i, finding));
      }
      const judged = Array.from(own, (rank, i) => ({ ...found.get(rank)!, anomalous: start + i < kept.length }));
      return [...judged, ...(end > anomalous ? await verdict.findings(Math.max(start, anomalous), end, hooks) : [])];
    },
    summary: {
      ...verdict.summary,
      anomalous: kept.length,
      suppressed: suppressed.length,
      notes: [...verdict.summary.notes, suppression.note(suppressed.length, anomalous)],
    },
  };
}
