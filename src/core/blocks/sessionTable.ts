import { SequenceTable } from '../numeric/sequenceTable';

/** Labelled sessions with equal event sequences stored once: real logs repeat themselves a hundredfold. */
export interface SessionTable {
  /** The distinct event sequences in order of first appearance; an event is its number (the EventId of a CSV). */
  sequences: Uint16Array[];
  /** Per distinct sequence: how many sessions with it are normal. */
  normal: Uint32Array;
  /** Per distinct sequence: how many sessions with it are anomalous. */
  anomalous: Uint32Array;
  /** Per session: index of its sequence in `sequences`. */
  sequenceOf: Uint32Array;
  /** Per session: 1 if labelled anomalous, else 0. */
  label: Uint8Array;
  /** Per session: 1 if its raw lines are in HDFS_dev.log (column InRawDev), else 0. */
  inRawDev: Uint8Array;
  /** Per session: its key (BlockId), empty where unknown. */
  key: string[];
}

/** Largest event number a sequence may hold. */
export const MAXIMUM_EVENT = 65_535;

/** Collects labelled sessions one by one and gives the table of them. */
export class SessionTableBuilder {
  private readonly sequences = new SequenceTable();
  private readonly sequenceOf: number[] = [];
  private readonly label: number[] = [];
  private readonly inRawDev: number[] = [];
  private readonly key: string[] = [];

  /**
   * Adds a session.
   * @param events buffer whose first `length` entries are the session's event numbers in order; copied if new
   */
  add(key: string, anomalous: boolean, inRawDev: boolean, events: Uint16Array, length = events.length): void {
    this.sequenceOf.push(this.sequences.add(events, length));
    this.label.push(anomalous ? 1 : 0);
    this.inRawDev.push(inRawDev ? 1 : 0);
    this.key.push(key);
  }

  /** The table of all sessions added so far. */
  build(): SessionTable {
    const { count, values, offsets } = this.sequences;
    return completeTable(
      Array.from({ length: count }, (_, sequence) => values.slice(offsets[sequence], offsets[sequence + 1])),
      Uint32Array.from(this.sequenceOf),
      Uint8Array.from(this.label),
      Uint8Array.from(this.inRawDev),
      this.key,
    );
  }
}

/**
 * The part of a table whose sessions fulfil a condition. Sequences keep their index, so that parts of one table can be
 * compared: a sequence absent from the part has no sessions in it (`normal` and `anomalous` are 0).
 */
export function selectSessions(table: SessionTable, keep: (session: number) => boolean): SessionTable {
  const sessions: number[] = [];
  for (let session = 0; session < table.label.length; session++) {
    if (keep(session)) {
      sessions.push(session);
    }
  }
  return completeTable(
    table.sequences,
    Uint32Array.from(sessions, (session) => table.sequenceOf[session]),
    Uint8Array.from(sessions, (session) => table.label[session]),
    Uint8Array.from(sessions, (session) => table.inRawDev[session]),
    sessions.map((session) => table.key[session]),
  );
}

function completeTable(
  sequences: Uint16Array[],
  sequenceOf: Uint32Array,
  label: Uint8Array,
  inRawDev: Uint8Array,
  key: string[],
): SessionTable {
  const normal = new Uint32Array(sequences.length);
  const anomalous = new Uint32Array(sequences.length);
  for (let session = 0; session < label.length; session++) {
    (label[session] === 1 ? anomalous : normal)[sequenceOf[session]]++;
  }
  return { sequences, normal, anomalous, sequenceOf, label, inRawDev, key };
}
