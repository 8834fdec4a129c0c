import type { TimeRange } from '../formats/timeRange';
import type { RecordSink } from './recordSink';

/** Physical lines from `first` to `last`, counted from 1. */
export interface LineRange {
  first: number;
  last: number;
}

/** Lets only the records of a time range through; one without time goes with the record before it. One log each. */
export class TimeGate {
  /** Records that were not let through. */
  leftOut = 0;
  /** Whether any record had a time. */
  hasTimes = false;

  private isOpen: boolean;
  /** Lines at which it closed and opened again, in turn. */
  private readonly switches: number[] = [];

  constructor(private readonly range: TimeRange) {
    this.isOpen = range.isOpenAtFirst;
    if (!this.isOpen) {
      this.switches.push(1);
    }
  }

  /**
   * Whether the next record is let through.
   * @param time in milliseconds since 1970, NaN if it has none
   * @param zone minutes ahead of UTC, NaN if unknown
   * @param line its first physical line
   */
  takes(time: number, zone: number, line: number): boolean {
    if (time === time) {
      this.hasTimes = true;
      const isIn = this.range.holds(time, zone);
      if (isIn !== this.isOpen) {
        this.isOpen = isIn;
        this.switches.push(line);
      }
    }
    this.leftOut += this.isOpen ? 0 : 1;
    return this.isOpen;
  }

  /** The lines of a log of so many that were not let through. */
  linesLeftOut(lineCount: number): LineRange[] {
    const { switches } = this;
    const ranges: LineRange[] = [];
    for (let i = 0; i < switches.length; i += 2) {
      ranges.push({ first: switches[i], last: (switches[i + 1] ?? lineCount + 1) - 1 });
    }
    return ranges;
  }

  /** A sink that gets only what is let through of what is given to it. */
  before(sink: RecordSink): RecordSink {
    let isIn = true;
    return {
      onRecord: (bytes, start, end, line, header) => {
        isIn = this.takes(header.time, header.zone, line);
        if (isIn) {
          sink.onRecord(bytes, start, end, line, header);
        }
      },
      onContinuation: (firstLine) => isIn && sink.onContinuation(firstLine),
      // Comes before the next record, so it is still this one's.
      onTrace: (signature, line, firstLine) => isIn && sink.onTrace(signature, line, firstLine),
    };
  }
}
