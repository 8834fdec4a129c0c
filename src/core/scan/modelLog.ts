import type { BlockIndex, EntryStore } from '../blocks/entryStore';
import type { SessionKeyFinder } from '../blocks/sessionKey';
import type { LogFormat } from '../formats/logFormat';
import type { RecordHeader } from '../formats/recordHeader';
import type { TextVerdict } from '../input/textRule';
import type { LineWatch } from '../patterns/lineWatch';
import type { Continuations } from '../records/continuations';
import type { Timeline } from '../records/timeline';
import type { EventSource } from '../templates/eventSource';

/** The event of a record whose message has no template. */
export const UNKNOWN_EVENT = 0xffff;

/** How a log is read: the parts of the pipeline before the features. */
export interface LogReading {
  /** The fixed header of a model's logs; every other line continues a record. */
  format: LogFormat;
  sessionKey: SessionKeyFinder;
  events: EventSource;
  /** Stands beside the lines; that of the session key if it has one. */
  watch?: LineWatch;
  /** What the beginning of the log says of its text; nothing is held back to find that out then. */
  text?: TextVerdict;
}

/** A record as the scan comes by it; all positions are in `bytes` and only valid during the call. */
export interface RecordView {
  bytes: Uint8Array;
  /** First physical line, from 1. */
  line: number;
  /** Its fields: field i is `bytes[header.starts[i]…header.ends[i])`; content, level, time and component. */
  header: RecordHeader;
  /** Template index or {@link UNKNOWN_EVENT}. */
  event: number;
}

/** The blocks of a log and what was counted on the way. */
export interface ScannedLog {
  blocks: BlockIndex;
  /** Number of blocks. */
  blockCount: number;
  /** Session key of a block. */
  keyOf: (block: number) => string;
  /** First and last time of each block in milliseconds since 1970 as of TimeLayout; NaN where there is none. */
  firstTimes: Float64Array;
  lastTimes: Float64Array;
  continuations: Continuations;
  /** Physical lines. */
  lines: number;
  /** Records: lines that begin with a header. */
  records: number;
  /** Records without template. */
  unknownRecords: number;
  /** Lines of which only the beginning was parsed. */
  clippedLines: number;
  /** Lines that patterns did not see as a whole, see LineWatch. */
  limitedLines: number;
  /** Its records over its time; undefined if they have none. */
  timeline: Timeline | undefined;
  /** What was kept of a log that needs too much memory; undefined if all of it was. */
  sample: SessionsSample | undefined;
}

/** Which sessions of a log were kept, and what of them. */
export interface SessionsSample {
  /** One of about how many sessions; which they are follows from their keys. */
  step: number;
  /** How many of its records a session has at most, its first ones. */
  longest: number;
}

/** A log as a model reads it, of which more may come: its entries in place of its blocks. */
export interface ModelLog extends Omit<ScannedLog, 'blocks'> {
  entries: EntryStore;
}

/** A log that is complete, by blocks. Its entries are taken from it, for both do not fit side by side. */
export function grouped({ entries, ...counted }: ModelLog): ScannedLog {
  return { blocks: entries.group(counted.blockCount), ...counted };
}
