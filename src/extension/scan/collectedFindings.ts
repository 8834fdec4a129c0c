import type { Uri } from 'vscode';
import type { Finding } from '../../core/findings/finding';
import type { ScanPhase } from '../../worker/protocol';
import type { ResultsStore } from '../results/resultsStore';

/**
 * The findings of a file as the worker sends them, and how far it has come. Of equal parts one copy is kept: blocks of the
 * same kind have the same ones, and each came with its own.
 */
export class CollectedFindings {
  private findings: Finding[] = [];
  private readonly parts = new Map<string, Finding['parts']>();

  constructor(
    private readonly file: Uri,
    private readonly store: Pick<ResultsStore, 'progress'>,
  ) {}

  readonly onProgress = ({ phase, done, total }: { phase: ScanPhase; done: number; total: number }): void =>
    this.store.progress(this.file, { phase, done, total });

  readonly onFindings = (batch: readonly Finding[]): void => {
    for (const finding of batch) {
      const key = JSON.stringify(finding.parts);
      const known = this.parts.get(key);
      if (known === undefined) {
        this.parts.set(key, finding.parts);
      }
      finding.parts = known ?? finding.parts;
      this.findings.push(finding);
    }
  };

  /** What has come since the last call. */
  take(): Finding[] {
    const taken = this.findings;
    this.findings = [];
    return taken;
  }
}
