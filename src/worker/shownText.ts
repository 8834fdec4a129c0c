import { escapeControls } from '../core/findings/escapeControls';
import type { Finding, ScanSummary } from '../core/findings/finding';
import type { FindingPart } from '../core/findings/findingParts';

/** A finding as the editor may show it: its texts, which are a log's, are escaped. */
export function shownFinding(finding: Finding): Finding {
  const { block, parts, template, text } = finding;
  return {
    ...finding,
    block: escapeControls(block),
    parts: parts.map(shownPart),
    template: escapeControls(template),
    ...(text === undefined ? {} : { text: escapeControls(text) }),
  };
}

function shownPart(part: FindingPart): FindingPart {
  const escaped = (value: unknown): unknown =>
    typeof value === 'string' ? escapeControls(value) : Array.isArray(value) ? value.map(escaped) : value;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, escaped(value)])) as FindingPart;
}

/** A summary as the editor may show it; the paths of the good logs stay exact, for they name files. */
export function shownSummary(summary: ScanSummary): ScanSummary {
  return { ...summary, format: escapeControls(summary.format), notes: summary.notes.map(escapeControls) };
}
