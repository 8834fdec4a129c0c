import { highestByBlock, templateCounts, type EventLog } from './eventLog';
import type { Surprise } from './surprise';

/**
 * The mean surprise of a log whose sequence can be trusted is at most this share of the entropy of its templates, which
 * is what the surprise would be if only their frequencies were known.
 */
const LEARNABLE = 0.9;
/** From this lexical score on a record is remarkable where nothing but the words can be trusted. */
export const WORDS_CUT = 2.5;
/** How much the end of a run counts, and the most it can add. */
const END_WEIGHT = 0.5;
const END_LIMIT = 5;
/** Weight of the distance of a session's event counts beside nats of surprise. */
const DISTANCE_WEIGHT = 4;

/**
 * How fast the odds of an anomaly grow with the score of a session, in nats a unit: fitted with ½ at the cut on the labels
 * of HDFS and nova, each of equal weight (Platt 1999, with one parameter); see docs/DETECTION.md.
 */
const SESSIONS_SLOPE = 1.8;
/** The same where there are too few labelled logs to fit it: the score is a rank then, and no probability. */
export const NO_SLOPE = 1;

/** The scores of a log, fused from its words, its sequence and its event counts. */
export interface Fusion {
  /** Per entry, to find the most suspicious one of a block. */
  entries: Float64Array;
  /** Per block. */
  blocks: Float64Array;
  /** A block with at least this score is anomalous. */
  cut: number;
  /** Log odds that a block is an anomaly, per unit of its score above the cut: SESSIONS_SLOPE or NO_SLOPE. */
  slope: number;
  /** Whether the order of events counts in the scores. */
  usesSequence: boolean;
}

/**
 * Fuses the scores of a log of sessions: the greatest surprise of a session, its end included, the gravest of its
 * words, and the distance of its event counts from those of other sessions. The three speak of different faults: what
 * comes out of order, what is said, what is missing or too much.
 * @param lexical per template
 * @param distance per block, 0…1
 */
export function fuseSessions(log: EventLog, lexical: Float64Array, surprise: Surprise, distance: Float64Array): Fusion {
  const { events, sequences, sequenceCount, blocks } = log;
  const last = new Uint32Array(sequenceCount);
  sequences.forEach((sequence, entry) => (last[sequence] = entry));
  const surprises = surprise.entries.map((score, entry) =>
    last[sequences[entry]] === entry ? Math.max(score, surprise.ends[sequences[entry]]) : score,
  );
  const surprising = highestByBlock(log, (entry) => surprises[entry]);
  const grave = highestByBlock(log, (entry) => lexical[events[entry]]);
  return {
    entries: surprises.map(
      (score, entry) => score + lexical[events[entry]] + DISTANCE_WEIGHT * distance[blocks[entry]],
    ),
    blocks: surprising.map((score, block) => score + grave[block] + DISTANCE_WEIGHT * distance[block]),
    cut: 6.8,
    slope: SESSIONS_SLOPE,
    usesSequence: true,
  };
}

/**
 * Fuses the scores of a stream: of its words, and of its sequence where that could be learned. In a log that changes
 * from one stretch of time to the next, networks that were trained on the one find the other more surprising than mere
 * frequencies would; there only the words are left. A block's score is that of its gravest entry.
 * @param lexical per template
 */
export function fuseStream(log: EventLog, lexical: Float64Array, surprise: Surprise): Fusion {
  const mean = surprise.entries.reduce((sum, score) => sum + score, 0) / log.events.length;
  if (mean > LEARNABLE * entropyOf(log)) {
    return fuseWords(log, lexical);
  }
  const entries = surprise.entries.map((score, entry) => lexical[log.events[entry]] + score);
  const blocks = highestByBlock(log, (entry) => entries[entry]);
  const sorted = blocks.slice().sort();
  const quartile = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))] ?? 0;
  return {
    entries,
    blocks,
    cut: Math.max(5.5, quartile(0.75) + 2 * (quartile(0.75) - quartile(0.25))),
    slope: NO_SLOPE,
    usesSequence: true,
  };
}

/**
 * The scores where nothing but the words can be trusted.
 * @param lexical per template
 */
export function fuseWords(log: EventLog, lexical: Float64Array): Fusion {
  const entries = Float64Array.from(log.events, (event) => lexical[event]);
  return {
    entries,
    blocks: highestByBlock(log, (entry) => entries[entry]),
    cut: WORDS_CUT,
    slope: NO_SLOPE,
    usesSequence: false,
  };
}

/**
 * Fuses the scores of what a run wrote to its console. Its events hardly repeat, so there is no sequence to learn; but
 * what makes a run fail stands near its end: −ln of the share of the log that remains is added, weighted.
 * @param lexical per template
 */
export function fuseConsole(log: EventLog, lexical: Float64Array): Fusion {
  const count = log.events.length;
  const entries = Float64Array.from(
    log.events,
    (event, entry) => lexical[event] + END_WEIGHT * Math.min(-Math.log((count - entry) / count), END_LIMIT),
  );
  return {
    entries,
    blocks: highestByBlock(log, (entry) => entries[entry]),
    cut: WORDS_CUT,
    slope: NO_SLOPE,
    usesSequence: false,
  };
}

/** Entropy of the templates of a log's entries, in nats. */
function entropyOf(log: EventLog): number {
  const count = log.events.length;
  return [...templateCounts(log)].reduce((sum, n) => (n === 0 ? sum : sum - (n / count) * Math.log(n / count)), 0);
}
