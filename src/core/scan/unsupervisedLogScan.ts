import { RecordReader } from '../records/recordReader';
import { RecordCollector, type Room } from './recordCollector';
import type { RecordLog, RecordReading } from './recordLog';

/**
 * A log that was read to its end. Logs that share their templates all have to be that before one of them is asked for: the
 * templates are those of what was read until then.
 */
export interface EndedLog {
  /** Entries that are kept of it. */
  kept: number;
  log: () => RecordLog;
}

/**
 * Reads a log of any format as a state machine: bytes in, events of sessions or windows out. Its templates are mined on
 * the way, so there is nothing to be had before its end.
 */
export class UnsupervisedLogScan {
  private readonly reader: RecordReader;
  private readonly collector: RecordCollector;

  /** @param room for what is kept of the log */
  constructor(reading: RecordReading, room?: Room) {
    this.collector = new RecordCollector(reading, room);
    this.reader = new RecordReader(reading.gate?.before(this.collector) ?? this.collector, reading.options);
  }

  /**
   * Takes the next bytes of the log, as they are on disk.
   * @throws NotTextError once its beginning shows that it is no text
   * @throws CancelledError if the watch has asked and the scan is no longer wanted
   */
  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
  }

  /**
   * Says that the log is complete.
   * @throws NotTextError if it is no text
   */
  end(): EndedLog {
    const { reader, collector } = this;
    const isTorn = reader.finish((bytes, start, contentEnd) => collector.isBeginning(bytes, start, contentEnd));
    collector.complete();
    return { kept: collector.length, log: () => ({ ...collector.log(reader), isTorn }) };
  }
}
