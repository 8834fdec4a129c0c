import { AnyTime } from './anyTime';
import type { Chronology } from './chronology';
import { HeaderFormat } from './headerFormat';
import { leadingLevel } from './leadingLevel';
import type { LogFormat } from './logFormat';
import { sourceFieldOf, type HeaderReader, type RecordHeader } from './recordHeader';
import { TimeLayout } from './timeLayout';

/** Name of a format that a user or a model gives by notation or expression. */
export const CUSTOM_FORMAT = 'custom';

const TIME_FIELDS = ['Timestamp', 'Month', 'Day', 'Date', 'Time'];

/**
 * Reads records by a header in LogPAI's notation (see HeaderFormat), as a model or a user gives it. Without a time layout
 * the time may have any usual form; it begins with the first field that is called `Timestamp`, `Month`, `Day`, `Date` or
 * `Time`, or with `Date` or `Time` where a layout is given.
 */
export class NotationHeader implements HeaderReader {
  private readonly header: HeaderFormat;
  private readonly layout: TimeLayout | undefined;
  private readonly anyTime = new AnyTime();
  private readonly timeField: number;
  private readonly levelField: number;
  private readonly componentField: number;
  private readonly sourceField: number;
  /** Time of the last record, and the number of its head. */
  private time = NaN;
  private timeNumber = -1;

  /** @throws UserError if the format cannot be used */
  constructor(
    { header, time }: LogFormat,
    private readonly chronology: Chronology,
  ) {
    this.header = new HeaderFormat(header);
    this.layout = time === undefined ? undefined : new TimeLayout(time);
    const { names } = this.header;
    this.timeField =
      time === undefined
        ? names.findIndex((name) => TIME_FIELDS.includes(name))
        : Math.max(0, names.indexOf(names.includes('Date') ? 'Date' : 'Time'));
    this.levelField = names.indexOf('Level');
    this.componentField = names.indexOf('Component');
    this.sourceField = sourceFieldOf(names);
  }

  match(bytes: Uint8Array, start: number, end: number, header: RecordHeader): boolean {
    const { header: format, timeField, componentField, sourceField } = this;
    if (!format.match(bytes, start, end)) {
      return false;
    }
    const { starts, ends } = format;
    header.clear(CUSTOM_FORMAT, start, end);
    header.contentStart = starts[starts.length - 1];
    header.payloadStart = header.contentStart;
    header.names = format.names;
    header.starts = starts;
    header.ends = ends;
    if (this.layout !== undefined) {
      const { fixedLength } = this.layout;
      const { headNumber } = format;
      if (headNumber !== this.timeNumber || fixedLength === 0 || starts[timeField] + fixedLength > format.headEnd) {
        this.time = this.layout.parse(bytes, starts[timeField], end);
        this.timeNumber = headNumber;
      }
      header.time = this.time;
    } else if (timeField >= 0 && this.anyTime.match(bytes, starts[timeField], end) >= 0) {
      header.time = this.chronology.timeOf(this.anyTime.matcher);
      header.zone = this.anyTime.matcher.zone;
    }
    header.level = this.levelField < 0 ? leadingLevel(bytes, header.contentStart, end) : format.level;
    if (componentField >= 0) {
      header.componentStart = starts[componentField];
      header.componentEnd = ends[componentField];
    }
    if (sourceField >= 0) {
      header.sourceStart = starts[sourceField];
      header.sourceEnd = ends[sourceField];
    }
    return true;
  }
}
