import type { ResultsChange } from '../results/resultsStore';

/** Least time between two drawings of a row whose scan goes on, in milliseconds. */
const INTERVAL = 1000;

/**
 * Says when the row of a file is to be drawn again. The view reveals no block while it is being refreshed, and progress comes
 * ten times a second: a block asked for during a scan would be selected only at its end. The status bar shows all progress.
 */
export class RefreshThrottle {
  private readonly drawn = new Map<string, { at: number; phase: string | undefined }>();

  /** @param now milliseconds of a steady clock */
  constructor(private readonly now: () => number) {}

  /** Whether the row has to follow a change; taken as done if so. */
  isDue({ kind, results: { uri, progress } }: ResultsChange): boolean {
    const key = uri.toString();
    if (kind !== 'progress') {
      this.drawn.delete(key);
      return true;
    }
    const [at, last] = [this.now(), this.drawn.get(key)];
    if (last !== undefined && last.phase === progress?.phase && at - last.at < INTERVAL) {
      return false;
    }
    this.drawn.set(key, { at, phase: progress?.phase });
    return true;
  }
}
