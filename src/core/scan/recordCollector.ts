import { BlockTable, NO_BLOCK } from '../blocks/blockTable';
import type { SessionKeyFinder } from '../blocks/sessionKey';
import { SourceTable } from '../blocks/sourceTable';
import { FormCounts } from '../events/eventLogBuilder';
import type { LogKind } from '../events/eventLog';
import { UNKNOWN_LEVEL } from '../formats/level';
import type { RecordHeader } from '../formats/recordHeader';
import { Continuations } from '../records/continuations';
import type { RecordReader } from '../records/recordReader';
import type { RecordSink } from '../records/recordSink';
import type { TimeGate } from '../records/timeGate';
import { TimelineCounter } from '../records/timeline';
import type { LearningEvents } from '../templates/eventSource';
import { areFew, type EntrySample } from './entrySample';
import type { EntryColumns, NewEntry } from './recordEntries';
import type { RecordLog, RecordReading } from './recordLog';
import { SessionSample } from './sessionSample';
import { OutcomeLines } from './outcomeLines';
import { SegmentSample } from './segmentSample';

/**
 * Entries of a log that are judged at most: what judging needs of memory grows with them. Of a log that has more every
 * second, fourth, eighth … session or segment is judged, and what is rare.
 */
export const MAX_ENTRIES = 1 << 23;

/** What is left of a log where few are kept is still some segments, and what is rare. */
export const FEWEST_ENTRIES = 1 << 14;

/** Records with continuation lines that are kept whatever their records are. */
const CONTINUATIONS = 1 << 20;

/** How much is kept of a log. */
export interface Room {
  /** Entries, {@link FEWEST_ENTRIES} at least. */
  entries?: number;
  /** Numbers the sessions. */
  table?: BlockTable;
}

/**
 * Collects the records of a log as events of sessions or windows. In a log with sessions, records without key belong to none
 * and are a stream of their own.
 */
export class RecordCollector implements RecordSink {
  private readonly entries: EntrySample;
  /** The same as `entries` in a log of sessions. */
  private readonly sessions: SessionSample | undefined;
  /**
   * In a log of sessions the records without key, and of the records whose sessions are all left out the first of each
   * form.
   */
  private readonly outside: SegmentSample;
  private readonly events: LearningEvents;
  private readonly sessionKey: SessionKeyFinder | undefined;
  private readonly gate: TimeGate | undefined;
  /** Of the output of a run. */
  private readonly outcomes: OutcomeLines | undefined;
  private readonly mostEntries: number;
  private table: BlockTable;
  private readonly forms = new FormCounts();
  private isSettled = false;
  /** Whether entries were left out. */
  private isSample = false;
  /** Records with continuation lines from which those of records that were left out are dropped. */
  private manyContinuations = CONTINUATIONS;
  private continuations = new Continuations();
  private records = 0;
  private readonly timeline = new TimelineCounter();

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

  constructor(
    { events, sessionKey, gate, options }: RecordReading,
    { entries = MAX_ENTRIES, table = new BlockTable() }: Room = {},
  ) {
    this.events = events;
    this.sessionKey = sessionKey;
    this.gate = gate;
    const isConsole = sessionKey === undefined && options.preview.format.reader().rules.console;
    this.outcomes = isConsole ? new OutcomeLines() : undefined;
    this.mostEntries = entries;
    this.table = table;
    this.sessions = sessionKey && new SessionSample(entries);
    this.entries = this.sessions ?? new SegmentSample(entries);
    this.outside = new SegmentSample(entries);
  }

  /** How many entries are kept, those of records that belong to no session among them. */
  get length(): number {
    return this.entries.length + this.outside.length;
  }

  /** Says that no more comes. */
  complete(): void {
    this.table.complete();
  }

  /**
   * Keeps the templates as they are from now on. No entries are left out any more, but those of sessions that are: {@link log}
   * may be asked for again and again, and costs no more than what came since.
   */
  freeze(): void {
    this.events.miner.freeze();
    this.isSettled = true;
    this.entries.settle();
    this.outside.settle();
  }

  /**
   * Drops the records so far and the sessions that they belong to. What was given stays as it is but for the keys of
   * sessions.
   */
  forget(): void {
    this.entries.forget();
    this.outside.forget();
    this.outcomes?.forget();
    this.continuations = new Continuations();
    this.table = new BlockTable();
    this.isSample = false;
  }

  /**
   * What was collected, over the templates of what was read so far.
   * @param reader of the log
   */
  log({ format, lines, clippedLines, limitedLines }: RecordReader): RecordLog {
    const kind: LogKind =
      this.sessionKey !== undefined ? 'sessions' : format.reader().rules.console ? 'console' : 'stream';
    const mined = this.events.miner.finish();
    const sourceCount = (this.sourceCount ??= kind === 'console' ? 1 : this.sources.count);
    const shared = {
      sourceCount,
      continuations: this.continuations,
      formats: format.formats,
      lineCount: lines,
      records: this.records,
      clippedLines,
      limitedLines,
      refusedKeys: this.table.refused,
      timeline: this.timeline.timeline(),
      linesLeftOut: this.gate?.linesLeftOut(lines) ?? [],
    };
    const { sessions, outside } = this;
    const columnsOf = (sample: EntrySample, ownKind: LogKind): EntryColumns =>
      sample.finish(mined, ownKind, sourceCount, this.isSample ? { by: sample.sample, forms: this.forms } : undefined);
    const columns = columnsOf(this.entries, kind);
    const outcomes = this.outcomes?.among(columns.lines);
    return {
      ...columns,
      ...(outcomes && { eventLog: { ...columns.eventLog, outcomes } }),
      keyOf: sessions && ((block) => this.table.key(sessions.sessionOf(block))),
      outside:
        outside.length === 0
          ? undefined
          : { ...columnsOf(outside, 'stream'), keyOf: undefined, outside: undefined, ...shared },
      ...shared,
    };
  }

  onRecord(bytes: Uint8Array, start: number, end: number, line: number, header: RecordHeader): void {
    this.records++;
    this.timeline.add(header.time, header.level);
    const event = this.events.eventOf(bytes, header.contentStart, header.contentEnd);
    this.entry.source = this.sources.numberOf(bytes, header.sourceStart, header.sourceEnd);
    if (this.sessionKey !== undefined) {
      this.recordBlocks.clear();
      this.namesLeftOut = false;
      this.sessionKey.find(bytes, start, end, this.takeKey);
    }
    this.outcomes?.take(event, bytes, header.contentStart, header.contentEnd, line);
    this.add(event, header.level, line, header.time);
  }

  /** Whether a message is the beginning of others and none of them, see {@link LearningEvents.isBeginning}. */
  isBeginning(bytes: Uint8Array, start: number, end: number): boolean {
    return this.events.isBeginning(bytes, start, end);
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
  onTrace(signature: string, line: number): void {
    const bytes = this.encoder.encode(signature);
    this.add(this.events.eventOf(bytes, 0, bytes.length), UNKNOWN_LEVEL, line, NaN);
  }

  onContinuation(firstLine: number): void {
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
