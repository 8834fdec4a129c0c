import { CONTEXT } from '../../model/nextEventCnn';
import { templateCounts, type EventLog } from './eventLog';

/** Templates that have an event of their own; the others share the event of the rare. */
const FREQUENT = 254;
/** What stands before the first event of a sequence. */
const START = 0;
/** What stands after the last event of a session. */
const END = 1;

/** The columns of a window: its context, then the event that came next. */
const WIDTH = CONTEXT + 1;

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
  /** Context of window w: `contexts[10·w … 10·w + 10)`. */
  contexts: Int32Array;
  /** Per window the event that came next. */
  next: Int32Array;
  /** Per entry its window. */
  windowOf: Uint32Array;
  /** Per sequence the window of its end; empty in a stream. */
  endWindowOf: Uint32Array;
  /** Per sequence its last entry. */
  lastEntryOf: Uint32Array;
}

/** Collects the windows of a log. */
export function windowTable(log: EventLog): WindowTable {
  const counts = templateCounts(log);
  const present = Array.from(counts.keys()).filter((template) => counts[template] > 0);
  const frequent = present.sort((a, b) => counts[b] - counts[a] || a - b).slice(0, FREQUENT);
  const rareTemplates = present.length - frequent.length;
  const rare = rareTemplates > 0 ? END + 1 + frequent.length : -1;
  const eventOf = new Int32Array(counts.length).fill(rare);
  frequent.forEach((template, i) => (eventOf[template] = END + 1 + i));
  const vocabulary = END + 1 + frequent.length + (rareTemplates > 0 ? 1 : 0);

  const rows = new DistinctRows(WIDTH);
  const { events, sequences, sequenceCount } = log;
  const windowOf = new Uint32Array(events.length);
  const contexts = new Uint16Array(sequenceCount * CONTEXT).fill(START);
  const row = new Uint16Array(WIDTH);
  const lastEntryOf = new Uint32Array(sequenceCount);
  for (let entry = 0; entry < events.length; entry++) {
    const sequence = sequences[entry];
    const context = contexts.subarray(sequence * CONTEXT, (sequence + 1) * CONTEXT);
    row.set(context);
    row[CONTEXT] = eventOf[events[entry]];
    windowOf[entry] = rows.indexOf(row);
    context.copyWithin(0, 1);
    context[CONTEXT - 1] = row[CONTEXT];
    lastEntryOf[sequence] = entry;
  }
  const endWindowOf = new Uint32Array(log.kind === 'sessions' ? sequenceCount : 0);
  for (let sequence = 0; sequence < endWindowOf.length; sequence++) {
    row.set(contexts.subarray(sequence * CONTEXT, (sequence + 1) * CONTEXT));
    row[CONTEXT] = END;
    endWindowOf[sequence] = rows.indexOf(row);
  }
  const templateOf = new Int32Array(vocabulary).fill(-1);
  frequent.forEach((template, i) => (templateOf[END + 1 + i] = template));
  return {
    vocabulary,
    rare,
    rareTemplates,
    templateOf,
    count: rows.count,
    contexts: rows.columns(0, CONTEXT),
    next: rows.columns(CONTEXT, WIDTH),
    windowOf,
    endWindowOf,
    lastEntryOf,
  };
}

/** A set of rows of equal width that numbers them in the order of their first appearance: a hash table on typed arrays. */
class DistinctRows {
  count = 0;
  private rows: Uint16Array;
  private slots = new Int32Array(1 << 12).fill(-1);

  constructor(private readonly width: number) {
    this.rows = new Uint16Array(width << 10);
  }

  indexOf(row: Uint16Array): number {
    let slot = hashOf(row, 0, this.width) & (this.slots.length - 1);
    for (; this.slots[slot] >= 0; slot = (slot + 1) & (this.slots.length - 1)) {
      if (this.holds(this.slots[slot], row)) {
        return this.slots[slot];
      }
    }
    if ((this.count + 1) * this.width > this.rows.length) {
      const larger = new Uint16Array(2 * this.rows.length);
      larger.set(this.rows);
      this.rows = larger;
    }
    this.rows.set(row, this.count * this.width);
    this.slots[slot] = this.count++;
    if (2 * this.count > this.slots.length) {
      this.rehash();
    }
    return this.count - 1;
  }

  /** Columns `from…to` of all rows. */
  columns(from: number, to: number): Int32Array {
    const width = to - from;
    const result = new Int32Array(this.count * width);
    for (let i = 0; i < this.count; i++) {
      result.set(this.rows.subarray(i * this.width + from, i * this.width + to), i * width);
    }
    return result;
  }

  private holds(index: number, row: Uint16Array): boolean {
    const start = index * this.width;
    for (let i = 0; i < this.width; i++) {
      if (this.rows[start + i] !== row[i]) {
        return false;
      }
    }
    return true;
  }

  private rehash(): void {
    this.slots = new Int32Array(2 * this.slots.length).fill(-1);
    const mask = this.slots.length - 1;
    for (let index = 0; index < this.count; index++) {
      let slot = hashOf(this.rows, index * this.width, this.width) & mask;
      while (this.slots[slot] >= 0) {
        slot = (slot + 1) & mask;
      }
      this.slots[slot] = index;
    }
  }
}

/** FNV-1a over 16-bit values, its upper bits mixed into the lower ones that choose the slot. */
function hashOf(values: Uint16Array, start: number, width: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < start + width; i++) {
    hash = Math.imul(hash ^ values[i], 0x01000193);
  }
  return hash ^ (hash >>> 15);
}
