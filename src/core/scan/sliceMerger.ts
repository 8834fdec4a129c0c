import { LINES_APART, type LinePlaces } from '../input/lineIndex';
import { TimelineCounter } from '../records/timeline';
import { KeptBlocks } from './keptBlocks';
import type { LogSlice } from './logSlice';
import type { ModelLog } from './modelLog';

/**
 * Puts slices of a log together: lines are counted on, blocks numbered in the order of their first lines, lines without
 * header given to the last record before them.
 */
export class SliceMerger {
  private readonly kept: KeptBlocks;
  private readonly places = { lines: [] as number[], starts: [] as number[] };
  private readonly counts = { lines: 0, records: 0, unknownRecords: 0, clippedLines: 0, limitedLines: 0 };
  private readonly timeline = new TimelineCounter();
  private bytes = 0;
  /** First line of the last record; 0 before the first. */
  private lastRecord = 0;

  /** @param mostBytes that what is kept of the log takes, see KeptBlocks */
  constructor(mostBytes?: number) {
    this.kept = new KeptBlocks(mostBytes);
  }

  /** Takes the slice that comes after those that were taken so far. */
  append(slice: LogSlice): void {
    const { counts, places } = this;
    const before = counts.lines;
    if (this.lastRecord > 0 && slice.leadingLines > 0) {
      this.kept.continueRecord(this.lastRecord, slice.leadingLines);
    }
    this.kept.append(slice, before);
    if (slice.lastRecord > 0) {
      this.lastRecord = before + slice.lastRecord;
    }
    slice.lineStarts.forEach((start, i) => {
      places.lines.push(before + 1 + i * LINES_APART);
      places.starts.push(this.bytes + start);
    });
    this.bytes += slice.bytes;
    counts.lines += slice.lines;
    counts.records += slice.records;
    counts.unknownRecords += slice.unknownRecords;
    counts.clippedLines += slice.clippedLines;
    counts.limitedLines += slice.limitedLines;
    this.timeline.take(slice.timelines);
  }

  /**
   * Where some lines of the slices begin.
   * @param bytesBefore bytes of the file before the first slice
   */
  linePlaces(bytesBefore: number): LinePlaces {
    const { lines, starts } = this.places;
    return { lines: Uint32Array.from(lines), starts: Float64Array.from(starts, (start) => bytesBefore + start) };
  }

  /** Says that all slices were taken, and gives the whole log. */
  finish(): ModelLog {
    this.kept.complete();
    return { ...this.kept.soFar(), ...this.counts, timeline: this.timeline.timeline() };
  }
}
