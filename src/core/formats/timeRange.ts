import { UserError } from '../errors/userError';

/** Minutes in milliseconds, as zones are counted. */
const MINUTE = 60_000;

/** An instant of a range: with a zone on the clock of UTC, without one as the log writes its times. */
interface Bound {
  time: number;
  hasZone: boolean;
}

/** A stretch of time, ends included: a date alone means the whole day, a minute the whole minute. */
export class TimeRange {
  private readonly since: Bound | undefined;
  /** The first instant after it. */
  private readonly end: Bound | undefined;

  /**
   * @param since its first time; open if left out. ISO 8601, `T` or a blank before the clock
   * @param until its last time; open if left out
   * @throws UserError if one of them is no time, or nothing lies between them
   */
  constructor(since: string | undefined, until: string | undefined) {
    this.since = since === undefined ? undefined : boundOf(since, 'first');
    this.end = until === undefined ? undefined : boundOf(until, 'end');
    if (
      this.since !== undefined &&
      this.end !== undefined &&
      this.since.hasZone === this.end.hasZone &&
      this.since.time >= this.end.time
    ) {
      throw new UserError('time-range-empty', { since: String(since), until: String(until) });
    }
  }

  /** Whether it has no first time. */
  get isOpenAtFirst(): boolean {
    return this.since === undefined;
  }

  /**
   * Whether a record's time lies in it.
   * @param time in milliseconds since 1970
   * @param zone minutes that its zone is ahead of UTC; NaN if it names none, then it is taken for UTC
   */
  holds(time: number, zone: number): boolean {
    const { since, end } = this;
    const written = zone === zone ? time + zone * MINUTE : time;
    return (
      (since === undefined || (since.hasZone ? time : written) >= since.time) &&
      (end === undefined || (end.hasZone ? time : written) < end.time)
    );
  }
}

const FORM = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,3})\d*)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

function boundOf(text: string, side: 'first' | 'end'): Bound {
  const match = FORM.exec(text.trim());
  const [, date, clock, second, fraction, zone] = match ?? [];
  const time = Date.parse(`${date}T${clock ?? '00:00'}:${second ?? '00'}.${(fraction ?? '').padEnd(3, '0')}Z`);
  const isDate = !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
  if (match === null || !isDate) {
    throw new UserError('time-invalid', { text });
  }
  const unit = clock === undefined ? 1440 * MINUTE : second === undefined ? MINUTE : fraction === undefined ? 1000 : 1;
  const hasZone = zone !== undefined;
  return { time: time + (side === 'end' ? unit : 0) - (hasZone ? zoneMinutes(zone) * MINUTE : 0), hasZone };
}

function zoneMinutes(zone: string): number {
  if (zone === 'Z') {
    return 0;
  }
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}
