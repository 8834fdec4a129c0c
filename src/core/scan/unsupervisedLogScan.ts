import { BlockTable, NO_BLOCK } from '../blocks/blockTable';
import type { SessionKeyFinder } from '../blocks/sessionKey';
import { SourceTable } from '../blocks/sourceTable';
import { FormCounts } from '../events/eventLogBuilder';
import type { EventLog, LogKind } from '../events/eventLog';
import type { FoundFormat } from '../formats/detection';
import { UNKNOWN_LEVEL } from '../formats/level';
import type { RecordHeader } from '../formats/recordHeader';
import { Continuations } from '../records/continuations';
import { RecordReader, type RecordReaderOptions, type RecordSink } from '../records/recordReader';
import type { LineRange, TimeGate } from '../records/timeGate';
import { LineWatch } from '../patterns/lineWatch';
import { areFew, type EntrySample } from './entrySample';
import type { EntryColumns, NewEntry } from './recordEntries';
import { SessionSample } from './sessionSample';
import { StretchSample } from './stretchSample';
import type { LearningEvents } from '../templates/eventSource';

/**
 * Entries of a log that are judged at most: what judging needs of memory grows with them. Of a log that has more every
 * second, fourth, eighth … session or stretch is judged, and what is rare.
 */
export const MAX_ENTRIES = 1 << 23;

/** What is left of a log where few are kept is still some stretches, and what is rare. */
export const FEWEST_ENTRIES = 1 << 14;

/** Records with continuation lines that are kept whatever their records are. */
const CONTINUATIONS = 1 << 20;

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
export class UnsupervisedLogScan {
  private readonly reader: RecordReader;
  private readonly entries: EntrySample;
  /** The same as `entries` in a log of sessions. */
  private readonly sessions: SessionSample | undefined;
  /**
   * In a log of sessions the records without key, and of the records whose sessions are all left out the first of each
   * form.
   */
  private readonly outside: StretchSample;
  private readonly forms = new FormCounts();
  private isSettled = false;
  /** Whether entries were left out. */
  private isSample = false;
  /** Records with continuation lines from which those of records that were left out are dropped. */
  private manyContinuations = CONTINUATIONS;
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
  /** The record that is being read, the same object for all. */
  private readonly entry: NewEntry = { event: 0, level: 0, line: 0, time: NaN, source: 0, rank: 0 };
  /** Sessions of the record that is being read. */
  private readonly recordBlocks = new Set<number>();
  /** Whether it names one for which the table has no room, in a log of which sessions are left out anyway. */
  private namesLeftOut = false;
  private readonly encoder = new TextEncoder();

  /**
   * @param events mines the templates; may be shared by logs that are compared
   * @param sessionKey finds session keys in a record's line; windows if left out
   * @param options what is known of the log
   * @param gate lets the records of a time range through; all if left out
   * @param table numbers the sessions
   * @param mostEntries that are kept, {@link FEWEST_ENTRIES} at least
   */
  constructor(
    private readonly events: LearningEvents,
    private readonly sessionKey: SessionKeyFinder | undefined,
    options: RecordReaderOptions = {},
    private readonly gate?: TimeGate,
    private table = new BlockTable(),
    private readonly mostEntries = MAX_ENTRIES,
  ) {
    this.sessions = sessionKey && new SessionSample(mostEntries);
    this.entries = this.sessions ?? new StretchSample(mostEntries);
    this.outside = new StretchSample(mostEntries);
    const sink: RecordSink = {
      onRecord: this.takeRecord.bind(this),
      onContinuation: this.takeContinuation.bind(this),
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

  /** Entries that are kept. */
  get kept(): number {
    return this.entries.length + this.outside.length;
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
      this.table.complete();
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
   * Gives out what was held back to find out encoding and format, and keeps the templates as they are from now on. No
   * entries are left out any more, but those of sessions that are.
   * @throws NotTextError if what there is is no text
   */
  freeze(): void {
    this.reader.settle();
    this.reader.endTrace();
    this.events.miner.freeze();
    this.isSettled = true;
    this.entries.settle();
    this.outside.settle();
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
   * Drops the records so far and the sessions that they belong to; after {@link freeze}. Lines are
   * counted on, and what was given stays as it is but for the keys of sessions.
   */
  forget(): void {
    this.entries.forget();
    this.outside.forget();
    this.continuations = new Continuations();
    this.table = new BlockTable();
    this.isSample = false;
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
    const { sessions, outside } = this;
    const columnsOf = (sample: EntrySample, ownKind: LogKind): EntryColumns =>
      sample.finish(mined, ownKind, sourceCount, this.isSample ? { by: sample.sample, forms: this.forms } : undefined);
    return {
      ...columnsOf(this.entries, kind),
      keyOf: sessions && ((block) => this.table.key(sessions.sessionOf(block))),
      outside:
        outside.length === 0
          ? undefined
          : { ...columnsOf(outside, 'stream'), keyOf: undefined, outside: undefined, ...shared },
      ...shared,
    };
  }

  private takeRecord(bytes: Uint8Array, start: number, end: number, line: number, header: RecordHeader): void {
    this.records++;
    const event = this.events.eventOf(bytes, header.contentStart, header.contentEnd);
    this.entry.source = this.sources.numberOf(bytes, header.sourceStart, header.sourceEnd);
    if (this.sessionKey !== undefined) {
      this.recordBlocks.clear();
      this.namesLeftOut = false;
      this.sessionKey.find(bytes, start, end, this.takeKey);
    }
    this.add(event, header.level, line, header.time);
  }

  private readonly takeKey = (bytes: Uint8Array, start: number, end: number): void => {
    const block = this.table.numberOf(bytes, start, end);
    if (block !== NO_BLOCK) {
      this.recordBlocks.add(block);
    } else {
      this.namesLeftOut ||= this.isSample && !this.isSettled;
    }
  };

  /** A stack trace is one more event of its record's blocks. */
  private takeTrace(signature: string, line: number): void {
    const bytes = this.encoder.encode(signature);
    this.add(this.events.eventOf(bytes, 0, bytes.length), UNKNOWN_LEVEL, line, NaN);
  }

  private takeContinuation(firstLine: number): void {
    this.continuations.add(firstLine);
    if (this.isSample && !this.isSettled && this.continuations.length >= this.manyContinuations) {
      this.continuations = this.continuations.only(keptLines([this.entries, this.outside], firstLine));
      this.manyContinuations = CONTINUATIONS + 2 * this.continuations.length;
    }
  }

  private add(event: number, level: number, line: number, time: number): void {
    const { entry, entries, outside } = this;
    entry.event = event;
    entry.level = level;
    entry.line = line;
    entry.time = time;
    entry.rank = this.forms.take(event, level);
    if (this.sessionKey === undefined) {
      entries.add(entry, 0);
    } else if (this.recordBlocks.size === 0 && !this.namesLeftOut) {
      outside.add(entry, 0);
    } else {
      let isKept = false;
      for (const block of this.recordBlocks) {
        isKept = entries.add(entry, block) || isKept;
      }
      if (!isKept && areFew(entry.rank)) {
        outside.add(entry, 0);
      }
    }
    if (entries.length + outside.length >= this.mostEntries && !this.isSettled) {
      this.isSample = true;
      (outside.length > entries.length ? outside : entries).leaveOut();
    }
  }
}

/** The lines of the records of some entries, ascending, and one line more, which comes after them or is the last. */
function keptLines(samples: readonly EntrySample[], last: number): Uint32Array {
  const lines = new Uint32Array(samples.reduce((sum, { length }) => sum + length, 1));
  let count = 0;
  for (const sample of samples) {
    for (let entry = 0; entry < sample.length; entry++) {
      lines[count++] = sample.lineOf(entry);
    }
  }
  lines[count] = last;
  return lines.sort();
}
