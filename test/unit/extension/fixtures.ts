import { l10n, Uri } from 'vscode';
import type { Finding, ScanSummary } from '../../../src/core/findings/finding';
import type { Translate } from '../../../src/extension/base/translate';
import type { FileResults, ScanOutcome } from '../../../src/extension/results/resultsStore';
import { indexFindings } from '../../../src/worker/findingsIndex';

/** The URI of a file. */
export function uri(path: string, scheme = 'file'): Uri {
  return Uri.from({ scheme, path });
}

/** A finding with these lines, the most suspicious one first. */
export function finding(lines: number[], values: Partial<Finding> = {}): Finding {
  return {
    block: `blk_${lines[0]}`,
    score: 0.9,
    anomalous: true,
    count: 1,
    lines: Uint32Array.from(lines).sort(),
    line: lines[0],
    firstTime: null,
    lastTime: null,
    time: null,
    kind: 'unusual',
    parts: [],
    template: `line ${lines[0]}`,
    fingerprint: '',
    ...values,
  };
}

/** The outcome of a scan with these findings. */
export function outcome(findings: Finding[], summary: Partial<ScanSummary> = {}): ScanOutcome {
  return {
    findings,
    index: indexFindings(findings),
    suspects: [],
    summary: {
      model: 'hdfs',
      threshold: 0.5,
      lines: 1000,
      blocks: 100,
      anomalous: findings.length,
      unknownRecords: 0,
      clippedLines: 0,
      format: 'Hadoop HDFS',
      notes: [],
      ...summary,
    },
    file: { size: 1, mtime: 1 },
    configuration: '',
    goodLogs: '',
    options: { isTrusted: true, maxFindings: 5000 },
  };
}

/** The results of a complete scan. */
export function results(findings: Finding[], values: Partial<FileResults> = {}): FileResults {
  return {
    uri: uri('/logs/a.log'),
    documentUri: uri('/logs/a.log'),
    progress: undefined,
    scanning: false,
    following: undefined,
    outcome: outcome(findings),
    staleness: undefined,
    failure: undefined,
    ...values,
  };
}

/** Fills in `{0}`, `{1}` … and translates nothing. */
export const translate = l10n.t as Translate;
