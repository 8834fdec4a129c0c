import { jsonText } from '../../core/findings/escapeControls';
import type { Finding } from '../../core/findings/finding';
import { findingText } from '../../core/findings/wording';
import type { Report, ReportSource } from './reportSource';

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
      yield* jsonFinding(finding, separator);
      separator = ',\n';
    }
  }
  separator = '\n],"most_suspicious":[';
  for (const finding of mostSuspicious) {
    yield* jsonFinding(finding, separator);
    separator = ',';
  }
  yield mostSuspicious.length > 0 ? ']}\n' : `${separator}]}\n`;
}

/** Lines that are written at once: one finding may have millions. */
const LINES_AT_ONCE = 1 << 16;

function* jsonFinding(finding: Finding, separator: string): Generator<string, void> {
  const { block, score, anomalous, count, line, firstTime, lastTime, kind, template, fingerprint } = finding;
  const known = (number: number): number | null => (number === 0 ? null : number);
  const { lines } = finding;
  const before = {
    block,
    score,
    anomalous,
    count,
    first_line: known(lines[0]),
    last_line: known(lines[lines.length - 1]),
    first_time: firstTime,
    last_time: lastTime,
    line: known(line),
  };
  const after = { reason: findingText(finding), kind, template, fingerprint, new: finding.isNew };
  const firstKnown = lines.findIndex((number) => number > 0);
  const numbers = firstKnown < 0 ? new Uint32Array(0) : lines.subarray(firstKnown);
  let text = `${separator}${jsonText(before).slice(0, -1)},"lines":[`;
  for (let start = 0; start < numbers.length; start += LINES_AT_ONCE) {
    if (start > 0) {
      yield text;
      text = ',';
    }
    text += numbers.subarray(start, start + LINES_AT_ONCE).join();
  }
  yield `${text}],${jsonText(after).slice(1)}`;
}
