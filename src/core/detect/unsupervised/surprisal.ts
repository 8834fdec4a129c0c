import { sizeOf } from '../../model/logCnn';
import { CONTEXT, NEXT_EVENT_BATCH, nextEventTensors } from '../../model/nextEventCnn';
import { Random } from '../../numeric/random';
import { IndexDraws, normalNumber } from '../../numeric/distributions';
import { oneCycleRate } from '../../model/oneCycle';
import type { EventLog } from '../../events/eventLog';
import {
  countFirsts,
  countPairs,
  eventShares,
  nextEventKnowledge,
  type NextEventKnowledge,
} from './nextEventKnowledge';
import type { NextEventNet, OpenNextEventNet } from './nextEventNet';
import { oneAfterAnother } from '../../events/joinedLogs';
import { isForgotten, WIDTH, windowTable, type WindowTable } from './windowTable';

/** Steps of a training. So few are a decisive regulariser: with 400 the network learns the anomalies too. */
const STEPS = 60;
/** Highest learning rate of the one-cycle schedule. */
const RATE = 1e-2;
/** Networks that are averaged. */
const NETS = 3;
/** Pieces of a stream, of which every other one is trained on. */
const PIECES = 8;
/** Contexts in one run of the network: few enough that what flows between its layers stays in the processor's cache. */
const CHUNK = 512;

/**
 * Windows that the networks look at in one go, or this share of the entries where that is more: those whose next event is
 * the least probable after the last one. The others are judged by their last event alone. That bounds the time by a count,
 * for a clock would make the findings depend on the machine.
 */
const MIN_SCORED = 1 << 15;
const SCORED_SHARE = 0.02;

/**
 * Weight of the last event's probability of the next one beside the networks' in a stream, where many sources mingle so
 * that what stood further back says less.
 */
const LAST_EVENT_SHARE = 0.3;

/** Surprisal of every entry. */
export interface Surprisal {
  /** Per entry: −log of the probability of its event after those before it, in nats. */
  entries: Float64Array;
  /** Per sequence: the same for its end; empty in a stream. */
  ends: Float64Array;
  /** How many entries and ends were judged by the event before them alone, for the log is too large. */
  shortened: number;
}

/** Surprisal of a log that was learned from itself, and what was learned, for records that come later. */
export interface LearnedSurprisal extends Surprisal {
  knowledge: NextEventKnowledge;
}

/**
 * How surprising each event is after the ten before it, learned from the log itself: −log(½ p + ½ q) with p the
 * next-event network's probability and q the event's share of the log, which bounds what the network can find
 * surprising. In a stream p is averaged with the event's probability after the one before it; and it is cross-fitted: each half of its pieces is judged by networks trained on the other half, for
 * what occurs in one stretch of time only is else learned as normal.
 */
export async function surprisalOf(log: EventLog, open: OpenNextEventNet, seed: number): Promise<LearnedSurprisal> {
  const table = windowTable(log);
  const net = await open(table.vocabulary);
  try {
    return log.kind === 'sessions'
      ? await surprisalOfSessions(log, table, net, seed)
      : await surprisalOfStream(log, table, net, seed);
  } finally {
    await net.release();
  }
}

/**
 * How surprising each event of a log is to networks that have learned from other logs alone.
 * @param good the other logs, over the same templates
 */
export async function surprisalAgainst(
  log: EventLog,
  good: EventLog,
  open: OpenNextEventNet,
  seed: number,
): Promise<Surprisal> {
  const table = windowTable(oneAfterAnother([good, log]));
  const learned = good.events.length;
  const learnedEnds = log.kind === 'sessions' ? good.sequenceCount : 0;
  const trained = new Uint32Array(table.count);
  const wanted = new Uint32Array(table.count);
  table.windowOf.forEach((window, entry) => (entry < learned ? trained : wanted)[window]++);
  table.endWindowOf.forEach((window, sequence) => (sequence < learnedEnds ? trained : wanted)[window]++);
  const net = await open(table.vocabulary);
  try {
    const scores = await scoreWindows(table, net, trained, wanted, seed);
    return {
      entries: Float64Array.from(table.windowOf.subarray(learned), (window) => scores.surprisal[window]),
      ends: Float64Array.from(table.endWindowOf.subarray(learnedEnds), (window) => scores.surprisal[window]),
      shortened: scores.shortened,
    };
  } finally {
    await net.release();
  }
}

async function surprisalOfSessions(
  log: EventLog,
  table: WindowTable,
  net: NextEventNet,
  seed: number,
): Promise<LearnedSurprisal> {
  const counts = new Uint32Array(table.count);
  table.windowOf.forEach((window) => counts[window]++);
  table.endWindowOf.forEach((window) => counts[window]++);
  const scores = await scoreWindows(table, net, counts, counts, seed);
  return {
    entries: Float64Array.from(table.windowOf, (window) => scores.surprisal[window]),
    ends: Float64Array.from(table.endWindowOf, (window) => scores.surprisal[window]),
    shortened: scores.shortened,
    knowledge: nextEventKnowledge(table, log.templates.length, counts, scores.parameters, 0),
  };
}

async function surprisalOfStream(
  log: EventLog,
  table: WindowTable,
  net: NextEventNet,
  seed: number,
): Promise<LearnedSurprisal> {
  const total = log.events.length;
  const startOf = (piece: number): number => Math.ceil((piece * total) / PIECES);
  const { windowOf } = table;
  const counts = [new Uint32Array(table.count), new Uint32Array(table.count)];
  for (let piece = 0; piece < PIECES; piece++) {
    for (let entry = startOf(piece); entry < startOf(piece + 1); entry++) {
      counts[piece % 2][windowOf[entry]]++;
    }
  }
  const entries = new Float64Array(total);
  const parameters: Float32Array[] = [];
  let shortened = 0;
  for (const fold of [0, 1]) {
    const scores = await scoreWindows(table, net, counts[1 - fold], counts[fold], seed + fold, LAST_EVENT_SHARE);
    for (let piece = fold; piece < PIECES; piece += 2) {
      for (let entry = startOf(piece); entry < startOf(piece + 1); entry++) {
        entries[entry] = scores.surprisal[windowOf[entry]];
      }
    }
    shortened += scores.shortened;
    parameters.push(...scores.parameters);
  }
  const all = counts[0].map((count, window) => count + counts[1][window]);
  const knowledge = nextEventKnowledge(table, log.templates.length, all, parameters, LAST_EVENT_SHARE);
  return { entries, ends: new Float64Array(0), shortened, knowledge };
}

interface WindowScores {
  /** Per window; of those that are not wanted it says nothing. */
  surprisal: Float64Array;
  /** How often windows are wanted that were judged by their last event alone. */
  shortened: number;
  /** Of the networks. */
  parameters: Float32Array[];
}

/**
 * Surprisal of each window that is wanted, by networks trained on the windows of the training.
 * @param lastEventShare weight of the probability after the last event beside the networks'
 */
async function scoreWindows(
  table: WindowTable,
  net: NextEventNet,
  trained: Uint32Array,
  wanted: Uint32Array,
  seed: number,
  lastEventShare = 0,
): Promise<WindowScores> {
  const { vocabulary, rare, rareTemplates, next, pairOf } = table;
  const pairs = countPairs(table, trained);
  const afterLast = nextAfterLast(vocabulary, pairs);
  const { shares } = eventShares(vocabulary, pairs);
  const split = Math.log(rareTemplates);
  const surprisalAt = (probability: number, event: number): number =>
    // The rare templates share one event: each of them is that much less probable.
    (event === rare ? split : 0) - Math.log(0.5 * probability + 0.5 * shares[event]);
  const byPair = afterLast.map((probability, pair) => surprisalAt(probability, pair % vocabulary));
  const surprisal = new Float64Array(table.count);
  let shortened = 0;
  for (let window = 0; window < surprisal.length; window++) {
    surprisal[window] = byPair[pairOf[window]];
    shortened += wanted[window];
  }
  const weights = cumulatedWeights(table, trained);
  const parameters: Float32Array[] = [];
  if (weights[weights.length - 1] > 0) {
    const windows = mostSurprising(table, wanted, afterLast);
    const probabilities = Float64Array.from(windows, (window) => afterLast[pairOf[window]] * lastEventShare);
    const share = (1 - lastEventShare) / NETS;
    const chunks = Array.from({ length: Math.ceil(windows.length / CHUNK) }, (_, k) => {
      const chunk = windows.subarray(k * CHUNK, (k + 1) * CHUNK);
      return { contexts: gatherContexts(table, chunk), next: gatherNext(table, chunk) };
    });
    const draws = new IndexDraws(weights);
    for (let k = 0; k < NETS; k++) {
      await train(table, net, draws, new Random(seed + 1000 * k));
      parameters.push(net.parameters());
      let place = 0;
      for (const { contexts, next: events } of chunks) {
        for (const log of await net.logProbabilities(contexts, events)) {
          probabilities[place++] += share * Math.exp(log);
        }
      }
    }
    windows.forEach((window, i) => {
      surprisal[window] = surprisalAt(probabilities[i], next[window]);
      shortened -= wanted[window];
    });
  }
  return { surprisal, shortened, parameters };
}

/** Per pair the probability of its second event after the first. */
function nextAfterLast(vocabulary: number, pairs: Float64Array): Float64Array {
  const firsts = countFirsts(vocabulary, pairs);
  return pairs.map((count, pair) => (count > 0 ? count / firsts[Math.floor(pair / vocabulary)] : 0));
}

/** The wanted windows that the networks are to look at: all, or the least probable ones if there are too many. */
function mostSurprising(table: WindowTable, wanted: Uint32Array, afterLast: Float64Array): Uint32Array {
  const { count, pairOf } = table;
  const windowsOf = new Uint32Array(afterLast.length);
  const windows = new Uint32Array(count);
  let found = 0;
  let entries = 0;
  for (let window = 0; window < count; window++) {
    entries += wanted[window];
    if (wanted[window] > 0 && !isForgotten(table, window)) {
      windows[found++] = window;
      windowsOf[pairOf[window]]++;
    }
  }
  const most = Math.max(MIN_SCORED, Math.floor(SCORED_SHARE * entries));
  if (found <= most) {
    return windows.subarray(0, found);
  }
  const byProbability = Uint32Array.from(afterLast.keys()).sort((a, b) => afterLast[a] - afterLast[b]);
  let passed = 0;
  const border = afterLast[byProbability.find((pair) => (passed += windowsOf[pair]) > most)!];
  return windows.subarray(0, found).filter((window) => afterLast[pairOf[window]] < border);
}

/** Per window how often it and those before it are trained on, without those whose context is forgotten. */
function cumulatedWeights(table: WindowTable, trained: Uint32Array): Float64Array {
  const cumulated = new Float64Array(table.count);
  let total = 0;
  for (let window = 0; window < cumulated.length; window++) {
    total += isForgotten(table, window) ? 0 : trained[window];
    cumulated[window] = total;
  }
  return cumulated;
}

async function train(table: WindowTable, net: NextEventNet, draws: IndexDraws, random: Random): Promise<void> {
  net.start(initialParameters(table.vocabulary, random));
  const batch = new Uint32Array(NEXT_EVENT_BATCH);
  for (let step = 0; step < STEPS; step++) {
    for (let i = 0; i < batch.length; i++) {
      batch[i] = draws.draw(random);
    }
    await net.step(gatherContexts(table, batch), gatherNext(table, batch), oneCycleRate(step, STEPS, RATE));
  }
}

function gatherContexts({ rows }: WindowTable, windows: Uint32Array): Int32Array {
  const result = new Int32Array(windows.length * CONTEXT);
  for (let i = 0; i < windows.length; i++) {
    for (let k = 0; k < CONTEXT; k++) {
      result[i * CONTEXT + k] = rows[windows[i] * WIDTH + k];
    }
  }
  return result;
}

function gatherNext({ next }: WindowTable, windows: Uint32Array): Int32Array {
  const result = new Int32Array(windows.length);
  for (let i = 0; i < windows.length; i++) {
    result[i] = next[windows[i]];
  }
  return result;
}

/** Embeddings from the standard normal distribution, the other layers uniform within ±1/√(values that enter a neuron). */
function initialParameters(vocabulary: number, random: Random): Float32Array {
  const values: number[] = [];
  let bound = 0;
  for (const tensor of nextEventTensors(vocabulary)) {
    if (tensor.shape.length > 1) {
      bound = 1 / Math.sqrt(tensor.shape[1]);
    }
    for (let i = sizeOf(tensor); i > 0; i--) {
      values.push(tensor.name === 'embedding' ? normalNumber(random) : (2 * random.next() - 1) * bound);
    }
  }
  return Float32Array.from(values);
}
