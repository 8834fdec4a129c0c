import type { SessionKeyFinder } from '../blocks/sessionKey';
import type { EventLog } from '../events/eventLog';
import type { FoundFormat } from '../formats/detection';
import type { Continuations } from '../records/continuations';
import type { RecordReaderOptions } from '../records/recordReader';
import type { LineRange, TimeGate } from '../records/timeGate';
import type { Timeline } from '../records/timeline';
import type { LearningEvents } from '../templates/eventSource';

/** How a log of any format is read. */
export interface RecordReading {
  /** Mines the templates; may be shared by logs that are compared. */
  events: LearningEvents;
  /** Finds session keys in a record's line; windows if left out. */
  sessionKey?: SessionKeyFinder;
  /** What is known of the log. */
  options: RecordReaderOptions;
  /** Lets the records of a time range through; all if left out. */
  gate?: TimeGate;
}

/** A log of any format, read for judging without labels. */
export interface RecordLog {
  /** Its records as events; the blocks are its sessions, or windows of what each of its sources wrote. */
  eventLog: EventLog;
  /** First physical line of the record of each entry of the event log. */
  lines: Uint32Array;
  /** Time of that record in milliseconds since 1970; NaN where it has none. */
  times: Float64Array;
  /** Number of the source that wrote it, see SourceTable; above `sourceCount` of one that came after they were counted. */
  sources: Uint16Array;
  /** How many numbers of sources are told apart, those of no source among them; 1 if they are not. */
  sourceCount: number;
  /** Per entry of a stream where it stands in what its source wrote, see StreamColumns; in a log of sessions its line. */
  places: Uint32Array;
  /** Session key of each block; undefined where the blocks are windows. */
  keyOf: ((block: number) => string) | undefined;
  /** In a log of sessions its records that belong to none, as a stream; undefined if there are no such. */
  outside: RecordLog | undefined;
  continuations: Continuations;
  formats: readonly FoundFormat[];
  lineCount: number;
  records: number;
  clippedLines: number;
  /** Lines that patterns did not see as a whole, see LineWatch. */
  limitedLines: number;
  /** Whether its last line has no end and is torn, so that it was left out. */
  isTorn?: boolean;
  /** How often a record named a session for which the table of sessions had no room. */
  refusedKeys: number;
  /** Its records over its time; undefined if they have none. */
  timeline: Timeline | undefined;
  /** Lines outside the time range that was asked for. */
  linesLeftOut: readonly LineRange[];
}
