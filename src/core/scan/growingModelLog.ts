import { FollowedText } from '../input/followedText';
import { FIRST_FILE, KEPT_RECORDS, type GrowingLog } from './growingLog';
import type { LogReading, ModelLog } from './modelLog';
import { ModelLogScan } from './modelLogScan';

/** A log that a model reads as it grows. What is kept of it when it is first asked for is kept from then on. */
export class GrowingModelLog implements GrowingLog<ModelLog> {
  file = FIRST_FILE;
  private scan: ModelLogScan;
  private text = this.newText();

  /**
   * @param reading how the model reads logs
   * @param keptRecords see {@link KEPT_RECORDS}
   * @throws UserError if the model's format cannot be used
   */
  constructor(
    private readonly reading: LogReading,
    private readonly keptRecords = KEPT_RECORDS,
  ) {
    this.scan = new ModelLogScan(reading);
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
    const hasDropped = this.scan.records > this.keptRecords;
    if (hasDropped) {
      this.scan = new ModelLogScan(this.reading);
    }
    const { lines, unknownRecords, clippedLines, limitedLines } = this.scan.soFar();
    this.file = { lines, unknownRecords, clippedLines, limitedLines, hasDropped };
  }

  soFar(): ModelLog {
    this.text.settle();
    this.scan.settle();
    return this.scan.soFar();
  }

  private newText(): FollowedText {
    return new FollowedText((bytes) => this.scan.push(bytes));
  }
}
