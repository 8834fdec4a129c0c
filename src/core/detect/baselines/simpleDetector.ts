/**
 * Sessions for training, equal sequences stored once: the part of a `SessionTable` that detectors look at.
 * Sequences of count 0 are ignored, so that a part of a table can be passed as it is.
 */
export interface LabelledSequences {
  /** Distinct event sequences; an event is its number. */
  sequences: readonly ArrayLike<number>[];
  /** Per sequence: how many sessions with it are normal. */
  normal: ArrayLike<number>;
  /** Per sequence: how many sessions with it are anomalous. */
  anomalous: ArrayLike<number>;
}

/** A way to judge event sequences that learns from labelled ones. Deterministic: same sessions, same scores. */
export interface SimpleDetector {
  /** Short name for tables. */
  readonly name: string;
  /** Learns from sessions; there must be at least one. */
  fit(train: LabelledSequences): FittedDetector;
}

/** A detector that has learned. */
interface FittedDetector {
  /** A sequence is anomalous if its score is at least this. */
  readonly threshold: number;
  /** How anomalous a sequence looks: finite, a higher score is more anomalous. */
  score(sequence: ArrayLike<number>): number;
}
