import { StreamWindows } from '../blocks/streamWindows';
import { keyOfTemplate } from '../events/joinedLogs';
import type { EventLog, EventTemplate } from '../events/eventLog';
import { grown } from '../numeric/columns';
import type { RecordLog } from './recordLog';

/** A log of sessions as a stream without them, as it would have been read without session key. */
export function sessionsAsStream(log: RecordLog): RecordLog {
  return new StreamOfSessions().of(log);
}

/** A log of sessions that grows, read as a stream; at the cost of what has come since it was asked last. */
export class StreamOfSessions {
  private readonly templates: EventTemplate[] = [];
  private readonly numbers = new Map<string, number>();
  /** Numbers here of the templates of the log and of what belongs to no session, and how many entries of each were taken. */
  private readonly own: number[][] = [[], []];
  private taken = [0, 0];
  private count = 0;
  private events = new Uint32Array(0);
  private lines = new Uint32Array(0);
  private times = new Float64Array(0);
  private sources = new Uint16Array(0);
  private windows: StreamWindows | undefined;

  /** @param log all of it; what was given before stays as it is */
  of(log: RecordLog): RecordLog {
    const parts = log.outside === undefined ? [log] : [log, log.outside];
    parts.forEach(({ eventLog }, i) => this.numberTemplates(eventLog, this.own[i]));
    this.makeRoom(parts.reduce((sum, { lines }, i) => sum + lines.length - this.taken[i], this.count));
    this.merge(parts);
    const lines = this.lines.subarray(0, this.count);
    const sources = this.sources.subarray(0, this.count);
    this.windows ??= new StreamWindows(log.sourceCount);
    const { eventLog, places } = this.windows.of(lines, sources);
    return {
      ...log,
      eventLog: {
        templates: this.templates.slice(),
        events: this.events.subarray(0, this.count),
        ...eventLog,
        kind: 'stream',
        ...this.leftOutOf(parts.map((part) => part.eventLog)),
      },
      lines,
      places,
      times: this.times.subarray(0, this.count),
      sources,
      keyOf: undefined,
      outside: undefined,
    };
  }

  /** Drops all entries, as the log has done. */
  forget(): void {
    this.taken = [0, 0];
    this.count = 0;
    this.events = new Uint32Array(0);
    this.lines = new Uint32Array(0);
    this.times = new Float64Array(0);
    this.sources = new Uint16Array(0);
    this.windows = undefined;
  }

  private numberTemplates({ templates }: EventLog, own: number[]): void {
    for (let i = own.length; i < templates.length; i++) {
      const key = keyOfTemplate(templates[i]);
      const number = this.numbers.get(key) ?? this.templates.push(templates[i]) - 1;
      this.numbers.set(key, number);
      own.push(number);
    }
  }

  /** Room for so many entries; the first time no more than that. */
  private makeRoom(length: number): void {
    if (length > this.lines.length) {
      this.events = grown(this.events, length);
      this.lines = grown(this.lines, length);
      this.times = grown(this.times, length);
      this.sources = grown(this.sources, length);
    }
  }

  /** Takes the entries that have come, in the order of their lines. */
  private merge(parts: readonly RecordLog[]): void {
    const { taken, own } = this;
    let left = parts.reduce((sum, { lines }, i) => sum + lines.length - taken[i], 0);
    for (; left > 0; left--) {
      const from = parts.length > 1 && lineAt(parts[1], taken[1]) < lineAt(parts[0], taken[0]) ? 1 : 0;
      const entry = taken[from]++;
      const { lines, times, sources, eventLog } = parts[from];
      const event = own[from][eventLog.events[entry]];
      const last = this.count - 1;
      // A record of several sessions has an entry in each.
      if (last < 0 || this.lines[last] !== lines[entry] || this.events[last] !== event) {
        this.events[this.count] = event;
        this.lines[this.count] = lines[entry];
        this.times[this.count] = times[entry];
        this.sources[this.count] = sources[entry];
        this.count++;
      }
    }
  }

  /** What a log of sessions and of what belongs to none lacks, together. */
  private leftOutOf(logs: readonly EventLog[]): Pick<EventLog, 'leftOut'> {
    const { leftOut } = logs[0];
    if (leftOut === undefined) {
      return {};
    }
    // Each counts the records of the whole log, of the templates that it has.
    const counts = new Uint32Array(this.templates.length);
    logs.forEach((log, i) =>
      log.leftOut?.counts.forEach((count, template) => {
        const number = this.own[i][template];
        counts[number] = Math.max(counts[number], count);
      }),
    );
    return { leftOut: { ...leftOut, counts, entries: leftOut.entries + (logs.at(1)?.leftOut?.entries ?? 0) } };
  }
}

function lineAt({ lines }: RecordLog, entry: number): number {
  return entry < lines.length ? lines[entry] : Infinity;
}
