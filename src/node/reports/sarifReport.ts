import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Location, Result, ToolComponent } from 'sarif';
import { escapeControls, jsonText } from '../../core/findings/escapeControls';
import type { Finding } from '../../core/findings/finding';
import { findingText } from '../../core/findings/wording';
import { version } from '../../../package.json';
import type { Report, ReportSource } from './reportSource';

/** Other lines of a block that are named in its result at most; viewers slow down with thousands. */
const RELATED_LIMIT = 50;

/** SARIF 2.1.0 (OASIS), as code scanning tools read it: one result a finding, on its most suspicious line. */
export async function* sarifReport({ input, summary, findings }: ReportSource): Report {
  const uri = input === '-' ? 'stdin' : artifactUri(input);
  const driver: ToolComponent = {
    name: 'LogCNN',
    version,
    rules: [
      {
        id: 'anomalous-block',
        shortDescription: { text: 'Anomalous block' },
        fullDescription: { text: 'The events of this block are unlike those of normal blocks.' },
        defaultConfiguration: { level: 'warning' },
      },
    ],
  };
  const { timeline: _, ...totals } = summary;
  yield `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":${jsonText({ driver })},"columnKind":"utf16CodeUnits","properties":${jsonText(totals)},"results":[`;
  let separator = '\n';
  for await (const batch of findings) {
    for (const finding of batch) {
      yield separator + jsonText(sarifResult(finding, uri));
      separator = ',\n';
    }
  }
  yield '\n]}]}\n';
}

function sarifResult(finding: Finding, uri: string): Result {
  const { block, score, anomalous, lines, line, kind, template, fingerprint, isNew } = finding;
  const location = (startLine: number): Location => ({
    physicalLocation: { artifactLocation: { uri }, ...(startLine === 0 ? {} : { region: { startLine } }) },
  });
  return {
    ruleId: 'anomalous-block',
    ruleIndex: 0,
    level: anomalous ? 'warning' : 'none',
    kind: anomalous ? 'fail' : 'pass',
    message: { text: plainMessage(`${block}: ${findingText(finding)}`) },
    locations: [location(line)],
    relatedLocations: Array.from(lines.subarray(0, line === 0 ? 0 : RELATED_LIMIT), location),
    // Without the block: another run names other sessions.
    partialFingerprints: fingerprint === '' ? undefined : { 'finding/v1': fingerprint },
    baselineState: isNew === undefined ? undefined : isNew ? 'new' : 'unchanged',
    rank: 100 * score,
    properties: { block, score, lines: lines.length, kind, template },
  };
}

/** A text that no viewer takes for an embedded link (SARIF 2.1.0, 3.11.6) or a placeholder (3.11.5). */
function plainMessage(text: string): string {
  return escapeControls(text)
    .replace(/[\\[\]]/g, '\\$&')
    .replace(/[{}]/g, '$&$&');
}

/** Relative paths stay relative, so that a report can be read on another machine. */
function artifactUri(path: string): string {
  return isAbsolute(path)
    ? pathToFileURL(path).href
    : path
        .split(sep === '/' ? sep : /[\\/]/)
        .map(encodeURIComponent)
        .join('/');
}
