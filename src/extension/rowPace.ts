import type { ResultsChange } from './resultsStore';

/** Least time between two drawings of a row whose scan goes on, in milliseconds. */
const INTERVAL = 1000;

/**
 * Says when the row of a file is to be drawn again. VS Code replaces the buttons of a row that is drawn, and a press that
 * began on the old one is lost: at ten drawings a second, as often as progress comes, Cancel could hardly be hit. Nor does the
 * view reveal a block while it is being refreshed. The status
 * bar shows all progress.
 */
export class RowPace {
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
