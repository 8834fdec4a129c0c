import type { Finding } from '../../core/findings/finding';
import type { ResultMessages } from '../results/resultMessages';
import type { ScanOutcome } from '../results/resultsStore';
import type { Translate } from '../base/translate';

/** How many anomalous blocks of a file the Problems panel shows: VS Code draws no more than that in an editor. */
export const DIAGNOSTICS_LIMIT = 500;
/** Other lines of its block that a diagnostic points to: few, as its hover lists them above that of FindingHover. */
const RELATED_LIMIT = 2;

/** Whether a finding has a row in the Problems panel. */
export function hasDiagnostic(index: number): boolean {
  return index < DIAGNOSTICS_LIMIT;
}

/** A row of the Problems panel. */
export interface FindingDiagnostic {
  /** Physical line, from 1. */
  line: number;
  message: string;
  block: string;
  /** Other lines of the block, ascending. */
  related: number[];
}

/**
 * Makes one diagnostic per finding, of the highest scores first and no more than {@link DIAGNOSTICS_LIMIT}; the last one
 * says how many more there are.
 */
export function toDiagnostics(
  findings: readonly Finding[],
  { findings: all, summary }: Pick<ScanOutcome, 'findings' | 'summary'>,
  messages: Pick<ResultMessages, 'finding'>,
  t: Translate,
): FindingDiagnostic[] {
  const shown = findings.slice(0, DIAGNOSTICS_LIMIT).map((finding): FindingDiagnostic => ({
    line: finding.line,
    message: messages.finding(finding),
    block: finding.block,
    related: relatedLines(finding),
  }));
  const inTree = findings.length - shown.length;
  const beyondTree = summary.anomalous - all.length;
  const last = shown.at(-1);
  if (last !== undefined && inTree > 0) {
    last.message += ' ' + t('({0} more anomalous blocks of this log are in the LogCNN view.)', inTree);
  }
  if (last !== undefined && beyondTree > 0) {
    last.message += ' ' + t('({0} further ones are beyond the limit of the setting logcnn.maxFindings.)', beyondTree);
  }
  return shown;
}

/** The lines around the most suspicious one, as they follow each other in the block. */
function relatedLines({ lines, line }: Finding): number[] {
  const place = lines.indexOf(line);
  const start = Math.max(0, Math.min(place - RELATED_LIMIT / 2, lines.length - RELATED_LIMIT - 1));
  return [...lines.subarray(start, start + RELATED_LIMIT + 1)].filter((other) => other !== line);
}
