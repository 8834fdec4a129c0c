import { StreamWindows } from '../blocks/streamWindows';
import { overSameTemplates } from '../events/joinedLogs';
import type { EventLog } from '../events/eventLog';
import type { RecordLog } from './unsupervisedLogScan';

/** A log of sessions as a stream without them, as it would have been read without session key. */
export function sessionsAsStream(log: RecordLog): RecordLog {
  const parts = log.outside === undefined ? [log] : [log, log.outside];
  const events = overSameTemplates(parts.map(({ eventLog }) => eventLog));
  const length = parts.reduce((sum, { lines }) => sum + lines.length, 0);
  const merged = {
    events: new Uint32Array(length),
    lines: new Uint32Array(length),
    times: new Float64Array(length),
    sources: new Uint16Array(length),
  };
  const next = parts.map(() => 0);
  let count = 0;
  for (let k = 0; k < length; k++) {
    const from = parts.length > 1 && lineAt(parts[1], next[1]) < lineAt(parts[0], next[0]) ? 1 : 0;
    const entry = next[from]++;
    const { lines, times, sources } = parts[from];
    const event = events[from].events[entry];
    // A record of several sessions has an entry in each.
    if (count === 0 || merged.lines[count - 1] !== lines[entry] || merged.events[count - 1] !== event) {
      merged.events[count] = event;
      merged.lines[count] = lines[entry];
      merged.times[count] = times[entry];
      merged.sources[count] = sources[entry];
      count++;
    }
  }
  const lines = merged.lines.subarray(0, count);
  const sources = merged.sources.subarray(0, count);
  const { eventLog, places } = new StreamWindows(log.sourceCount).of(lines, sources);
  return {
    ...log,
    eventLog: {
      templates: events[0].templates,
      events: merged.events.subarray(0, count),
      ...eventLog,
      kind: 'stream',
      ...leftOutOf(events),
    },
    lines,
    places,
    times: merged.times.subarray(0, count),
    sources,
    keyOf: undefined,
    outside: undefined,
  };
}

/** What a log of sessions and of what belongs to none lacks, together; both over the same templates. */
function leftOutOf([log, outside]: readonly EventLog[]): Pick<EventLog, 'leftOut'> {
  const { leftOut } = log;
  if (leftOut === undefined) {
    return {};
  }
  // Each counts the records of the whole log, of the templates that it has.
  const counts = leftOut.counts.map((count, template) => Math.max(count, outside?.leftOut?.counts[template] ?? 0));
  return { leftOut: { ...leftOut, counts, entries: leftOut.entries + (outside?.leftOut?.entries ?? 0) } };
}

function lineAt({ lines }: RecordLog, entry: number): number {
  return entry < lines.length ? lines[entry] : Infinity;
}
