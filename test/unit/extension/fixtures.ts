import type { Uri } from 'vscode';
import type { Finding, ScanSummary } from '../../../src/core/findings/finding';
import type { FileResults, ScanOutcome } from '../../../src/extension/results/resultsStore';
import { indexFindings } from '../../../src/worker/findingsIndex';

/** A URI as far as the modules under test look at it. */
export function uri(path: string, scheme = 'file'): Uri {
  const self = { scheme, path, fsPath: path, toString: () => `${scheme}://${path}` };
  return { ...self, with: (change: { path?: string }) => uri(change.path ?? path, scheme) } as Uri;
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
    reason: `because of line ${lines[0]}`,
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
    options: { isTrusted: true, maximumFindings: 5000 },
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
export function translate(message: string, ...values: (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (_, place: string) => String(values[Number(place)]));
}
