import { doubled } from './doubled';
import { BlockTable, NO_BLOCK } from './blocks/blockTable';
import type { SessionKeyFinder } from './blocks/sessionKey';
import { SourceTable } from './blocks/sourceTable';
import { StreamWindows } from './blocks/streamWindows';
import { EventLogBuilder, type MinedTemplates } from './detectors/labelFree/eventLogBuilder';
import type { EventLog, LogKind } from './detectors/labelFree/eventLog';
import type { FoundFormat } from './formats/detection';
import { UNKNOWN_LEVEL } from './formats/level';
import type { RecordHeader } from './formats/recordHeader';
import { Continuations } from './input/continuations';
import { RecordReader, type RecordReaderOptions, type RecordSink } from './input/recordReader';
import type { LineRange, TimeGate } from './input/timeGate';
import { LineWatch } from './patterns/lineWatch';
import type { LearningEvents } from './templates/eventSource';

/** A log of any format, read for judging without labels. */
export interface RecordLog {
  /** Its records as events; the blocks are its sessions, or windows of what each of its sources wrote. */
  eventLog: EventLog;
  /** First physical line of the record of each entry of the event log. */
  lines: Uint32Array;
  /** Time of that record in milliseconds since 1970; NaN where it has none. */
  times: Float64Array;
  /** Number of the source that wrote it, see SourceTable; above `sourceCount` of one that came after they were counted. */
  sources: Uint32Array;
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
  private continuations = new Continuations();
  private records = 0;
  private hasEnded = false;
  private readonly watch: LineWatch;
  /** Lines of other scans that the watch has counted before, and all when this one had ended. */
  private readonly limitedBefore: number;
  private limitedAtEnd: number | undefined;

  private readonly sources = new SourceTable();
  /** How many sources are told apart, as it was when it was asked first. */
  private sourceCount: number | undefined;
  /** Source of the record that is being read. */
  private source = 0;
  /** Sessions of the record that is being read. */
  private readonly recordBlocks = new Set<number>();
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
    private table = new BlockTable(),
  ) {
    const sink: RecordSink = {
      onRecord: this.takeRecord.bind(this),
      onContinuation: (firstLine) => this.continuations.add(firstLine),
      onTrace: this.takeTrace.bind(this),
    };
    this.watch = options.watch ?? new LineWatch();
    this.limitedBefore = this.watch.limitedLines;
    this.reader = new RecordReader(gate?.before(sink) ?? sink, { ...options, watch: this.watch });
  }

  /** Physical lines read so far. */
  get lineCount(): number {
    return this.reader.lines;
  }

  /** Lines so far of which only the beginning was parsed. */
  get clippedLines(): number {
    return this.reader.clippedLines;
  }

  /** Lines so far that patterns did not see as a whole. */
  get limitedLines(): number {
    return (this.limitedAtEnd ?? this.watch.limitedLines) - this.limitedBefore;
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
   * Says that the log is complete. `finish` does it too; where logs share their templates, all of them have to end before
   * the first is finished, for the templates are those of what was read until then.
   * @throws NotTextError if it is no text
   */
  end(): void {
    if (!this.hasEnded) {
      this.hasEnded = true;
      this.reader.finish();
      this.limitedAtEnd = this.watch.limitedLines;
    }
  }

  /**
   * The complete log.
   * @throws NotTextError if it is no text
   */
  finish(): RecordLog {
    this.end();
    return this.soFar();
  }

  /**
   * Gives out what was held back to find out encoding and format, and keeps the templates as they are from now on.
   * @throws NotTextError if what there is is no text
   */
  freeze(): void {
    this.reader.settle();
    this.reader.endTrace();
    this.events.miner.freeze();
  }

  /** Says that the log goes on in another file: what comes does not continue the last record. All lines are complete. */
  endFile(): void {
    this.reader.endFile();
  }

  /**
   * Takes the stack trace of the last record as complete, which is else waited for.
   * @returns whether there was one
   */
  endTrace(): boolean {
    return this.reader.endTrace();
  }

  /**
   * Drops the records so far and the sessions that they belong to; after {@link endFile} and {@link freeze}. Lines are
   * counted on, and what was given stays as it is but for the keys of sessions.
   */
  forget(): void {
    this.entries.forget();
    this.outside.forget();
    this.continuations = new Continuations();
    this.table = new BlockTable();
  }

  /**
   * What was read so far, but for a line that is not complete. After {@link freeze} more may be pushed, and asking again
   * costs no more than what came since; what was given stays as it is.
   */
  soFar(): RecordLog {
    const { format, lines, clippedLines } = this.reader;
    const kind: LogKind =
      this.sessionKey !== undefined ? 'sessions' : format?.reader().rules.console === true ? 'console' : 'stream';
    const mined = this.events.miner.finish();
    const sourceCount = (this.sourceCount ??= kind === 'console' ? 1 : this.sources.count);
    const shared = {
      sourceCount,
      continuations: this.continuations,
      formats: format?.formats ?? [],
      lineCount: lines,
      records: this.records,
      clippedLines,
      limitedLines: this.limitedLines,
      refusedKeys: this.table.refused,
      linesLeftOut: this.gate?.linesLeftOut(lines) ?? [],
    };
    return {
      ...this.entries.finish(mined, kind, sourceCount),
      keyOf: this.sessionKey === undefined ? undefined : (block) => this.table.key(block),
      outside: this.outside.isEmpty
        ? undefined
        : { ...this.outside.finish(mined, 'stream', sourceCount), keyOf: undefined, outside: undefined, ...shared },
      ...shared,
    };
  }

  private takeRecord(bytes: Uint8Array, start: number, end: number, line: number, header: RecordHeader): void {
    this.records++;
    const event = this.events.eventOf(bytes, header.contentStart, header.contentEnd);
    this.source = this.sources.numberOf(bytes, header.sourceStart, header.sourceEnd);
    if (this.sessionKey !== undefined) {
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
    const { source } = this;
    if (this.sessionKey === undefined) {
      this.entries.add(event, level, line, time, source, 0);
      return;
    }
    if (this.recordBlocks.size === 0) {
      this.outside.add(event, level, line, time, source, 0);
    }
    for (const block of this.recordBlocks) {
      this.entries.add(event, level, line, time, source, block);
    }
  }
}

/** Entries of an event log with the lines and times of their records. */
class Entries {
  private readonly builder = new EventLogBuilder();
  private lines = new Uint32Array(1024);
  private times = new Float64Array(1024);
  private sources = new Uint32Array(1024);
  private length = 0;
  private windows: StreamWindows | undefined;

  get isEmpty(): boolean {
    return this.length === 0;
  }

  /** @param session that it belongs to, 0 in a stream */
  add(event: number, level: number, line: number, time: number, source: number, session: number): void {
    if (this.length === this.lines.length) {
      this.lines = doubled(this.lines);
      this.times = doubled(this.times);
      this.sources = doubled(this.sources);
    }
    this.lines[this.length] = line;
    this.times[this.length] = time;
    this.sources[this.length] = source;
    this.length++;
    this.builder.add(event, level, session, session);
  }

  forget(): void {
    this.builder.forget();
    this.lines = new Uint32Array(1024);
    this.times = new Float64Array(1024);
    this.sources = new Uint32Array(1024);
    this.length = 0;
    this.windows = undefined;
  }

  finish(
    mined: MinedTemplates,
    kind: LogKind,
    sourceCount: number,
  ): Pick<RecordLog, 'eventLog' | 'lines' | 'times' | 'sources' | 'places'> {
    const eventLog = this.builder.finish(mined, kind);
    const lines = this.lines.subarray(0, this.length);
    const sources = this.sources.subarray(0, this.length);
    this.windows ??= new StreamWindows(sourceCount);
    const stream = kind === 'sessions' ? undefined : this.windows.of(lines, sources);
    return {
      eventLog: { ...eventLog, ...stream?.eventLog },
      places: stream?.places ?? lines,
      lines,
      times: this.times.subarray(0, this.length),
      sources,
    };
  }
}
