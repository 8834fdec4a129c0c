import { FollowedText } from '../input/followedText';
import { FIRST_FILE, KEPT_RECORDS, type GrowingLog } from './growingLog';
import type { RecordLog, UnsupervisedLogScan } from './unsupervisedLogScan';

/** A log of any format that is read as it grows. Its templates are those that it has when it is first asked what it holds. */
export class GrowingRecordLog implements GrowingLog<RecordLog> {
  file = FIRST_FILE;
  private isFrozen = false;
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
    this.file = { lines, unknownRecords: 0, clippedLines, limitedLines, hasDropped: this.dropMany() };
  }

  soFar(): RecordLog {
    this.text.settle();
    if (!this.isFrozen) {
      this.isFrozen = true;
      this.scan.freeze();
    }
    return this.scan.soFar();
  }

  /** What was not learned from yet is kept. */
  private dropMany(): boolean {
    if (!this.isFrozen) {
      return false;
    }
    const { lines, outside } = this.scan.soFar();
    if (lines.length + (outside?.lines.length ?? 0) <= this.keptRecords) {
      return false;
    }
    this.scan.forget();
    return true;
  }

  private newText(): FollowedText {
    return new FollowedText((bytes) => this.scan.push(bytes));
  }
}
