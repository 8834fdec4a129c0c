import type { Finding, ScanSummary } from '../../src/core/findings/finding';
import type { Verdict } from '../../src/core/verdict/verdict';
import { demand, shown } from '../fault';
import { findingText } from '../../src/core/findings/wording';

/** A verdict with all its findings. */
export interface WholeVerdict {
  summary: ScanSummary;
  /** Those that are anomalous, then the others. */
  findings: readonly Finding[];
}

/** Makes all findings of a verdict, those that are not anomalous too. */
export async function wholeVerdict(verdict: Verdict): Promise<WholeVerdict> {
  return {
    summary: verdict.summary,
    findings: await verdict.findings(0, verdict.total),
  };
}

/** @throws Fault if findings contradict each other, the summary, or what a finding is by its definition */
export function checkFindings({ summary, findings }: WholeVerdict): void {
  checkSummary(summary);
  findings.forEach((finding) => checkFinding(finding, summary));
  const anomalous = findings.filter((finding) => finding.anomalous).length;
  demand(
    'anomalous findings are not as many as the summary says',
    anomalous === summary.anomalous,
    () => `${anomalous} of ${summary.anomalous}`,
  );
  checkOrder(findings, summary);
  checkLinesOnce(findings, summary);
}

function checkSummary(summary: ScanSummary): void {
  const { lines, blocks, anomalous, unknownRecords, clippedLines, suppressed = 0 } = summary;
  demand(
    'totals that are no counts',
    [lines, blocks, anomalous, unknownRecords, clippedLines, suppressed].every(
      (count) => Number.isSafeInteger(count) && count >= 0,
    ),
    () => JSON.stringify(summary).slice(0, 300),
  );
  demand(
    'more anomalous blocks than blocks',
    anomalous + suppressed <= blocks,
    () => `${anomalous} + ${suppressed} of ${blocks}`,
  );
  demand('more clipped lines than lines', clippedLines <= lines, () => `${clippedLines} of ${lines}`);
}

function checkFinding(finding: Finding, { lines: logLines, threshold, suppressed = 0 }: ScanSummary): void {
  const { score, anomalous, count, lines, line, fingerprint, block } = finding;
  const what = (): string => JSON.stringify({ ...finding, lines: Array.from(lines.subarray(0, 20)) }).slice(0, 500);
  demand('a score that is no number from 0 to 1', score >= 0 && score <= 1, what);
  demand(
    'anomalous below the threshold, or not anomalous from it on',
    // What nothing speaks against is not anomalous, even where the threshold is 0.
    anomalous === (score >= threshold && (score > 0 || anomalous)) || (suppressed > 0 && !anomalous),
    what,
  );
  demand('a count that is none', Number.isSafeInteger(count) && count >= 1, what);
  demand('a finding without lines', lines.length > 0, what);
  demand(
    'lines that do not ascend',
    lines.every((number, i) => i === 0 || number > lines[i - 1]),
    what,
  );
  demand('lines outside the log', lines[0] >= 1 && lines[lines.length - 1] <= logLines, what);
  demand('a most suspicious line outside the block', lines.includes(line), what);
  demand('a finding without reason', findingText(finding).trim() !== '', what);
  demand('a fingerprint that is none', /^(?:[0-9a-f]{16})?$/.test(fingerprint), what);
  demand('a block without name', block !== '', what);
}

function checkOrder(findings: readonly Finding[], { suppressed = 0 }: ScanSummary): void {
  // Suppressed findings come behind the others, whatever their scores.
  const end = suppressed > 0 ? findings.filter(({ anomalous }) => anomalous).length : findings.length;
  for (let i = 1; i < end; i++) {
    demand(
      'findings that are not in the order of their scores',
      findings[i].score <= findings[i - 1].score,
      () =>
        `${findings[i - 1].score} (${shown(findings[i - 1].block)}) before ${findings[i].score} (${shown(findings[i].block)})`,
    );
  }
}

/**
 * The windows of what findings leave of a log share no line with them or each other. Findings may: a record may name several
 * sessions, and its stack trace is an entry of its own on lines of the record.
 */
function checkLinesOnce(findings: readonly Finding[], { suppressed = 0 }: ScanSummary): void {
  if (suppressed > 0) {
    // Suppressed findings cannot be told from windows.
    return;
  }
  const seen = new Set<number>();
  for (const { lines, block, anomalous } of findings.filter((finding) => /^L\d+-L\d+$/.test(finding.block))) {
    for (const line of lines) {
      demand('a line in two entries', anomalous || !seen.has(line), () => `line ${line} (${shown(block)})`);
      seen.add(line);
    }
  }
}
