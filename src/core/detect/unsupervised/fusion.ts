import { BigramSurprisal } from './bigramSurprisal';
import { highestByBlock, templateCounts, type EventLog, type EventTemplate } from '../../events/eventLog';
import { noveltyOf } from './novelty';
import type { Surprisal } from './surprisal';

/**
 * The mean surprisal of a log whose sequence can be trusted is at most this share of the entropy of its templates, which
 * is what the surprisal would be if only their frequencies were known.
 */
const LEARNABLE = 0.9;
/** Nor can the sequence be trusted where more than this share of the later records is of templates that are new. */
const NEVER_FAMILIAR = 0.1;
/** Templates of a stream that may stand out at most, or this share of them where that is more. */
const MAX_TEMPLATES = 20;
const MAX_SHARE = 0.03;
/** From this lexical score on, an error or a warning that speaks of trouble, a record is grave by itself. */
const GRAVE = 2;
/** How many records of a stream may reach the cut by chance, and the least cut. */
const BY_CHANCE = 10;
const MIN_CUT = 5.5;
/** From this lexical score on a record is remarkable where nothing but the words can be trusted. */
export const WORDS_CUT = 2.5;
/** Weight of the distance of a session's event counts beside nats of surprisal. */
export const DISTANCE_WEIGHT = 4;
/** From this score on a session is remarkable. */
export const SESSIONS_CUT = 6.8;

/**
 * How fast the odds of an anomaly grow with the score of a session, in nats a unit: fitted with ½ at the cut on the labels
 * of HDFS and nova, each of equal weight (Platt 1999, with one parameter); see docs/method/figures.md.
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
 * Fuses the scores of a log of sessions: the greatest surprisal of a session, its end included, the gravest of its
 * words, and the distance of its event counts from those of other sessions. The three speak of different faults: what
 * comes out of order, what is said, what is missing or too much.
 * @param lexical per template
 * @param distance per block, 0…1
 */
export function fuseSessions(
  log: EventLog,
  lexical: Float64Array,
  surprisal: Surprisal,
  distance: Float64Array,
): Fusion {
  const { events, sequences, sequenceCount, blocks } = log;
  const last = new Uint32Array(sequenceCount);
  sequences.forEach((sequence, entry) => (last[sequence] = entry));
  const surprisalAt = (entry: number): number => {
    const sequence = sequences[entry];
    const score = surprisal.entries[entry];
    return last[sequence] === entry ? Math.max(score, surprisal.ends[sequence]) : score;
  };
  const surprising = highestByBlock(log, surprisalAt);
  const grave = highestByBlock(log, (entry) => lexical[events[entry]]);
  return {
    entries: surprisal.entries.map(
      (_, entry) => surprisalAt(entry) + lexical[events[entry]] + DISTANCE_WEIGHT * distance[blocks[entry]],
    ),
    blocks: surprising.map((score, block) => score + grave[block] + DISTANCE_WEIGHT * distance[block]),
    cut: SESSIONS_CUT,
    slope: SESSIONS_SLOPE,
    usesSequence: true,
  };
}

/** What a stream is judged by. */
interface StreamScores extends Fusion {
  /** The surprisal as far as it counts; left out where the order of events does not. */
  surprisal?: Surprisal;
  /** Of entries that something new made remarkable how many before them were of nothing new; see Novelty. */
  newAfter: Record<number, number>;
  /** What the log has taught of its steps; left out where the order of events does not count. */
  order?: BigramSurprisal;
}

/**
 * Fuses the scores of a stream: of its words, and of its sequence where that could be learned. In a log that changes
 * from one stretch of time to the next, networks that were trained on the one find the other more surprising than mere
 * frequencies would; and where new templates keep coming, it is always something else that comes next. There only the
 * words are left, and what is new after a long time or an error among few.
 *
 * A block's score is that of its gravest entry. The cut is the surprisal that a true model would have a few times in a
 * log of this length (an event of probability p is met n·p times), or where too many templates reach that, a higher one.
 * @param folded the log whose order of events was learned
 * @param surprisal whose entries are changed, for there is no room for both in a large log
 * @param lexical per template
 */
export function fuseStream(log: EventLog, folded: EventLog, lexical: Float64Array, surprisal: Surprisal): StreamScores {
  const novelty = noveltyOf(log);
  const mean = surprisal.entries.reduce((sum, score) => sum + score, 0) / log.events.length;
  const chanceCut = streamCut(log);
  const limited = surprisal.entries;
  novelty.limits.forEach((limit, entry) => {
    limited[entry] = limitedSurprisal(limited[entry], lexical[log.events[entry]], limit);
  });
  const newAfter: Record<number, number> = {};
  if (mean > LEARNABLE * entropyOf(log) || novelty.lateShare > NEVER_FAMILIAR) {
    const news = new Map<number, number>();
    novelty.sinceLastNew.forEach((sinceLastNew, entry) => {
      const surprising = Math.min(limited[entry], Math.log(1 + sinceLastNew));
      news.set(entry, surprising);
      if (surprising + lexical[log.events[entry]] >= chanceCut) {
        newAfter[entry] = sinceLastNew;
      }
    });
    return { ...fuseWords(log, lexical, news), newAfter };
  }
  const order = new BigramSurprisal(folded);
  const counted = order.entriesOf(folded);
  const entries = new Float64Array(counted.length);
  for (let entry = 0; entry < counted.length; entry++) {
    counted[entry] = Math.max(limited[entry], counted[entry]);
    entries[entry] = lexical[log.events[entry]] + counted[entry];
  }
  const cut = Math.max(chanceCut, cutByTemplates(log, entries));
  novelty.sinceLastNew.forEach((sinceLastNew, entry) => {
    if (entries[entry] >= cut) {
      newAfter[entry] = sinceLastNew;
    }
  });
  return {
    entries,
    blocks: highestByBlock(log, (entry) => entries[entry]),
    cut,
    slope: NO_SLOPE,
    usesSequence: true,
    surprisal: { ...surprisal, entries: counted },
    order,
    newAfter,
  };
}

/**
 * The surprisal of a record as far as it counts.
 * @param lexical score of its template
 * @param limit see Novelty
 */
export function limitedSurprisal(surprisal: number, lexical: number, limit: number): number {
  // One fault often follows another: that the last new thing was just now makes it no less.
  return lexical >= GRAVE ? surprisal : Math.min(surprisal, limit);
}

/**
 * The scores where nothing but the words can be trusted. A record that says nothing grave, but is an error in a log with
 * few of them, or is new after a long time, ranks below all that do.
 * @param lexical per template
 * @param news of entries the surprisal that something new came, in nats; 0 for what is not new
 */
export function fuseWords(log: EventLog, lexical: Float64Array, news?: ReadonlyMap<number, number>): Fusion {
  const { scoreOf } = wordsMeasure(log);
  const entries = Float64Array.from(log.events, (event, entry) =>
    scoreOf(log.templates[event], lexical[event], news?.get(entry) ?? 0),
  );
  return {
    entries,
    blocks: highestByBlock(log, (entry) => entries[entry]),
    cut: WORDS_CUT,
    slope: NO_SLOPE,
    usesSequence: false,
  };
}

/** How a record is scored by its words where nothing else can be trusted. */
export interface WordsMeasure {
  /**
   * @param lexical score of its template
   * @param news the surprisal that something new came, in nats; 0 for what is not new
   */
  scoreOf(template: EventTemplate, lexical: number, news: number): number;
  /** The surprisal of a template that the log does not have at all. */
  newest: number;
}

/** The measure that a log gives, see {@link fuseWords}. */
export function wordsMeasure(log: EventLog): WordsMeasure {
  const cut = streamCut(log);
  const { length } = log.events;
  const errorCount = log.events.reduce((sum, event) => sum + (log.templates[event].severity === 'error' ? 1 : 0), 0);
  const rarity = Math.log(length / Math.max(1, errorCount));
  return {
    scoreOf({ severity }, lexical, news) {
      const excess = Math.max(severity === 'error' ? rarity : 0, news) + lexical - cut;
      return excess < 0 ? lexical : Math.max(lexical, WORDS_CUT + (0.5 * excess) / (1 + excess));
    },
    newest: Math.log(Math.max(1, length)),
  };
}

/**
 * The score above which no more templates stand out than a person can look at. In a log of thousands of templates there is
 * always one that surprises: each of them seldom, but all together often.
 */
function cutByTemplates({ events, templates }: EventLog, scores: Float64Array): number {
  const peaks = new Float64Array(templates.length).fill(-Infinity);
  for (let entry = 0; entry < events.length; entry++) {
    peaks[events[entry]] = Math.max(peaks[events[entry]], scores[entry]);
  }
  const most = Math.max(MAX_TEMPLATES, Math.floor(MAX_SHARE * templates.length));
  // The least number above the highest peak that is one too many.
  return templates.length <= most ? -Infinity : peaks.sort()[templates.length - 1 - most] + 1e-9;
}

/** The surprisal, in nats, that a true model would have a few times in a stream by chance. */
function streamCut(log: EventLog): number {
  return Math.max(MIN_CUT, Math.log(log.events.length / BY_CHANCE));
}

/** Entropy of the templates of a log's entries, in nats. */
function entropyOf(log: EventLog): number {
  const count = log.events.length;
  return [...templateCounts(log)].reduce((sum, n) => (n === 0 ? sum : sum - (n / count) * Math.log(n / count)), 0);
}
