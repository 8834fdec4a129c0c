import { Chronology } from '../formats/chronology';
import { NotationHeader } from '../formats/notationHeader';
import { RecordHeader } from '../formats/recordHeader';
import { LINES_APART } from '../input/lineIndex';
import { LineSplitter } from '../input/lineSplitter';
import { LineWatch } from '../patterns/lineWatch';
import type { TimeGate } from '../records/timeGate';
import { TimelineCounter } from '../records/timeline';
import { KeptBlocks } from './keptBlocks';
import { UNKNOWN_EVENT, type LogReading, type ModelLog, type RecordView } from './modelLog';

/** Reads text with a model's format and groups its records by session: what whole logs and slices of them share. */
export class ModelLines {
  /** Empty lines read so far. */
  emptyLines = 0;
  /** Records read so far, and those of them without template. */
  records = 0;
  unknownRecords = 0;
  /** Lines before the first record. */
  leadingLines = 0;
  /** First line of the record that is being read; 0 if there is none. */
  recordLine = 0;
  /** Bytes of the text before each {@link LINES_APART}th line, from the first on. */
  readonly lineStarts: number[] = [];
  /** Counts the records over their times. */
  readonly timeline = new TimelineCounter();

  private readonly splitter = new LineSplitter(this.takeLine.bind(this));
  private readonly reader: NotationHeader;
  private readonly header = new RecordHeader();
  /** Whether keys need only be looked for in the words that the events mark. */
  private readonly keysInWords: boolean;
  private readonly watch: LineWatch;
  /** Lines of other scans that the watch has counted before. */
  private readonly limitedBefore: number;
  private recordEvent = 0;
  private recordTime = NaN;

  /**
   * @param reading how the log is read
   * @param onRecord called for every record, for those who want more than the blocks
   * @param gate lets the records of a time range through; all if left out
   * @param kept takes what is kept of the log
   * @throws UserError if the format cannot be used
   */
  constructor(
    private readonly reading: LogReading,
    private readonly onRecord?: (record: RecordView) => void,
    private readonly gate?: TimeGate,
    public kept = new KeptBlocks(),
  ) {
    this.reader = new NotationHeader(reading.format, new Chronology());
    this.watch = reading.watch ?? new LineWatch();
    this.limitedBefore = this.watch.limitedLines;
    const { firstBytesInWords } = reading.sessionKey;
    this.keysInWords = firstBytesInWords !== undefined;
    if (firstBytesInWords !== undefined) {
      reading.events.markBytes(firstBytesInWords);
    }
  }

  /** Physical lines read so far. */
  get lines(): number {
    return this.splitter.lineCount;
  }

  /**
   * Takes the next bytes, in UTF-8 without byte order mark.
   * @throws CancelledError if the watch has asked and the scan is no longer wanted
   */
  push(bytes: Uint8Array): void {
    this.splitter.push(bytes);
  }

  /** Says that the text is complete. */
  end(): void {
    this.splitter.end();
  }

  /** Says that what comes does not continue the last record. */
  endRecord(): void {
    this.recordLine = 0;
  }

  /** Drops what was kept; lines and records are counted on. */
  forget(): void {
    this.kept = this.kept.anew();
  }

  /** What was read so far, but for a line that is not complete. */
  soFar(): ModelLog {
    const { kept, lines, records, unknownRecords } = this;
    return {
      ...kept.soFar(),
      lines,
      records,
      unknownRecords,
      clippedLines: this.splitter.clippedCount,
      limitedLines: this.watch.limitedLines - this.limitedBefore,
      timeline: this.timeline.timeline(),
    };
  }

  private takeLine(bytes: Uint8Array, start: number, end: number, line: number): void {
    const { header } = this;
    this.watch.beginLine();
    if (line % LINES_APART === 1) {
      this.lineStarts.push(this.splitter.lineOffset);
    }
    if (!this.reader.match(bytes, start, end, header)) {
      if (start === end) {
        this.emptyLines++;
      }
      if (this.recordLine > 0) {
        this.kept.continueRecord(this.recordLine, 1);
      } else {
        this.leadingLines++;
      }
      return;
    }
    if (this.gate?.takes(header.time, header.zone, line) === false) {
      this.recordLine = 0;
      return;
    }
    const { contentStart, contentEnd } = header;
    let event = this.reading.events.eventOf(bytes, contentStart, contentEnd);
    if (event < 0) {
      event = UNKNOWN_EVENT;
      this.unknownRecords++;
    }
    this.records++;
    this.timeline.add(header.time, header.level);
    this.recordLine = line;
    this.recordEvent = event;
    this.recordTime = header.time;
    const { sessionKey, events } = this.reading;
    const words = this.keysInWords ? events.markedWords : undefined;
    if (words === undefined) {
      sessionKey.find(bytes, contentStart, end, this.takeKey);
    } else {
      for (let i = 0; i < words.count; i++) {
        sessionKey.find(bytes, words.starts[i], words.ends[i], this.takeKey);
      }
    }
    this.onRecord?.({ bytes, line, header, event });
  }

  private readonly takeKey = (bytes: Uint8Array, start: number, end: number): void => {
    this.kept.add(bytes, start, end, this.recordEvent, this.recordLine, this.recordTime);
  };
}
