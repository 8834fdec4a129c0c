import { jsonText } from '../../core/escapeControls';
import type { Finding } from '../../core/findings/finding';
import type { Report, ReportSource } from './report';

/** One object with the totals and all findings, each with all its line numbers. */
export async function* jsonReport({ input, summary, findings, mostSuspicious = [] }: ReportSource): Report {
  const { model, threshold, lines, blocks, anomalous, suppressed, unknownRecords, clippedLines, notes } = summary;
  const totals = {
    input,
    model,
    threshold,
    lines,
    blocks,
    anomalous,
    suppressed,
    unknown_records: unknownRecords,
    clipped_lines: clippedLines,
    format: summary.format,
    notes,
  };
  yield `${jsonText(totals).slice(0, -1)},"findings":[`;
  let separator = '\n';
  for await (const batch of findings) {
    for (const finding of batch) {
      yield separator + jsonText(jsonFinding(finding));
      separator = ',\n';
    }
  }
  yield `\n],"most_suspicious":${jsonText(mostSuspicious.map(jsonFinding))}}\n`;
}

function jsonFinding(finding: Finding): object {
  const { block, score, anomalous, count, lines, line, firstTime, lastTime, reason, template, fingerprint } = finding;
  const known = (number: number): number | null => (number === 0 ? null : number);
  return {
    block,
    score,
    anomalous,
    count,
    first_line: known(lines[0]),
    last_line: known(lines[lines.length - 1]),
    first_time: firstTime,
    last_time: lastTime,
    line: known(line),
    lines: Array.from(lines).filter((number) => number > 0),
    reason,
    template,
    fingerprint,
    new: finding.isNew,
  };
}
