import type { EventLog } from '../../src/core/events/eventLog';

/** A way to score the blocks of a log that learns from nothing but the log. Deterministic. */
export interface BlockDetector {
  /** Short name for tables. */
  readonly name: string;
  score(log: EventLog): Promise<BlockScores>;
}

/** How anomalous the blocks of a log look. */
export interface BlockScores {
  /** Per block: finite, a higher score is more anomalous. */
  blocks: Float64Array;
  /** A block with at least this score is anomalous; left out by detectors that only rank. */
  cut?: number;
}
