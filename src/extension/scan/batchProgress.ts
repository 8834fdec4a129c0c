import type { Uri } from 'vscode';
import type { ScanPhase } from '../../worker/protocol';
import type { ScanProgress } from '../results/resultsStore';

/** Share of a scan's time at which a phase begins, and how much it takes, as it is for most logs. */
const PHASES: Record<ScanPhase, { from: number; share: number }> = {
  reading: { from: 0, share: 0.8 },
  judging: { from: 0.8, share: 0.15 },
  explaining: { from: 0.95, share: 0.05 },
};

/** How far the scan of several logs is as a whole; each counts by its size. */
export class BatchProgress {
  private readonly weights = new Map<string, number>();
  private readonly total: number;
  private endedWeight = 0;
  private endedCount = 0;
  private current: { key: string; done: number } | undefined;

  /** @param sizes of the logs in bytes */
  constructor(logs: readonly Uri[], sizes: readonly number[]) {
    // Opening a log takes time even if it is empty.
    logs.forEach((log, i) => this.weights.set(log.toString(), sizes[i] + 1024));
    this.total = [...this.weights.values()].reduce((sum, weight) => sum + weight, 0);
  }

  /** Place of the log that is being scanned, from 1. */
  get place(): number {
    return Math.min(this.weights.size, this.endedCount + 1);
  }

  /** How many logs there are. */
  get count(): number {
    return this.weights.size;
  }

  /** Of all logs, 0…100. */
  get percent(): number {
    const current = this.current === undefined ? 0 : this.weights.get(this.current.key)! * this.current.done;
    return (100 * (this.endedWeight + current)) / this.total;
  }

  /** Takes how far one of the logs is; gives false if it is none of them. */
  advance(log: Uri, { phase, done, total }: ScanProgress): boolean {
    const key = log.toString();
    if (!this.weights.has(key)) {
      return false;
    }
    const { from, share } = PHASES[phase];
    this.current = { key, done: from + share * (total === 0 ? 1 : Math.min(1, done / total)) };
    return true;
  }

  /** Takes that the scan of a log has ended, in whatever way. */
  end(log: Uri): void {
    const key = log.toString();
    this.endedWeight += this.weights.get(key) ?? 0;
    this.endedCount++;
    if (this.current?.key === key) {
      this.current = undefined;
    }
  }
}
