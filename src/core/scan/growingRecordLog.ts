import { FollowedText } from '../input/followedText';
import { FIRST_FILE, KEPT_RECORDS, type GrowingLog } from './growingLog';
import type { RecordLog, UnsupervisedLogScan } from './unsupervisedLogScan';

/** A log of any format that is read as it grows. Its templates are those that it has when it is first asked what it holds. */
export class GrowingRecordLog implements GrowingLog<RecordLog> {
  file = FIRST_FILE;
  /** Records that were learned from; undefined before. */
  private learned: number | undefined;
  private text = this.newText();

  /**
   * @param scan reads the log from its beginning, and is nobody else's
   * @param keptRecords see {@link KEPT_RECORDS}
   */
  constructor(
    private readonly scan: UnsupervisedLogScan,
    private readonly keptRecords = KEPT_RECORDS,
  ) {}

  push(bytes: Uint8Array): void {
    this.text.push(bytes);
  }

  endLine(): boolean {
    this.text.settle();
    const endsLine = this.text.endLine();
    const endsTrace = this.scan.endTrace();
    return endsLine || endsTrace;
  }

  beginFile(): void {
    this.text.endFile();
    this.scan.endFile();
    this.text = this.newText();
    const { lineCount: lines, clippedLines, limitedLines } = this.scan;
    // What was not learned from yet is kept.
    const hasDropped = this.learned !== undefined && this.scan.kept > this.keptRecords;
    if (hasDropped) {
      this.forget();
    }
    this.file = { lines, unknownRecords: 0, clippedLines, limitedLines, hasDropped, droppedLines: 0 };
  }

  get isFull(): boolean {
    return this.learned !== undefined && this.scan.kept > this.learned + this.keptRecords;
  }

  drop(): void {
    this.forget();
    this.file = { ...this.file, droppedLines: this.scan.lineCount - this.file.lines };
  }

  soFar(): RecordLog {
    this.text.settle();
    if (this.learned === undefined) {
      this.scan.freeze();
      this.learned = this.scan.kept;
    }
    return this.scan.soFar();
  }

  private forget(): void {
    this.scan.forget();
    this.learned = 0;
  }

  private newText(): FollowedText {
    return new FollowedText((bytes) => this.scan.push(bytes));
  }
}
