import { sizeOf } from '../../model/logCnn';
import { CONTEXT, NEXT_EVENT_BATCH, nextEventTensors } from '../../model/nextEventCnn';
import { Random } from '../../training/random';
import { drawIndex, normalNumber } from '../../training/distributions';
import { oneCycleRate } from '../../training/oneCycle';
import type { EventLog } from './eventLog';
import type { NextEventNet, OpenNextEventNet } from './nextEventNet';
import { oneAfterAnother } from './joinedLogs';
import { eventPairs, eventShares, nextEventKnowledge, type NextEventKnowledge } from './nextEventKnowledge';
import { isForgotten, WIDTH, windowTable, type WindowTable } from './windowTable';

/** Steps of a training. So few are a decisive regulariser: with 400 the network learns the anomalies too. */
const STEPS = 60;
/** Highest learning rate of the one-cycle schedule. */
const RATE = 1e-2;
/** Networks that are averaged. */
const NETS = 3;
/** Pieces of a stream, of which every other one is trained on. */
const PIECES = 8;
/** Contexts in one run of the network. */
const CHUNK = 2048;

/**
 * Windows that the networks look at in one go, or this share of the entries where that is more: those whose next event is
 * the least probable after the last one. The others are judged by their last event alone. That bounds the time to five
 * seconds or a fifth of the scan; by a count, for a clock would make the findings depend on the machine.
 */
const LEAST_SCORED = 1 << 16;
const SCORED_SHARE = 0.02;

/**
 * Weight of the last event's probability of the next one beside the networks' in a stream, where many sources mingle so
 * that what stood further back says less.
 */
const LAST_EVENT_SHARE = 0.3;

/** Surprise of every entry. */
export interface Surprise {
  /** Per entry: −log of the probability of its event after those before it, in nats. */
  entries: Float64Array;
  /** Per sequence: the same for its end; empty in a stream. */
  ends: Float64Array;
  /** How many entries and ends were judged by the event before them alone, for the log is too large. */
  shortened: number;
}

/** Surprise of a log that was learned from itself, and what was learned, for records that come later. */
export interface LearnedSurprise extends Surprise {
  knowledge: NextEventKnowledge;
}

/**
 * How surprising each event is after the ten before it, learned from the log itself: −log(½ p + ½ q) with p the
 * next-event network's probability and q the event's share of the log, which bounds what the network can find
 * surprising. In a stream p is averaged with the event's probability after the one before it; and it is cross-fitted: each half of its pieces is judged by networks trained on the other half, for
 * what occurs in one stretch of time only is else learned as normal.
 */
export async function surpriseOf(log: EventLog, open: OpenNextEventNet, seed: number): Promise<LearnedSurprise> {
  const table = windowTable(log);
  const net = await open(table.vocabulary);
  try {
    return log.kind === 'sessions'
      ? await surpriseOfSessions(log, table, net, seed)
      : await surpriseOfStream(log, table, net, seed);
  } finally {
    await net.release();
  }
}

/**
 * How surprising each event of a log is to networks that have learned from other logs alone.
 * @param good the other logs, over the same templates
 */
export async function surpriseAgainst(
  log: EventLog,
  good: EventLog,
  open: OpenNextEventNet,
  seed: number,
): Promise<Surprise> {
  const table = windowTable(oneAfterAnother([good, log]));
  const learned = good.events.length;
  const learnedEnds = log.kind === 'sessions' ? good.sequenceCount : 0;
  const trained = new Float64Array(table.count);
  const wanted = new Float64Array(table.count);
  table.windowOf.forEach((window, entry) => (entry < learned ? trained : wanted)[window]++);
  table.endWindowOf.forEach((window, sequence) => (sequence < learnedEnds ? trained : wanted)[window]++);
  const net = await open(table.vocabulary);
  try {
    const scores = await scoreWindows(table, net, trained, wanted, seed);
    return {
      entries: Float64Array.from(table.windowOf.subarray(learned), (window) => scores.surprise[window]),
      ends: Float64Array.from(table.endWindowOf.subarray(learnedEnds), (window) => scores.surprise[window]),
      shortened: scores.shortened,
    };
  } finally {
    await net.release();
  }
}

async function surpriseOfSessions(
  log: EventLog,
  table: WindowTable,
  net: NextEventNet,
  seed: number,
): Promise<LearnedSurprise> {
  const counts = new Float64Array(table.count);
  table.windowOf.forEach((window) => counts[window]++);
  table.endWindowOf.forEach((window) => counts[window]++);
  const scores = await scoreWindows(table, net, counts, counts, seed);
  return {
    entries: Float64Array.from(table.windowOf, (window) => scores.surprise[window]),
    ends: Float64Array.from(table.endWindowOf, (window) => scores.surprise[window]),
    shortened: scores.shortened,
    knowledge: nextEventKnowledge(table, log.templates.length, counts, scores.parameters, 0),
  };
}

async function surpriseOfStream(
  log: EventLog,
  table: WindowTable,
  net: NextEventNet,
  seed: number,
): Promise<LearnedSurprise> {
  const total = log.events.length;
  const foldOf = (entry: number): number => Math.floor((entry * PIECES) / total) % 2;
  const counts = [new Float64Array(table.count), new Float64Array(table.count)];
  table.windowOf.forEach((window, entry) => counts[foldOf(entry)][window]++);
  const entries = new Float64Array(total);
  const parameters: Float32Array[] = [];
  let shortened = 0;
  for (const fold of [0, 1]) {
    const scores = await scoreWindows(table, net, counts[1 - fold], counts[fold], seed + fold, LAST_EVENT_SHARE);
    for (let entry = 0; entry < total; entry++) {
      if (foldOf(entry) === fold) {
        entries[entry] = scores.surprise[table.windowOf[entry]];
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
  /** Per window; 0 for those that are not wanted. */
  surprise: Float64Array;
  /** How often windows are wanted that were judged by their last event alone. */
  shortened: number;
  /** Of the networks. */
  parameters: Float32Array[];
}

/**
 * Surprise of each window that is wanted, by networks trained on the windows of the training.
 * @param lastEventShare weight of the probability after the last event beside the networks'
 */
async function scoreWindows(
  table: WindowTable,
  net: NextEventNet,
  trained: Float64Array,
  wanted: Float64Array,
  seed: number,
  lastEventShare = 0,
): Promise<WindowScores> {
  const { vocabulary, rare, rareTemplates, next } = table;
  const whole = trained.map((count, window) => (isForgotten(table, window) ? 0 : count));
  const isLearned = whole.some((count) => count > 0);
  const probabilities = nextAfterLast(table, trained);
  const windows = isLearned ? mostSurprising(table, wanted, probabilities) : [];
  const parameters: Float32Array[] = [];
  if (isLearned) {
    windows.forEach((window) => (probabilities[window] *= lastEventShare));
    const share = (1 - lastEventShare) / NETS;
    for (let k = 0; k < NETS; k++) {
      await train(table, net, whole, new Random(seed + 1000 * k));
      parameters.push(net.parameters());
      for (let start = 0; start < windows.length; start += CHUNK) {
        const chunk = windows.slice(start, start + CHUNK);
        const logs = await net.logProbabilities(gatherContexts(table, chunk), chunk.length);
        chunk.forEach((window, i) => (probabilities[window] += share * Math.exp(logs[i * vocabulary + next[window]])));
      }
    }
  }
  const { shares } = eventShares(table, trained);
  const split = Math.log(rareTemplates);
  let shortened = 0;
  const surprise = wanted.map((count, window) => {
    shortened += count;
    // The rare templates share one event: each of them is that much less probable.
    const part = next[window] === rare ? split : 0;
    return count > 0 ? part - Math.log(0.5 * probabilities[window] + 0.5 * shares[next[window]]) : 0;
  });
  windows.forEach((window) => (shortened -= wanted[window]));
  return { surprise, shortened, parameters };
}

/** Per window the probability of its event after the one before it, by the windows of the training. */
function nextAfterLast(table: WindowTable, trained: Float64Array): Float64Array {
  const { vocabulary, rows } = table;
  const { pairs, firsts } = eventPairs(table, trained);
  return trained.map((_, window) => {
    const last = rows[window * WIDTH + CONTEXT - 1];
    return firsts[last] > 0 ? pairs[last * vocabulary + rows[window * WIDTH + CONTEXT]] / firsts[last] : 0;
  });
}

/** The wanted windows that the networks are to look at: all, or the least probable ones if there are too many. */
function mostSurprising(table: WindowTable, wanted: Float64Array, probabilities: Float64Array): number[] {
  const windows: number[] = [];
  let entries = 0;
  wanted.forEach((count, window) => {
    entries += count;
    if (count > 0 && !isForgotten(table, window)) {
      windows.push(window);
    }
  });
  const most = Math.max(LEAST_SCORED, Math.floor(SCORED_SHARE * entries));
  if (windows.length <= most) {
    return windows;
  }
  const border = Float64Array.from(windows, (window) => probabilities[window]).sort()[most];
  return windows.filter((window) => probabilities[window] < border);
}

async function train(table: WindowTable, net: NextEventNet, weights: Float64Array, random: Random): Promise<void> {
  net.start(initialParameters(table.vocabulary, random));
  const cumulated = new Float64Array(weights.length);
  let total = 0;
  weights.forEach((weight, window) => (cumulated[window] = total += weight));
  for (let step = 0; step < STEPS; step++) {
    const batch = Array.from({ length: NEXT_EVENT_BATCH }, () => drawIndex(cumulated, random));
    const next = Int32Array.from(batch, (window) => table.next[window]);
    await net.step(gatherContexts(table, batch), next, oneCycleRate(step, STEPS, RATE));
  }
}

function gatherContexts({ rows }: WindowTable, windows: readonly number[]): Int32Array {
  const result = new Int32Array(windows.length * CONTEXT);
  windows.forEach((window, i) => {
    for (let k = 0; k < CONTEXT; k++) {
      result[i * CONTEXT + k] = rows[window * WIDTH + k];
    }
  });
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
