import type { LabelledSequences } from './simpleDetector';

/** A distinct vector of event counts and how many training sessions of each label have it. */
export interface CountGroup {
  counts: Uint32Array;
  normal: number;
  anomalous: number;
}

/**
 * Turns event sequences into vectors of event counts: one column for each event that occurs in training, and a last
 * one for all others together. Order within the sequence is lost, which is what sets count-based detectors apart.
 */
export class CountVectorizer {
  /** Entries of a vector. */
  readonly width: number;
  /** The distinct count vectors of the training sessions, in order of first appearance. */
  readonly groups: readonly CountGroup[];
  private readonly columns = new Map<number, number>();
  private readonly groupByKey = new Map<string, CountGroup>();

  constructor(train: LabelledSequences) {
    const present = train.sequences.map((_, i) => train.normal[i] + train.anomalous[i] > 0);
    const events = new Set(train.sequences.flatMap((sequence, i) => (present[i] ? Array.from(sequence) : [])));
    [...events].sort((a, b) => a - b).forEach((event, column) => this.columns.set(event, column));
    this.width = events.size + 1;
    train.sequences.forEach((sequence, i) => {
      if (present[i]) {
        const counts = this.counts(sequence);
        const group = this.find(counts) ?? { counts, normal: 0, anomalous: 0 };
        group.normal += train.normal[i];
        group.anomalous += train.anomalous[i];
        this.groupByKey.set(counts.join(), group);
      }
    });
    this.groups = [...this.groupByKey.values()];
  }

  /** How often each event occurs in a sequence. */
  counts(sequence: ArrayLike<number>): Uint32Array {
    const counts = new Uint32Array(this.width);
    for (let i = 0; i < sequence.length; i++) {
      counts[this.columns.get(sequence[i]) ?? this.width - 1]++;
    }
    return counts;
  }

  /** The training sessions with exactly these counts, or undefined if there are none. */
  find(counts: Uint32Array): CountGroup | undefined {
    return this.groupByKey.get(counts.join());
  }
}
