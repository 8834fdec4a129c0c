import { UserError } from '../errors/userError';
import { TimeMatcher } from './timeMatcher';

/** The form of a record's time as a model or a user gives it, for example `yyMMdd HHmmss`; see {@link TimeMatcher}. */
export class TimeLayout {
  private readonly matcher: TimeMatcher;

  /** Bytes that a time of this form has, if it is made of nothing but digits and literal text; else 0. */
  readonly fixedLength: number;

  /** @throws UserError if year, month or day is missing */
  constructor(readonly layout: string) {
    this.matcher = new TimeMatcher(layout);
    this.fixedLength = this.matcher.fixedLength;
    const missing = this.matcher.hasYear ? ['M', 'd'].find((field) => !has(layout, field)) : 'y';
    if (missing !== undefined) {
      throw new UserError('time-layout-incomplete', { layout, missing });
    }
  }

  /**
   * The time at `bytes[start…)` in milliseconds since 1970, read as UTC where it names no zone; NaN if the bytes do not
   * have this form.
   */
  parse(bytes: Uint8Array, start: number, end: number): number {
    return this.matcher.match(bytes, start, end) < 0 ? NaN : this.matcher.time(0);
  }
}

function has(layout: string, field: string): boolean {
  return /[Xu]/.test(layout) || (field === 'M' ? /[MNj]/ : /[dDj]/).test(layout);
}

/** ISO 8601 text of a time of {@link TimeLayout.parse}, without zone since the log names none; null for NaN. */
export function isoTime(time: number): string | null {
  return Number.isNaN(time) ? null : new Date(time).toISOString().replace(/(\.000)?Z$/, '');
}
