import { CONTEXT } from '../../model/nextEventCnn';
import { templateCounts, type EventLog } from '../../events/eventLog';
import { SequenceTable } from '../../numeric/sequenceTable';

/** Templates that have an event of their own; the others share the event of the rare. */
const FREQUENT = 254;
/** What stands before the first event of a sequence. */
export const START = 0;
/** What stands after the last event of a session. */
export const END = 1;

/** The columns of a window: its context, then the event that came next. */
export const WIDTH = CONTEXT + 1;

/**
 * Distinct windows that are kept whatever they are. Of a log that has more, only those of a sample of its sessions or
 * stretches are kept besides, about as many once more; a further one is known by its last two events alone.
 */
const KEPT_WINDOWS = 1 << 20;
/** Entries of a stretch of a stream that is in the sample or not. */
const STRETCH = 4096;
/** Stands in a context for what is not known any more. */
const FORGOTTEN = 0xffff;

/**
 * Every event of a log with the ten before it in its sequence, and for sessions also their end, equal windows stored
 * once.
 */
export interface WindowTable {
  /** Number of different events that the network tells apart. */
  vocabulary: number;
  /** Event of the rare templates, or −1 if there are none; `rareTemplates` share it. */
  rare: number;
  rareTemplates: number;
  /** The template of each event; −1 for start, end and the rare. */
  templateOf: Int32Array;
  /** Number of distinct windows. */
  count: number;
  /** Context of window w: `rows[11·w … 11·w + 10)`; behind it the event that came next. */
  rows: Uint16Array;
  /** Per window the event that came next. */
  next: Uint16Array;
  /** Per window its last two events: the last of its context · vocabulary + the one that came next. */
  pairOf: Uint32Array;
  /** Whether there are windows of which only the last two events are known. */
  isSample: boolean;
  /** Per entry its window. */
  windowOf: Uint32Array;
  /** Per sequence the window of its end; empty in a stream. */
  endWindowOf: Uint32Array;
  /** Per sequence its last entry. */
  lastEntryOf: Uint32Array;
}

/** Whether all that is known of a window's context is its last event. */
export function isForgotten({ rows, isSample }: WindowTable, window: number): boolean {
  return isSample && rows[window * WIDTH] === FORGOTTEN;
}

/**
 * Collects the windows of a log.
 * @param keptWindows distinct windows from which on a sample is taken
 */
export function windowTable(log: EventLog, keptWindows = KEPT_WINDOWS): WindowTable {
  const counts = templateCounts(log);
  const present = Array.from(counts.keys()).filter((template) => counts[template] > 0);
  const frequent = present.sort((a, b) => counts[b] - counts[a] || a - b).slice(0, FREQUENT);
  const rareTemplates = present.length - frequent.length;
  const rare = rareTemplates > 0 ? END + 1 + frequent.length : -1;
  const eventOf = new Int32Array(counts.length).fill(rare);
  frequent.forEach((template, i) => (eventOf[template] = END + 1 + i));
  const vocabulary = END + 1 + frequent.length + (rareTemplates > 0 ? 1 : 0);

  const rows = new SequenceTable();
  const { events, sequences, sequenceCount } = log;
  const windowOf = new Uint32Array(events.length);
  const contexts = new Uint16Array(sequenceCount * CONTEXT).fill(START);
  const row = new Uint16Array(WIDTH);
  const lastEntryOf = new Uint32Array(sequenceCount);
  const isStream = log.kind === 'stream';
  let isSample = false;
  const step = Math.ceil((events.length + (isStream ? 0 : sequenceCount)) / keptWindows);
  const numberOf = (sample: number): number => {
    if (rows.count < keptWindows || sample % step === 0) {
      return rows.add(row);
    }
    const known = rows.find(row);
    if (known >= 0) {
      return known;
    }
    row.fill(FORGOTTEN, 0, CONTEXT - 1);
    isSample = true;
    return rows.add(row);
  };
  const gaps = log.leftOut?.gaps;
  let gap = 0;
  for (let entry = 0; entry < events.length; entry++) {
    if (entry === gaps?.[gap]) {
      contexts.fill(START);
      gap++;
    }
    const sequence = sequences[entry];
    const start = sequence * CONTEXT;
    const event = eventOf[events[entry]];
    for (let i = 0; i < CONTEXT; i++) {
      row[i] = contexts[start + i];
    }
    row[CONTEXT] = event;
    windowOf[entry] = numberOf(isStream ? Math.floor(entry / STRETCH) : sequence);
    for (let i = start; i < start + CONTEXT - 1; i++) {
      contexts[i] = contexts[i + 1];
    }
    contexts[start + CONTEXT - 1] = event;
    lastEntryOf[sequence] = entry;
  }
  const endWindowOf = new Uint32Array(log.kind === 'sessions' ? sequenceCount : 0);
  for (let sequence = 0; sequence < endWindowOf.length; sequence++) {
    row.set(contexts.subarray(sequence * CONTEXT, (sequence + 1) * CONTEXT));
    row[CONTEXT] = END;
    endWindowOf[sequence] = numberOf(sequence);
  }
  const next = new Uint16Array(rows.count);
  const pairOf = new Uint32Array(rows.count);
  for (let window = 0; window < rows.count; window++) {
    next[window] = rows.values[window * WIDTH + CONTEXT];
    pairOf[window] = rows.values[window * WIDTH + CONTEXT - 1] * vocabulary + next[window];
  }
  const templateOf = new Int32Array(vocabulary).fill(-1);
  frequent.forEach((template, i) => (templateOf[END + 1 + i] = template));
  return {
    vocabulary,
    rare,
    rareTemplates,
    templateOf,
    count: rows.count,
    rows: rows.values,
    next,
    pairOf,
    isSample,
    windowOf,
    endWindowOf,
    lastEntryOf,
  };
}
