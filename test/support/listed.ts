import type { Finding, ScanSummary } from '../../src/core/findings/finding';
import type { Verdict } from '../../src/core/verdict/verdict';

/** What is listed of a log: the summary, and the findings that reach the threshold, at most so many. */
export async function listed(
  verdict: Verdict,
  maximum = Infinity,
): Promise<{ summary: ScanSummary; findings: Finding[] }> {
  return { summary: verdict.summary, findings: await verdict.findings(0, Math.min(maximum, verdict.anomalous)) };
}
