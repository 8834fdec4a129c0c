import type { Encoding } from '../input/encoding';
import { FollowedText } from '../input/followedText';
import { DECODED } from '../input/textRule';
import { FIRST_FILE, KEPT_RECORDS, type GrowingLog } from './growingLog';
import type { LogReading, ModelLog } from './modelLog';
import { ModelLogScan } from './modelLogScan';

/** Bytes that a record takes with its share of its session's key; where keys are long, fewer records are kept in a file. */
const RECORD_BYTES = 64;

/** A log that a model reads as it grows. What is kept of it when it is first asked for is kept from then on. */
export class GrowingModelLog implements GrowingLog<ModelLog> {
  file = FIRST_FILE;
  private readonly scan: ModelLogScan;
  /** Bytes of what was learned from; undefined before. */
  private learnedBytes: number | undefined;
  private droppedRecords = 0;
  private readonly encoding: Encoding | undefined;
  private text: FollowedText;

  /**
   * @param reading how the model reads logs
   * @param keptRecords see {@link KEPT_RECORDS}
   * @throws UserError if the model's format cannot be used
   */
  constructor(
    reading: LogReading,
    private readonly keptRecords = KEPT_RECORDS,
  ) {
    this.encoding = reading.text?.given;
    this.text = this.newText();
    // Each file is decoded by itself.
    this.scan = new ModelLogScan({ ...reading, text: DECODED });
  }

  push(bytes: Uint8Array): void {
    this.text.push(bytes);
  }

  endLine(): boolean {
    this.text.settle();
    return this.text.endLine();
  }

  beginFile(): void {
    this.text.endFile();
    this.scan.endRecord();
    this.text = this.newText();
    const hasDropped = this.scan.records - this.droppedRecords > this.keptRecords;
    if (hasDropped) {
      this.forget();
    }
    const { lines, unknownRecords, clippedLines, limitedLines } = this.scan.soFar();
    this.file = { lines, unknownRecords, clippedLines, limitedLines, hasDropped, droppedLines: 0 };
  }

  get isFull(): boolean {
    const { learnedBytes, scan, keptRecords } = this;
    return learnedBytes !== undefined && scan.keptBytes > learnedBytes + RECORD_BYTES * keptRecords;
  }

  drop(): void {
    this.forget();
    this.file = { ...this.file, droppedLines: this.scan.lines - this.file.lines };
  }

  soFar(): ModelLog {
    this.text.settle();
    this.scan.settle();
    const log = this.scan.soFar();
    this.learnedBytes ??= this.scan.keptBytes;
    return log;
  }

  private forget(): void {
    this.scan.forget();
    this.droppedRecords = this.scan.records;
    this.learnedBytes = 0;
  }

  private newText(): FollowedText {
    return new FollowedText((bytes) => this.scan.push(bytes), this.encoding);
  }
}
