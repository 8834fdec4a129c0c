import { mayTellOutcome, OUTCOME_LENGTH, outcomeOf, type Outcome } from '../formats/runOutcome';
import type { RunOutcomes } from '../events/eventLog';
import { lowerBound } from '../numeric/bisect';
import { NumberList } from '../numeric/columns';

/** Lines that say that something failed: of so many the others do not count. */
const MOST = 1 << 20;

/** Which lines of a run's output say how it, or a step of it, ended. Numbers matter for that, which templates do not have. */
export class OutcomeLines {
  private readonly decoder = new TextDecoder();
  /** By number of the record's form whether its records may say it. */
  private readonly mayTell: (boolean | undefined)[] = [];
  private failures = new NumberList();
  private last: Outcome | undefined;

  /**
   * Looks at a record.
   * @param form number of the form of its message
   * @param bytes with the message in `bytes[start…end)`
   */
  take(form: number, bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.mayTell[form] === false) {
      return;
    }
    const text = this.decoder.decode(bytes.subarray(start, Math.min(end, start + OUTCOME_LENGTH)));
    this.mayTell[form] ??= mayTellOutcome(text);
    const outcome = this.mayTell[form] ? outcomeOf(text) : undefined;
    this.last = outcome ?? this.last;
    if (outcome === 'failed' && this.failures.length < MOST) {
      this.failures.push([line]);
    }
  }

  /** Forgets the lines, as of a file that ended. */
  forget(): void {
    this.failures = new NumberList();
    this.last = undefined;
  }

  /**
   * The outcomes that are told by the entries of a log.
   * @param lines of its entries, ascending
   */
  among(lines: Uint32Array): RunOutcomes {
    const entries: number[] = [];
    for (const line of this.failures.view()) {
      const entry = lowerBound(lines, line);
      if (lines[entry] === line) {
        entries.push(entry);
      }
    }
    return { last: this.last, failures: Uint32Array.from(entries) };
  }
}
