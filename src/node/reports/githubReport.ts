import { escapeControls } from '../../core/findings/escapeControls';
import type { Finding } from '../../core/findings/finding';
import { findingText } from '../../core/findings/wording';
import { counted, number } from './reportContent';
import type { Report, ReportSource } from './reportSource';

/**
 * Annotations of a GitHub workflow: a command a finding on standard output, which the runner shows at the line of the log. Those
 * that are known already and those below the threshold are notices.
 */
export async function* githubReport({ input, summary, findings }: ReportSource): Report {
  const { anomalous, blocks, lines } = summary;
  for await (const batch of findings) {
    yield batch.map((finding) => annotation(finding, input)).join('');
  }
  const said = `${number(anomalous)} of ${counted(blocks, 'block')} are anomalous (${counted(lines, 'line')})`;
  yield `::notice title=LogCNN::${data(`${input === '-' ? 'standard input' : input}: ${said}`)}\n`;
}

function annotation(finding: Finding, input: string): string {
  const { anomalous, isNew, line, block } = finding;
  const place: [string, string][] = [
    ...(input === '-' ? [] : [['file', input] as [string, string]]),
    ...(line === 0 ? [] : [['line', String(line)] as [string, string]]),
    ['title', `LogCNN: ${block}`],
  ];
  const properties = place.map(([name, value]) => `${name}=${property(value)}`).join(',');
  return `::${anomalous && isNew !== false ? 'warning' : 'notice'} ${properties}::${data(findingText(finding))}\n`;
}

/** The text of a workflow command. */
function data(text: string): string {
  return escapeControls(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

/** The value of a property of a workflow command. */
function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
