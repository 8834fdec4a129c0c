import type { SessionKeyFinder } from '../../src/core/blocks/sessionKey';
import { LogProbe } from '../../src/core/scan/logProbe';
import { RecordReader, type RecordReaderOptions } from '../../src/core/records/recordReader';
import type { RecordSink } from '../../src/core/records/recordSink';
import type { Room } from '../../src/core/scan/recordCollector';
import type { RecordLog, RecordReading } from '../../src/core/scan/recordLog';
import { UnsupervisedLogScan } from '../../src/core/scan/unsupervisedLogScan';
import { LearningEvents } from '../../src/core/templates/eventSource';
import { utf8 } from './bytes';

/** A reader of a log whose beginning was looked at, as the programs have it. */
export function recordReader(
  beginning: Uint8Array,
  sink: RecordSink,
  options: Partial<RecordReaderOptions> = {},
): RecordReader {
  return new RecordReader(sink, { preview: new LogProbe(beginning).preview, ...options });
}

/** How a log is read of which the beginning was looked at. */
export function recordReading(
  beginning: string | Uint8Array,
  sessionKey?: SessionKeyFinder,
  events = new LearningEvents(),
): RecordReading {
  const { preview } = new LogProbe(typeof beginning === 'string' ? utf8(beginning) : beginning);
  return { events, sessionKey, options: { preview } };
}

/** A log that is read as a whole. */
export function recordLog(text: string, sessionKey?: SessionKeyFinder, room?: Room): RecordLog {
  const scan = new UnsupervisedLogScan(recordReading(text, sessionKey), room);
  scan.push(utf8(text));
  return scan.end().log();
}
