import type { Timeline } from '../records/timeline';
import type { SliceBlocks } from './keptBlocks';
import { ModelLines } from './modelLines';
import type { LogReading } from './modelLog';

/**
 * Some lines of a log that were scanned by themselves. Lines are counted from the first of them, blocks are numbered in
 * the order of their first lines among them. Plain data, to be posted between threads.
 */
export interface LogSlice extends SliceBlocks {
  /** Lines before the first record: they continue a record of the slice before. */
  leadingLines: number;
  /** First line of the last record; 0 if there is none. */
  lastRecord: number;
  bytes: number;
  /** Bytes of the slice before each 1,024th line, from the first on. */
  lineStarts: Float64Array<ArrayBuffer>;
  lines: number;
  records: number;
  unknownRecords: number;
  clippedLines: number;
  limitedLines: number;
  /** Its records over their times. */
  timelines: Timeline[];
}

/**
 * Scans a slice of a log. It is of one use: {@link take} gives what it holds away. Slices that are put together by
 * SliceMerger give what the whole log would, provided that the format has a time layout.
 */
export class SliceScan {
  private readonly text: ModelLines;
  private bytes = 0;

  /**
   * @param reading how the log is read
   * @throws UserError if the format cannot be used
   */
  constructor(reading: LogReading) {
    this.text = new ModelLines(reading);
  }

  /** Takes the next bytes of whole lines of a log, or the log's last bytes, in UTF-8 without byte order mark. */
  push(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    this.text.push(bytes);
  }

  /** Says that the lines are complete, and gives what they hold. */
  take(): LogSlice {
    const { text } = this;
    text.end();
    const { lines, records, unknownRecords, clippedLines, limitedLines } = text.soFar();
    return {
      ...text.kept.take(),
      leadingLines: text.leadingLines,
      lastRecord: text.recordLine,
      bytes: this.bytes,
      lineStarts: Float64Array.from(text.lineStarts),
      lines,
      records,
      unknownRecords,
      clippedLines,
      limitedLines,
      timelines: text.timeline.timelines(),
    };
  }
}
