import { refuseIfCancelled } from '../../core/cancellation';
import type { LogReading, ModelLog, RecordView } from '../../core/scan/modelLog';
import { ModelLogScan } from '../../core/scan/modelLogScan';
import { pushSteps } from '../../core/patterns/steps';
import type { TimeGate } from '../../core/records/timeGate';
import { namingLog } from '../files/notText';
import type { LogSource } from '../files/logSource';
import { inTurns } from '../files/inTurns';

/** How the reading of a log speaks with its caller. */
export interface ReadingHooks {
  /** Called after every chunk: bytes read so far and the log's size on disk (0 if unknown). */
  onProgress?: (bytesRead: number, size: number) => void;
  /** Asked before every chunk; once it says true the reading ends with a CancelledError. */
  isCancelled?: () => boolean;
  /** Called for every record. */
  onRecord?: (record: RecordView) => void;
  /** Awaited after every chunk, for those who collect what onRecord gave. */
  afterChunk?: () => Promise<void>;
}

/**
 * Reads a log through the first half of the pipeline.
 * @param gate lets the records of a time range through; all if left out
 * @throws UserError if it cannot be read or is no text
 * @throws CancelledError if the hooks say so
 */
export async function readLog(
  source: LogSource,
  reading: LogReading,
  hooks: ReadingHooks = {},
  gate?: TimeGate,
): Promise<ModelLog> {
  const scan = new ModelLogScan(reading, hooks.onRecord, gate);
  try {
    for await (const chunk of source.chunks()) {
      refuseIfCancelled(hooks);
      await inTurns(pushSteps(scan, chunk, reading.watch), hooks);
      await hooks.afterChunk?.();
      hooks.onProgress?.(source.bytesRead(), source.size);
    }
    const log = scan.finish();
    await hooks.afterChunk?.();
    return log;
  } catch (error) {
    throw namingLog(error, source);
  }
}
