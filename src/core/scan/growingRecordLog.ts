import type { Encoding } from '../input/encoding';
import { FollowedText } from '../input/followedText';
import { DECODED } from '../input/textRule';
import { RecordReader } from '../records/recordReader';
import { FIRST_FILE, KEPT_RECORDS, type GrowingLog } from './growingLog';
import { RecordCollector } from './recordCollector';
import type { RecordLog, RecordReading } from './recordLog';

/** A log of any format that is read as it grows. Its templates are those that it has when it is first asked what it holds. */
export class GrowingRecordLog implements GrowingLog<RecordLog> {
  file = FIRST_FILE;
  /** Records that were learned from; undefined before. */
  private learned: number | undefined;
  private readonly reader: RecordReader;
  private readonly collector: RecordCollector;
  private readonly encoding: Encoding | undefined;
  private text: FollowedText;

  /** @param keptRecords see {@link KEPT_RECORDS} */
  constructor(
    reading: RecordReading,
    private readonly keptRecords = KEPT_RECORDS,
  ) {
    const { options, gate } = reading;
    this.encoding = options.preview.text.given;
    this.text = this.newText();
    this.collector = new RecordCollector(reading);
    this.reader = new RecordReader(gate?.before(this.collector) ?? this.collector, {
      ...options,
      // Each file is decoded by itself.
      preview: { ...options.preview, text: DECODED },
    });
  }

  push(bytes: Uint8Array): void {
    this.text.push(bytes);
  }

  endLine(): boolean {
    this.text.settle();
    const endsLine = this.text.endLine();
    const endsTrace = this.reader.endTrace();
    return endsLine || endsTrace;
  }

  beginFile(): void {
    this.text.endFile();
    this.reader.endFile();
    this.text = this.newText();
    const { lines, clippedLines, limitedLines } = this.reader;
    // What was not learned from yet is kept.
    const hasDropped = this.learned !== undefined && this.collector.length > this.keptRecords;
    if (hasDropped) {
      this.forget();
    }
    this.file = { lines, unknownRecords: 0, clippedLines, limitedLines, hasDropped, droppedLines: 0 };
  }

  get isFull(): boolean {
    return this.learned !== undefined && this.collector.length > this.learned + this.keptRecords;
  }

  drop(): void {
    this.forget();
    this.file = { ...this.file, droppedLines: this.reader.lines - this.file.lines };
  }

  soFar(): RecordLog {
    this.text.settle();
    if (this.learned === undefined) {
      this.reader.settle();
      this.reader.endTrace();
      this.collector.freeze();
      this.learned = this.collector.length;
    }
    return this.collector.log(this.reader);
  }

  private forget(): void {
    this.collector.forget();
    this.learned = 0;
  }

  private newText(): FollowedText {
    return new FollowedText((bytes) => this.reader.push(bytes), this.encoding);
  }
}
