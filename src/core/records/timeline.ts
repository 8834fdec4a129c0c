import { ERROR, FATAL, LEVEL_NAMES, UNKNOWN_LEVEL, WARN } from '../formats/level';

/** How grave the counted records are, in the order in which their counts stand. */
export const TIMELINE_SEVERITIES = ['unknown', 'normal', 'warning', 'error'] as const;

/** How many records a log has in each interval of its time. Plain data. */
export interface Timeline {
  /** Beginning of the first interval, in milliseconds since 1970. */
  start: number;
  /** Length of an interval in milliseconds: a second, or that doubled a few times. */
  width: number;
  /** Per interval, one after another, the records of each of {@link TIMELINE_SEVERITIES}. */
  counts: number[];
}

const SEVERITIES = TIMELINE_SEVERITIES.length;
/** Intervals at most. When they do not reach, each two become one. */
const INTERVALS = 2048;
const SHORTEST = 1000;
/** Records that are so far from the others are counted apart: a clock that was not set would leave one interval to all. */
const FAR = 366 * 86_400_000;
/** Further such times that are told apart. */
const MOST_APART = 3;

const SEVERITY_OF_LEVEL = Uint8Array.from(LEVEL_NAMES, (_, level) =>
  level === UNKNOWN_LEVEL ? 0 : level === WARN ? 2 : level === ERROR || level === FATAL ? 3 : 1,
);

/** Counts the records of a log over its time as they come, in memory that does not grow. */
export class TimelineCounter {
  private width = SHORTEST;
  /** Number of the first interval, counted from 1970. */
  private first = 0;
  private readonly counts = new Uint32Array(INTERVALS * SEVERITIES);
  /** First and last interval that have records; −1 before the first record. */
  private low = -1;
  private high = -2;
  private total = 0;
  /** Counts what is far from these. */
  private apart: TimelineCounter | undefined;

  constructor(private readonly mostApart = MOST_APART) {}

  /**
   * Counts records.
   * @param time of them, in milliseconds since 1970; none is counted where it is NaN
   * @param level of them, see level.ts
   */
  add(time: number, level: number): void {
    const place = Math.floor(time / this.width) - this.first;
    if (place >= this.low && place <= this.high) {
      this.counts[place * SEVERITIES + SEVERITY_OF_LEVEL[level]]++;
      this.total++;
    } else if (time === time) {
      this.addAt(time, SEVERITY_OF_LEVEL[level], 1);
    }
  }

  /** Counts the records of other timelines. */
  take(timelines: readonly Timeline[]): void {
    for (const { start, width, counts } of timelines) {
      counts.forEach((count, i) => {
        if (count > 0) {
          this.addAt(start + Math.floor(i / SEVERITIES) * width, i % SEVERITIES, count, width);
        }
      });
    }
  }

  /** What was counted, where most of the records are; undefined if no record had a time. */
  timeline(): Timeline | undefined {
    const most = this.all().reduce((best, other) => (other.total > best.total ? other : best));
    return most.own();
  }

  /** What was counted, with what is far from the others. */
  timelines(): Timeline[] {
    return this.all().flatMap((counter) => counter.own() ?? []);
  }

  private all(): TimelineCounter[] {
    return [this, ...(this.apart?.all() ?? [])];
  }

  private own(): Timeline | undefined {
    return this.low < 0
      ? undefined
      : {
          start: (this.first + this.low) * this.width,
          width: this.width,
          counts: Array.from(this.counts.subarray(this.low * SEVERITIES, (this.high + 1) * SEVERITIES)),
        };
  }

  /** @param width of the interval that they were counted in */
  private addAt(time: number, severity: number, count: number, width = SHORTEST): void {
    if (this.low >= 0 && this.mostApart > 0 && this.isFar(time)) {
      this.apart ??= new TimelineCounter(this.mostApart - 1);
      this.apart.addAt(time, severity, count, width);
      return;
    }
    while (this.width < width) {
      this.widen();
    }
    if (this.low < 0) {
      this.first = Math.floor(time / this.width) - INTERVALS / 2;
      this.low = INTERVALS / 2;
      this.high = INTERVALS / 2;
    }
    let place = Math.floor(time / this.width) - this.first;
    while (Math.max(place, this.high) - Math.min(place, this.low) >= INTERVALS) {
      this.widen();
      place = Math.floor(time / this.width) - this.first;
    }
    if (place < 0 || place >= INTERVALS) {
      this.shift(place);
      place = Math.floor(time / this.width) - this.first;
    }
    this.low = Math.min(this.low, place);
    this.high = Math.max(this.high, place);
    this.counts[place * SEVERITIES + severity] += count;
    this.total += count;
  }

  private isFar(time: number): boolean {
    return time < (this.first + this.low) * this.width - FAR || time > (this.first + this.high + 1) * this.width + FAR;
  }

  /** Makes each two intervals one. */
  private widen(): void {
    const { counts, low, high, first } = this;
    this.width *= 2;
    this.first = Math.floor(first / 2);
    const odd = first - 2 * this.first;
    if (low < 0) {
      return;
    }
    for (let place = low; place <= high; place++) {
      const wider = (place + odd) >> 1;
      for (let severity = 0; severity < SEVERITIES; severity++) {
        const count = counts[place * SEVERITIES + severity];
        counts[place * SEVERITIES + severity] = 0;
        counts[wider * SEVERITIES + severity] += count;
      }
    }
    this.low = (low + odd) >> 1;
    this.high = (high + odd) >> 1;
  }

  /** Moves the intervals so that those with records and another one have room, these in the middle. */
  private shift(place: number): void {
    const { low, high, counts } = this;
    const from = Math.min(low, place);
    const to = Math.max(high, place);
    const by = Math.floor((INTERVALS - 1 - (to - from)) / 2) - from;
    counts.copyWithin((low + by) * SEVERITIES, low * SEVERITIES, (high + 1) * SEVERITIES);
    if (by > 0) {
      counts.fill(0, low * SEVERITIES, Math.min(low + by, high + 1) * SEVERITIES);
    } else {
      counts.fill(0, Math.max(high + by + 1, low) * SEVERITIES, (high + 1) * SEVERITIES);
    }
    this.first -= by;
    this.low += by;
    this.high += by;
  }
}
