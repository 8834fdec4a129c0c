import { ByteDecoder } from '../input/byteDecoder';
import type { TimeGate } from '../records/timeGate';
import { KeptBlocks } from './keptBlocks';
import { ModelLines } from './modelLines';
import type { LogReading, ModelLog, RecordView } from './modelLog';

/**
 * The first half of the pipeline as a state machine: it is pushed the bytes of a log and groups its records by session.
 * The chunk sizes make no difference to the result.
 */
export class ModelLogScan {
  private readonly text: ModelLines;
  private readonly decoder: ByteDecoder;

  /**
   * @param reading how the log is read
   * @param onRecord called for every record, for those who want more than the blocks
   * @param gate lets the records of a time range through; all if left out
   * @param mostBytes that what is kept of the log takes, see KeptBlocks
   * @throws UserError if the format cannot be used
   */
  constructor(reading: LogReading, onRecord?: (record: RecordView) => void, gate?: TimeGate, mostBytes?: number) {
    this.text = new ModelLines(reading, onRecord, gate, new KeptBlocks(mostBytes));
    this.decoder = new ByteDecoder((bytes) => this.text.push(bytes), reading.text);
  }

  /** Physical lines read so far. */
  get lines(): number {
    return this.text.lines;
  }

  /** Empty lines read so far. */
  get emptyLines(): number {
    return this.text.emptyLines;
  }

  /** Records read so far. */
  get records(): number {
    return this.text.records;
  }

  /**
   * Takes the next bytes of the log, as they are on disk.
   * @throws NotTextError once its beginning shows that it is no text
   * @throws CancelledError if the watch has asked and the scan is no longer wanted
   */
  push(chunk: Uint8Array): void {
    this.decoder.push(chunk);
    this.text.kept.leaveOut();
  }

  /**
   * Says that the log is complete.
   * @throws NotTextError if it is no text
   */
  finish(): ModelLog {
    this.decoder.end();
    this.text.end();
    this.text.kept.complete();
    return this.text.soFar();
  }

  /** Says that the blocks keep their numbers from now on: what is kept is kept, and grows with the log. */
  settle(): void {
    this.text.kept.settle();
  }

  /** Drops the records so far and the blocks that they belong to; lines are counted on, and what was given stays as it is. */
  forget(): void {
    this.text.forget();
  }

  /** Bytes that what is kept takes, see KeptBlocks. */
  get keptBytes(): number {
    return this.text.kept.bytes;
  }

  /** Says that the log goes on in another file: what comes does not continue the last record. */
  endRecord(): void {
    this.text.endRecord();
  }

  /**
   * What was read so far, but for a line that is not complete; more may be pushed after it. The encoding is settled by it.
   * @throws NotTextError if it is no text
   */
  soFar(): ModelLog {
    this.decoder.settle();
    return this.text.soFar();
  }
}
