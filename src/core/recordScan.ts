import { BlockTable, NO_BLOCK } from './blocks/blockTable';
import type { SessionKeyFinder } from './blocks/sessionKey';
import { EventLogBuilder, type MinedTemplates } from './detectors/labelFree/eventLogBuilder';
import type { EventLog, LogKind } from './detectors/labelFree/eventLog';
import type { FoundFormat } from './formats/detection';
import { UNKNOWN_LEVEL } from './formats/level';
import type { RecordHeader } from './formats/recordHeader';
import { Continuations } from './input/continuations';
import { RecordReader, type RecordReaderOptions, type RecordSink } from './input/recordReader';
import type { LineRange, TimeGate } from './input/timeGate';
import type { LearningEvents } from './templates/eventSource';

/** Physical lines of a block where a log has no sessions. */
export const WINDOW_LINES = 20;

/** A log of any format, read for judging without labels. */
export interface RecordLog {
  /** Its records as events; the blocks are its sessions, or windows of {@link WINDOW_LINES} lines. */
  eventLog: EventLog;
  /** First physical line of the record of each entry of the event log. */
  lines: Uint32Array;
  /** Time of that record in milliseconds since 1970; NaN where it has none. */
  times: Float64Array;
  /** Session key of each block; undefined where the blocks are windows. */
  keyOf: ((block: number) => string) | undefined;
  /** In a log of sessions its records that belong to none, as a stream; undefined if there are no such. */
  outside: RecordLog | undefined;
  continuations: Continuations;
  formats: readonly FoundFormat[];
  lineCount: number;
  records: number;
  clippedLines: number;
  /** How often a record named a session for which the table of sessions had no room. */
  refusedKeys: number;
  /** Lines outside the time range that was asked for. */
  linesLeftOut: readonly LineRange[];
}

/**
 * Reads a log of any format as a state machine: bytes in, events of sessions or windows out. Its templates are mined on
 * the way, so it is complete only at its end. In a log with sessions, records without key belong to none and are a stream
 * of their own.
 */
export class RecordScan {
  private readonly reader: RecordReader;
  private readonly entries = new Entries();
  /** In a log of sessions those of the records without key. */
  private readonly outside = new Entries();
  private readonly continuations = new Continuations();
  private records = 0;
  private hasEnded = false;
  /** Windows with records without key so far, and the last one's place in the log. */
  private outsideWindows = 0;
  private outsideWindow = -1;

  /** Sessions of the record that is being read, or where there are none its window. */
  private readonly recordBlocks = new Set<number>();
  private recordWindow = 0;
  private readonly encoder = new TextEncoder();

  /**
   * @param events mines the templates; may be shared by logs that are compared
   * @param sessionKey finds session keys in a record's line; windows if left out
   * @param options what is known of the log
   * @param gate lets the records of a time range through; all if left out
   * @param table numbers the sessions
   */
  constructor(
    private readonly events: LearningEvents,
    private readonly sessionKey: SessionKeyFinder | undefined,
    options: RecordReaderOptions = {},
    private readonly gate?: TimeGate,
    private readonly table = new BlockTable(),
  ) {
    const sink: RecordSink = {
      onRecord: this.takeRecord.bind(this),
      onContinuation: (firstLine) => this.continuations.add(firstLine),
      onTrace: this.takeTrace.bind(this),
    };
    this.reader = new RecordReader(gate?.before(sink) ?? sink, options);
  }

  /** Physical lines read so far. */
  get lineCount(): number {
    return this.reader.lines;
  }

  /**
   * Takes the next bytes of the log, as they are on disk.
   * @throws NotTextError once its beginning shows that it is no text
   */
  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
  }

  /**
   * Says that the log is complete. `finish` does it too; where logs share their templates, all of them have to end before
   * the first is finished, for the templates are those of what was read until then.
   * @throws NotTextError if it is no text
   */
  end(): void {
    if (!this.hasEnded) {
      this.hasEnded = true;
      this.reader.finish();
    }
  }

  /**
   * The complete log.
   * @throws NotTextError if it is no text
   */
  finish(): RecordLog {
    this.end();
    const { format, lines, clippedLines } = this.reader;
    const kind: LogKind =
      this.sessionKey !== undefined ? 'sessions' : format?.reader().rules.console === true ? 'console' : 'stream';
    const mined = this.events.miner.finish();
    const shared = {
      continuations: this.continuations,
      formats: format?.formats ?? [],
      lineCount: lines,
      records: this.records,
      clippedLines,
      refusedKeys: this.table.refused,
      linesLeftOut: this.gate?.linesLeftOut(lines) ?? [],
    };
    return {
      ...this.entries.finish(mined, kind),
      keyOf: this.sessionKey === undefined ? undefined : (block) => this.table.key(block),
      outside: this.outside.isEmpty
        ? undefined
        : { ...this.outside.finish(mined, 'stream'), keyOf: undefined, outside: undefined, ...shared },
      ...shared,
    };
  }

  private takeRecord(bytes: Uint8Array, start: number, end: number, line: number, header: RecordHeader): void {
    this.records++;
    const event = this.events.eventOf(bytes, header.contentStart, header.contentEnd);
    if (this.sessionKey === undefined) {
      this.recordWindow = Math.floor((line - 1) / WINDOW_LINES);
    } else {
      this.recordBlocks.clear();
      this.sessionKey.find(bytes, start, end, this.takeKey);
    }
    this.add(event, header.level, line, header.time);
  }

  private readonly takeKey = (bytes: Uint8Array, start: number, end: number): void => {
    const block = this.table.numberOf(bytes, start, end);
    if (block !== NO_BLOCK) {
      this.recordBlocks.add(block);
    }
  };

  /** A stack trace is one more event of its record's blocks. */
  private takeTrace(signature: string, line: number): void {
    const bytes = this.encoder.encode(signature);
    this.add(this.events.eventOf(bytes, 0, bytes.length), UNKNOWN_LEVEL, line, NaN);
  }

  private add(event: number, level: number, line: number, time: number): void {
    if (this.sessionKey === undefined) {
      // A stream without sessions is one sequence.
      this.entries.add(event, level, line, time, 0, this.recordWindow);
      return;
    }
    if (this.recordBlocks.size === 0) {
      this.outside.add(event, level, line, time, 0, this.outsideWindowOf(line));
    }
    for (const block of this.recordBlocks) {
      // A session goes on by itself.
      this.entries.add(event, level, line, time, block, block);
    }
  }

  /** Numbers the windows that hold records without key, so that none is empty. */
  private outsideWindowOf(line: number): number {
    const window = Math.floor((line - 1) / WINDOW_LINES);
    if (window !== this.outsideWindow) {
      this.outsideWindow = window;
      this.outsideWindows++;
    }
    return this.outsideWindows - 1;
  }
}

/** Entries of an event log with the lines and times of their records. */
class Entries {
  private readonly builder = new EventLogBuilder();
  private lines = new Uint32Array(1024);
  private times = new Float64Array(1024);
  private length = 0;

  get isEmpty(): boolean {
    return this.length === 0;
  }

  add(event: number, level: number, line: number, time: number, sequence: number, block: number): void {
    if (this.length === this.lines.length) {
      this.lines = enlarge(this.lines, Uint32Array);
      this.times = enlarge(this.times, Float64Array);
    }
    this.lines[this.length] = line;
    this.times[this.length] = time;
    this.length++;
    this.builder.add(event, level, sequence, block);
  }

  finish(mined: MinedTemplates, kind: LogKind): Pick<RecordLog, 'eventLog' | 'lines' | 'times'> {
    return {
      eventLog: this.builder.finish(mined, kind),
      lines: this.lines.subarray(0, this.length),
      times: this.times.subarray(0, this.length),
    };
  }
}

function enlarge<T extends Uint32Array | Float64Array>(array: T, type: new (length: number) => T): T {
  const larger = new type(2 * array.length);
  larger.set(array);
  return larger;
}
