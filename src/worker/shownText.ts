import { escapeControls } from '../core/findings/escapeControls';
import type { Finding, ScanSummary } from '../core/findings/finding';

/** A finding as the editor may show it: its texts, which are a log's, are escaped. */
export function shownFinding(finding: Finding): Finding {
  const { block, reason, template } = finding;
  return {
    ...finding,
    block: escapeControls(block),
    reason: escapeControls(reason),
    template: escapeControls(template),
  };
}

/** A summary as the editor may show it; the paths of the good logs stay exact, for they name files. */
export function shownSummary(summary: ScanSummary): ScanSummary {
  return { ...summary, format: escapeControls(summary.format), notes: summary.notes.map(escapeControls) };
}
