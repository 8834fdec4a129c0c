import { escapeControls, escapeHash } from '../../core/findings/escapeControls';
import type { Finding } from '../../core/findings/finding';
import { findingText } from '../../core/findings/wording';
import type { Report, ReportSource } from './reportSource';

/** The columns of anomalies.txt and of its CSV form. */
export const COLUMNS = ['block', 'score', 'lines', 'first_line', 'last_line', 'line', 'reason'] as const;

/** The line that names the columns. */
export const TEXT_HEADER = `${COLUMNS.join('\t')}\n`;

/** The values of a finding in the order of {@link COLUMNS}. */
export function columnsOf(finding: Finding): (string | number)[] {
  const { block, score, lines, line } = finding;
  const known = (number: number): number | string => (number === 0 ? '' : number);
  return [
    block,
    score,
    lines.length,
    known(lines[0]),
    known(lines[lines.length - 1]),
    known(line),
    findingText(finding),
  ];
}

/**
 * The form of anomalies.txt: `#` comment lines with the totals, then a header and one line a finding, tab-separated. Cells
 * are shown by {@link escapeControls}; a block that begins with `#` is written with `\u0023`, for it is no comment.
 */
export async function* textReport({ input, summary, findings, mostSuspicious = [] }: ReportSource): Report {
  const { model, threshold, lines, blocks, anomalous, unknownRecords, clippedLines, notes } = summary;
  const comments = [
    `input: ${input}`,
    `model: ${model} (threshold ${threshold})`,
    `lines: ${lines}`,
    `blocks: ${blocks}`,
    `anomalous blocks: ${anomalous}`,
    ...notes,
    ...(unknownRecords > 0 ? [`records that match no template of the model: ${unknownRecords}`] : []),
    ...(clippedLines > 0 ? [`lines longer than 64 KiB, of which the beginning was parsed: ${clippedLines}`] : []),
  ];
  yield comments.map((comment) => `# ${escapeControls(comment)}\n`).join('');
  yield TEXT_HEADER;
  for await (const batch of findings) {
    yield batch.map(textRow).join('');
  }
  if (mostSuspicious.length > 0) {
    yield '# nothing above the threshold; the most suspicious blocks below it:\n';
    yield mostSuspicious.map((finding) => `# ${textRow(finding)}`).join('');
  }
}

/** The line of a finding. */
export function textRow(finding: Finding): string {
  const cells = columnsOf(finding).map((value) => escapeControls(String(value)));
  return `${escapeHash(cells.join('\t'))}\n`;
}
