import type { Hooks } from '../cancellation';
import { inBatches, withFindings, type Verdict } from './verdict';

/**
 * A verdict whose findings say whether they are new, and how many anomalous ones are.
 * @param known fingerprints of the findings that are not
 * @param origin where these come from, for the notes
 * @throws CancelledError if the hooks say so
 */
export async function markedNew(
  verdict: Verdict,
  known: ReadonlySet<string>,
  origin: string,
  hooks?: Pick<Hooks, 'isCancelled'>,
): Promise<{ verdict: Verdict; newCount: number }> {
  const { summary, anomalous } = verdict;
  const findings: Verdict['findings'] = async (start, end, callHooks) =>
    (await verdict.findings(start, end, callHooks)).map((finding) => ({
      ...finding,
      isNew: finding.anomalous && !known.has(finding.fingerprint),
    }));
  const marked = withFindings(verdict, findings, summary);
  let newCount = 0;
  for await (const batch of inBatches(marked, anomalous, hooks)) {
    newCount += batch.filter(({ isNew }) => isNew).length;
  }
  const note = `new findings: ${newCount} of ${anomalous}, the others are known from ${origin}`;
  return { verdict: withFindings(marked, findings, { ...summary, notes: [...summary.notes, note] }), newCount };
}
