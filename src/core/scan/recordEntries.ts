import { grown } from '../numeric/columns';
import { StreamWindows } from '../blocks/streamWindows';
import { EventLogBuilder, type FormCounts, type MinedTemplates } from '../events/eventLogBuilder';
import type { EventLog, LeftOut, LogKind } from '../events/eventLog';

/** An entry that is added: what a record is for one of its sessions. */
export interface NewEntry {
  /** Provisional event, see TemplateMiner, and level. */
  event: number;
  level: number;
  /** First physical line of the record, its time in milliseconds since 1970 or NaN, and its source, see SourceTable. */
  line: number;
  time: number;
  source: number;
  /** The how manyth record of its event and level it is, from 1 on. */
  rank: number;
}

/** Entries as parallel columns in the order of the log. */
export interface EntryColumns {
  eventLog: EventLog;
  lines: Uint32Array;
  times: Float64Array;
  sources: Uint16Array;
  /** Where each stands, see StreamColumns; in a log of sessions its line. */
  places: Uint32Array;
}

/** Entries of an event log with the lines and times of their records. */
export class RecordEntries {
  length = 0;
  private readonly builder = new EventLogBuilder();
  private lines = new Uint32Array(1024);
  private times = new Float64Array(1024);
  private sources = new Uint16Array(1024);
  /** Per entry 1 if it is to be kept whatever is left out. */
  private precious = new Uint8Array(1024);
  private windows: StreamWindows | undefined;

  /** @param session of the event log that it belongs to, 0 in a stream */
  add({ event, level, line, time, source }: NewEntry, session: number): void {
    const { length } = this;
    if (length === this.lines.length) {
      this.lines = grown(this.lines);
      this.times = grown(this.times);
      this.sources = grown(this.sources);
      this.precious = grown(this.precious);
    }
    this.lines[length] = line;
    this.times[length] = time;
    this.sources[length] = source;
    this.precious[length] = 0;
    this.length++;
    this.builder.add(event, level, session, session);
  }

  /** Says that an entry is to be kept; whether that is new. */
  treasure(entry: number): boolean {
    const isNew = this.precious[entry] === 0;
    this.precious[entry] = 1;
    return isNew;
  }

  isPrecious(entry: number): boolean {
    return this.precious[entry] === 1;
  }

  /** Session of an entry. */
  sessionOf(entry: number): number {
    return this.builder.blockOf(entry);
  }

  /** First physical line of an entry's record. */
  lineOf(entry: number): number {
    return this.lines[entry];
  }

  /**
   * Drops all entries from one on but for some. Not once the log was given out.
   * @param kept those, ascending
   * @param numbers new number of each session; they stay if left out
   */
  retain(from: number, kept: Uint32Array, numbers?: Int32Array): void {
    for (const column of [this.lines, this.times, this.sources, this.precious]) {
      kept.forEach((entry, i) => (column[from + i] = column[entry]));
    }
    this.length = from + kept.length;
    this.builder.retain(from, kept, numbers);
  }

  forget(): void {
    this.builder.forget();
    this.lines = new Uint32Array(1024);
    this.times = new Float64Array(1024);
    this.sources = new Uint16Array(1024);
    this.precious = new Uint8Array(1024);
    this.length = 0;
    this.windows = undefined;
  }

  /**
   * The entries as an event log. More may be added after it if the templates are frozen; what was given stays as it is.
   * @param leftOut what they lack of the log, and how often that has each form; none if nothing
   */
  finish(
    mined: MinedTemplates,
    kind: LogKind,
    sourceCount: number,
    leftOut?: { by: Omit<LeftOut, 'counts'>; forms: FormCounts },
  ): EntryColumns {
    const eventLog = this.builder.finish(mined, kind);
    const lines = this.lines.subarray(0, this.length);
    const sources = this.sources.subarray(0, this.length);
    this.windows ??= new StreamWindows(sourceCount);
    const stream = kind === 'sessions' ? undefined : this.windows.of(lines, sources);
    return {
      eventLog: {
        ...eventLog,
        ...stream?.eventLog,
        ...(leftOut && { leftOut: { ...leftOut.by, counts: this.builder.countsOf(leftOut.forms, mined) } }),
      },
      places: stream?.places ?? lines,
      lines,
      times: this.times.subarray(0, this.length),
      sources,
    };
  }
}
