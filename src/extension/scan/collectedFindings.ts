import type { Uri } from 'vscode';
import type { Finding } from '../../core/findings/finding';
import type { ScanPhase } from '../../worker/protocol';
import type { ResultsStore } from '../results/resultsStore';

/**
 * The findings of a file as the worker sends them, and how far it has come. Of equal reasons one copy is kept: blocks of the
 * same kind have the same one, and each came as a text of its own.
 */
export class CollectedFindings {
  private findings: Finding[] = [];
  private readonly reasons = new Map<string, string>();

  constructor(
    private readonly file: Uri,
    private readonly store: Pick<ResultsStore, 'progress'>,
  ) {}

  readonly onProgress = ({ phase, done, total }: { phase: ScanPhase; done: number; total: number }): void =>
    this.store.progress(this.file, { phase, done, total });

  readonly onFindings = (batch: readonly Finding[]): void => {
    for (const finding of batch) {
      const { reason } = finding;
      const known = this.reasons.get(reason);
      if (known === undefined) {
        this.reasons.set(reason, reason);
      }
      finding.reason = known ?? reason;
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
