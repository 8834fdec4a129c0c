import type { Outcome } from '../formats/runOutcome';

/** A template as far as judging without labels looks at it: records of different levels have different templates. */
export interface EventTemplate {
  /** The template's text without time and level. */
  text: string;
  /** Severity of its records. */
  severity: Severity;
}

/** How grave a record calls itself; unknown where the log has no levels. */
export type Severity = 'unknown' | 'normal' | 'warning' | 'error';

/**
 * What the blocks of a log are: sessions, that is sequences with an end of their own; windows of a stream that goes on
 * and on; or windows of what one run, such as a build, wrote to its console until it ended.
 */
export type LogKind = 'sessions' | 'stream' | 'console';

/**
 * A log as the detectors that learn without labels see it: one entry for each record in the order of the log (for each
 * block, where a record belongs to several), as parallel columns.
 */
export interface EventLog {
  templates: readonly EventTemplate[];
  /** Per entry its template. */
  events: Uint32Array;
  /** Per entry the sequence that it continues: its session, or in a stream the node or thread that wrote it. */
  sequences: Uint32Array;
  sequenceCount: number;
  /** Per entry the block that is judged: its session, or a window of the stream. */
  blocks: Uint32Array;
  blockCount: number;
  kind: LogKind;
  /** What the log has besides these entries; undefined if nothing. */
  leftOut?: LeftOut;
  /** What the output of a run says of how it ended; left out in other logs. */
  outcomes?: RunOutcomes;
}

/** What the output of a run says of how it, and its steps, ended. */
export interface RunOutcomes {
  /** What is said last; undefined if nothing is. */
  last: Outcome | undefined;
  /** Entries that say of something that it failed, ascending. */
  failures: Uint32Array;
}

/** What of a log was left out since it has more records than can be judged. */
export interface LeftOut {
  /** Of what every `step`th was kept. */
  unit: 'segment' | 'session';
  step: number;
  /** How many entries the log has in all. */
  entries: number;
  /** Per template how many records the log has in all. */
  counts: Uint32Array;
  /** Entries of a stream that did not come right after the one before them, ascending. */
  gaps: Uint32Array;
}

/** Per block the highest score of its entries; 0 for a block without entries. */
export function highestByBlock(log: EventLog, entryScore: (entry: number) => number): Float64Array {
  const highest = new Float64Array(log.blockCount).fill(-Infinity);
  for (let entry = 0; entry < log.events.length; entry++) {
    const score = entryScore(entry);
    const block = log.blocks[entry];
    if (score > highest[block]) {
      highest[block] = score;
    }
  }
  return highest.map((score) => (score === -Infinity ? 0 : score));
}

/** Per template how many entries have it. */
export function templateCounts(log: EventLog): Uint32Array {
  const counts = new Uint32Array(log.templates.length);
  const { events } = log;
  for (let entry = 0; entry < events.length; entry++) {
    counts[events[entry]]++;
  }
  return counts;
}
