import { AGAINST_GOOD_CUT, scoresAgainstGood } from './againstGood';
import { highestByBlock, templateCounts, type EventLog } from '../../events/eventLog';
import { DISTANCE_WEIGHT, NO_SLOPE, SESSIONS_CUT, type Fusion } from '../unsupervised/fusion';
import { distanceToGood } from './goodDistance';
import { oneAfterAnother } from '../../events/joinedLogs';
import type { UnsupervisedScores, UnsupervisedParts } from '../unsupervised/unsupervisedScores';
import { LEXICAL_WEIGHTS, lexicalScores } from '../unsupervised/lexicalScore';
import { LEAST_ODDS, templateGravity } from '../suspicion/templateGravity';
import { areTraces, knownTraces } from './newTraces';
import { surprisalAgainst, type Surprisal } from '../unsupervised/surprisal';

/**
 * Share of the sessions of a further good log that are expected to be remarkable against all of these, at most; where more
 * are, the order and number of events differ from run to run and tell nothing.
 */
const FALSE_ALARMS = 0.004;
/** What a nat of words adds among equal scores, which else are half a unit apart. */
const TIE = 0.01;
/** Good logs that are compared with the others at most; each costs a training. */
const MAX_COMPARED = 3;

/**
 * Judges a log against logs that are believed good: by the templates that these do not have and how grave they sound, and
 * in a log of sessions, where the good ones are alike, also by how surprising its sequences are to networks that learned
 * from the good logs, and by how far its event counts are from those of the nearest good session. What the good logs have
 * is no news, whatever it says.
 * @param goodLogs of the same kind and over the same templates
 */
export async function knownGoodScores(
  log: EventLog,
  goodLogs: readonly EventLog[],
  parts: UnsupervisedParts,
): Promise<UnsupervisedScores> {
  const good = oneAfterAnother([nothingOf(log), ...goodLogs]);
  const goodCounts = knownCounts(good);
  const weights = LEXICAL_WEIGHTS[log.kind === 'console' ? 'console' : 'stream'];
  const lexical = lexicalScores(log.templates, weights);
  const byTemplate = scoresAgainstGood(goodCounts, lexical);
  const newness = Float64Array.from(log.events, (event) => byTemplate[event]);
  if (log.kind !== 'sessions' || !(await areGoodAlike(goodLogs, lexical, parts))) {
    const ranked = graverFirst(log, newness);
    return {
      entries: ranked,
      blocks: highestByBlock(log, (entry) => ranked[entry]),
      cut: AGAINST_GOOD_CUT,
      slope: NO_SLOPE,
      usesSequence: false,
      lexical,
      goodCounts,
    };
  }
  return { ...(await sessionScores(log, good, newness, parts)), cut: SESSIONS_CUT, lexical, goodCounts };
}

/**
 * Scores of which those that are equal differ by how grave the words are. They only rise, and by less than scores differ
 * by, so the same ones reach the cut.
 */
function graverFirst({ templates, events }: EventLog, scores: Float64Array): Float64Array {
  const byWords = templates.map((template) => TIE * (templateGravity(template).odds - LEAST_ODDS));
  return scores.map((score, entry) => (score > 0 ? score + byWords[events[entry]] : score));
}

/**
 * Whether the sessions of the good logs are so much alike that order and counts tell something: by how many of them are
 * remarkable against the other good logs (of a single log, each half against the other).
 */
async function areGoodAlike(
  goodLogs: readonly EventLog[],
  lexical: Float64Array,
  parts: UnsupervisedParts,
): Promise<boolean> {
  const logs = goodLogs.length === 1 ? [0, 1].map((part) => everyOther(goodLogs[0], part)) : goodLogs;
  let [remarkable, sessions] = [0, 0];
  for (const log of logs.slice(-MAX_COMPARED)) {
    const others = oneAfterAnother(logs.filter((other) => other !== log));
    const news = scoresAgainstGood(knownCounts(others), lexical);
    const newness = Float64Array.from(log.events, (event) => news[event]);
    const { blocks } = await sessionScores(log, others, newness, parts);
    remarkable += blocks.filter((score) => score >= SESSIONS_CUT).length;
    sessions += log.blockCount;
  }
  // Sessions that were never met before get rarer as more are known: all logs together leave that many fewer of them.
  return logs.length > 0 && remarkable * (logs.length - 1) <= FALSE_ALARMS * sessions * logs.length;
}

async function sessionScores(
  log: EventLog,
  good: EventLog,
  newness: Float64Array,
  parts: UnsupervisedParts,
): Promise<Omit<Fusion, 'cut'> & { surprisal: Surprisal }> {
  // Torn stack traces are others in each log: they are judged by what they are about, not as a part of the sequence.
  const isTrace = areTraces(log.templates);
  const own = without(log, isTrace);
  const goodOwn = without(good, isTrace);
  const distance = distanceToGood(own, goodOwn);
  const { entries, ends, shortened } = await surprisalAgainst(own, goodOwn, parts.openNextEventNet, parts.seed);
  const last = new Int32Array(own.sequenceCount).fill(-1);
  own.sequences.forEach((sequence, entry) => (last[sequence] = entry));
  const surprisals = new Float64Array(log.events.length);
  const withEnds = new Float64Array(log.events.length);
  let next = 0;
  log.events.forEach((event, entry) => {
    if (isTrace[event] === 0) {
      const at = next++;
      const sequence = own.sequences[at];
      surprisals[entry] = entries[at];
      withEnds[entry] = Math.max(entries[at], last[sequence] === at ? ends[sequence] : 0);
    }
  });
  const isKnown = knownBlocks(own, goodOwn);
  const surprising = highestByBlock(log, (entry) => withEnds[entry]);
  const newest = highestByBlock(log, (entry) => newness[entry]);
  const { blocks } = log;
  return {
    entries: withEnds.map((score, entry) =>
      isKnown[blocks[entry]] === 1 ? 0 : score + newness[entry] + DISTANCE_WEIGHT * distance[blocks[entry]],
    ),
    blocks: surprising.map((score, block) =>
      isKnown[block] === 1 ? 0 : score + newest[block] + DISTANCE_WEIGHT * distance[block],
    ),
    slope: NO_SLOPE,
    usesSequence: true,
    surprisal: { entries: surprisals, ends, shortened },
  };
}

/** Per template how often good logs have it; a stack trace that they know in pieces counts as one. */
function knownCounts(good: EventLog): Uint32Array {
  const counts = templateCounts(good);
  const traces = knownTraces(good.templates, (template) => counts[template] > 0);
  return counts.map((count, template) => Math.max(count, traces[template]));
}

/** Every other session of a log, from the first or the second on. */
function everyOther(log: EventLog, part: number): EventLog {
  const kept = Uint32Array.from(log.events.keys()).filter((entry) => log.blocks[entry] % 2 === part);
  const blocks = kept.map((entry) => log.blocks[entry] >> 1);
  const count = Math.ceil((log.blockCount - part) / 2);
  return {
    ...log,
    events: kept.map((entry) => log.events[entry]),
    sequences: blocks,
    sequenceCount: count,
    blocks,
    blockCount: count,
  };
}

/** A log without entries, over the same templates. */
function nothingOf(log: EventLog): EventLog {
  const none = new Uint32Array(0);
  return { ...log, events: none, sequences: none, sequenceCount: 0, blocks: none, blockCount: 0 };
}

/** Per block of a log whether the good log has one with the same sequence of events. */
function knownBlocks(log: EventLog, good: EventLog): Uint8Array {
  const known = new Set(sequenceTexts(good));
  return Uint8Array.from(sequenceTexts(log), (text) => (known.has(text) ? 1 : 0));
}

/** Per block its events as the characters of a text. */
function sequenceTexts(log: EventLog): string[] {
  const texts = new Array<string>(log.blockCount).fill('');
  log.events.forEach((event, entry) => (texts[log.blocks[entry]] += String.fromCharCode(event)));
  return texts;
}

/** A log without the entries of some templates; its blocks and sequences keep their numbers. */
function without(log: EventLog, left: Uint8Array): EventLog {
  const kept = Uint32Array.from(log.events.keys()).filter((entry) => left[log.events[entry]] === 0);
  return {
    ...log,
    events: kept.map((entry) => log.events[entry]),
    sequences: kept.map((entry) => log.sequences[entry]),
    blocks: kept.map((entry) => log.blocks[entry]),
  };
}
