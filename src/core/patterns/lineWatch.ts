import { refuseIfCancelled, type Hooks } from '../cancellation';

/** Lines after which the flag is looked at. */
const LINES_PER_LOOK = 1024;
/** Units of work of patterns (see BoundedPattern) after which it is looked at: some tens of milliseconds. */
const UNITS_PER_LOOK = 1 << 21;

/**
 * Stands beside the lines of a log while they are read: asks now and then whether the scan is still wanted, also within a
 * chunk, and counts the lines that a user's patterns were not shown as a whole. One for each reading of a log.
 */
export class LineWatch {
  /** Lines that a pattern was not shown as a whole, or on which it was stopped. */
  limitedLines = 0;
  /** Units of work that patterns have had, see BoundedPattern. */
  units = 0;

  private linesLeft = LINES_PER_LOOK;
  private unitsLeft = UNITS_PER_LOOK;
  /** Whether the line is counted as limited. */
  private isCounted = false;

  /** @param hooks asked now and then */
  constructor(private readonly hooks: Pick<Hooks, 'isCancelled'> = {}) {}

  /**
   * Says that a line is about to be taken.
   * @throws CancelledError if the hooks say so
   */
  beginLine(): void {
    this.isCounted = false;
    if (--this.linesLeft === 0) {
      this.look();
    }
  }

  /** Says that a pattern did not see all of the line. */
  limitLine(): void {
    if (!this.isCounted) {
      this.isCounted = true;
      this.limitedLines++;
    }
  }

  /**
   * Says how much work a pattern had.
   * @throws CancelledError if the hooks say so
   */
  spend(units: number): void {
    this.units += units;
    this.unitsLeft -= units;
    if (this.unitsLeft <= 0) {
      this.look();
    }
  }

  private look(): void {
    this.linesLeft = LINES_PER_LOOK;
    this.unitsLeft = UNITS_PER_LOOK;
    refuseIfCancelled(this.hooks);
  }
}
