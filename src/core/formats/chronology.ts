import type { TimeMatcher } from './timeMatcher';

const DAY = 86_400_000;
const HALF_DAY = DAY / 2;

/**
 * Completes the times of one log that do not name their year (syslog) or their day (a clock time alone), so that they
 * ascend: the first record lies in the first year (or on 1970-01-01); where the month jumps back by more than half a
 * year (the clock by more than half a day) a new one has begun, and where it jumps ahead by as much, a record of the one
 * before comes late.
 */
export class Chronology {
  private month = 0;
  private clock = NaN;
  private day = 0;

  /** @param year of the first record that does not name its own; 2000, a leap year, takes every date */
  constructor(private year = 2000) {}

  /** The time of the matcher's last match in milliseconds since 1970. */
  timeOf(matcher: TimeMatcher): number {
    if (matcher.hasYear) {
      return matcher.time(0);
    }
    return matcher.hasDate ? matcher.time(this.yearOf(matcher.month())) : this.withDay(matcher.time(0));
  }

  private yearOf(month: number): number {
    if (this.month > 0 && month > this.month + 6) {
      return this.year - 1;
    }
    if (month < this.month - 6) {
      this.year++;
    }
    this.month = month;
    return this.year;
  }

  private withDay(clock: number): number {
    if (clock > this.clock + HALF_DAY) {
      return clock + this.day - DAY;
    }
    if (clock < this.clock - HALF_DAY) {
      this.day += DAY;
    }
    this.clock = clock;
    return clock + this.day;
  }
}
