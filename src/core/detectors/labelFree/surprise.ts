import { sizeOf } from '../../model/logCnn';
import { CONTEXT, NEXT_EVENT_BATCH, nextEventTensors } from '../../model/nextEventCnn';
import { Random } from '../../training/random';
import { drawIndex, normalNumber } from '../../training/distributions';
import { oneCycleRate } from '../../training/oneCycle';
import type { EventLog } from './eventLog';
import type { NextEventNet, OpenNextEventNet } from './nextEventNet';
import { oneAfterAnother } from './joinedLogs';
import { windowTable, type WindowTable } from './windowTable';

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

/** Surprise of every entry. */
export interface Surprise {
  /** Per entry: −log of the probability of its event after those before it, in nats. */
  entries: Float64Array;
  /** Per sequence: the same for its end; empty in a stream. */
  ends: Float64Array;
}

/**
 * How surprising each event is after the ten before it, learned from the log itself: −log(½ p + ½ q) with p the
 * next-event network's probability and q the event's share of the log, which bounds what the network can find
 * surprising. A stream is cross-fitted: each half of its pieces is judged by networks trained on the other half, for
 * what occurs in one stretch of time only is else learned as normal.
 */
export async function surpriseOf(log: EventLog, open: OpenNextEventNet, seed: number): Promise<Surprise> {
  const table = windowTable(log);
  const net = await open(table.vocabulary);
  try {
    return log.kind === 'sessions'
      ? await surpriseOfSessions(table, net, seed)
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
      entries: Float64Array.from(table.windowOf.subarray(learned), (window) => scores[window]),
      ends: Float64Array.from(table.endWindowOf.subarray(learnedEnds), (window) => scores[window]),
    };
  } finally {
    await net.release();
  }
}

async function surpriseOfSessions(table: WindowTable, net: NextEventNet, seed: number): Promise<Surprise> {
  const counts = new Float64Array(table.count);
  table.windowOf.forEach((window) => counts[window]++);
  table.endWindowOf.forEach((window) => counts[window]++);
  const scores = await scoreWindows(table, net, counts, counts, seed);
  return {
    entries: Float64Array.from(table.windowOf, (window) => scores[window]),
    ends: Float64Array.from(table.endWindowOf, (window) => scores[window]),
  };
}

async function surpriseOfStream(log: EventLog, table: WindowTable, net: NextEventNet, seed: number): Promise<Surprise> {
  const total = log.events.length;
  const foldOf = (entry: number): number => Math.floor((entry * PIECES) / total) % 2;
  const counts = [new Float64Array(table.count), new Float64Array(table.count)];
  table.windowOf.forEach((window, entry) => counts[foldOf(entry)][window]++);
  const entries = new Float64Array(total);
  for (const fold of [0, 1]) {
    const scores = await scoreWindows(table, net, counts[1 - fold], counts[fold], seed + fold);
    for (let entry = 0; entry < total; entry++) {
      if (foldOf(entry) === fold) {
        entries[entry] = scores[table.windowOf[entry]];
      }
    }
  }
  return { entries, ends: new Float64Array(0) };
}

/** Surprise of each window that is wanted, by networks trained on the windows of the training. */
async function scoreWindows(
  table: WindowTable,
  net: NextEventNet,
  trained: Float64Array,
  wanted: Float64Array,
  seed: number,
): Promise<Float64Array> {
  const { vocabulary, rare, rareTemplates, next } = table;
  const windows = Array.from(wanted.keys()).filter((window) => wanted[window] > 0);
  const probabilities = new Float64Array(table.count);
  if (trained.some((count) => count > 0)) {
    for (let k = 0; k < NETS; k++) {
      await train(table, net, trained, new Random(seed + 1000 * k));
      for (let start = 0; start < windows.length; start += CHUNK) {
        const chunk = windows.slice(start, start + CHUNK);
        const logs = await net.logProbabilities(gatherContexts(table, chunk), chunk.length);
        chunk.forEach((window, i) => (probabilities[window] += Math.exp(logs[i * vocabulary + next[window]]) / NETS));
      }
    }
  }
  const shares = eventShares(table, trained);
  const scores = new Float64Array(table.count);
  for (const window of windows) {
    // The rare templates share one event: each of them is that much less probable.
    const split = next[window] === rare ? Math.log(rareTemplates) : 0;
    scores[window] = split - Math.log(0.5 * probabilities[window] + 0.5 * shares[next[window]]);
  }
  return scores;
}

/** Share of each event among those of the training, half a count added to each. */
function eventShares(table: WindowTable, trained: Float64Array): Float64Array {
  const shares = new Float64Array(table.vocabulary).fill(0.5);
  let total = 0.5 * table.vocabulary;
  trained.forEach((count, window) => {
    shares[table.next[window]] += count;
    total += count;
  });
  return shares.map((count) => count / total);
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

function gatherContexts({ contexts }: WindowTable, windows: readonly number[]): Int32Array {
  const result = new Int32Array(windows.length * CONTEXT);
  windows.forEach((window, i) => result.set(contexts.subarray(window * CONTEXT, (window + 1) * CONTEXT), i * CONTEXT));
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
