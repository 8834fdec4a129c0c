import type { Candidates } from './candidates';

/** Weights of the channels, in the order of Candidates.channels, and the score of "nothing". */
export interface Logit {
  weights: readonly number[];
  nothing: number;
  /** What each value of a log as a whole adds to that score, in the order of Candidates.ofLog. */
  ofLog: readonly number[];
}

/** A log with the share that it has in what is learned. */
export interface WeightedLog {
  log: Candidates;
  weight: number;
}

/** How strongly weights are drawn to 0 (ridge). */
const RIDGE = 0.3;
const STEPS = 200;
const RATE = 0.06;
/** Of a log so many candidates are looked at, those that look worst at the start. */
const MOST = 150;

/**
 * The weights, none below 0, under which the causes are chosen with the greatest probability among all candidates and
 * "nothing"; of a healthy log, "nothing": a conditional logit (McFadden 1973) with several right answers, ridge, and Adam
 * (Kingma, Ba 2015). Deterministic.
 * @param used which channels may count
 */
export function conditionalLogit(logs: readonly WeightedLog[], used: readonly boolean[]): Logit {
  const count = used.length;
  const size = count + 1 + (logs[0]?.log.ofLog.length ?? 0);
  const parameters = new Float64Array(size);
  const [first, second] = [new Float64Array(size), new Float64Array(size)];
  used.forEach((isUsed, channel) => (parameters[channel] = isUsed ? 0.5 : 0));
  parameters[count] = 3;
  const packed = logs.map(({ log, weight }) => ({ ...pack(log), ofLog: log.ofLog, isHealthy: log.isHealthy, weight }));
  for (let step = 1; step <= STEPS; step++) {
    const gradient = new Float64Array(size);
    for (const { values, ofLog, isCause, isHealthy, weight } of packed) {
      addGradient(gradient, parameters, count, values, ofLog, isCause, isHealthy, weight);
    }
    const rate = step < 0.7 * STEPS ? RATE : RATE / 4;
    for (let k = 0; k < size; k++) {
      if (k < count && !used[k]) {
        continue;
      }
      const slope = gradient[k] + (k === count ? 0 : RIDGE * parameters[k]);
      first[k] = 0.9 * first[k] + 0.1 * slope;
      // β₂ is .99 and not the paper's .999, for there are few steps.
      second[k] = 0.99 * second[k] + 0.01 * slope * slope;
      const scale = Math.sqrt(second[k] / (1 - 0.99 ** step)) + 1e-8;
      parameters[k] -= (rate * (first[k] / (1 - 0.9 ** step))) / scale;
      if (k < count) {
        parameters[k] = Math.max(0, parameters[k]);
      }
    }
  }
  return {
    weights: Array.from(parameters.subarray(0, count)),
    nothing: parameters[count],
    ofLog: Array.from(parameters.subarray(count + 1)),
  };
}

/** The score of "nothing" in a log. */
export function nothingIn({ nothing, ofLog }: Logit, log: Pick<Candidates, 'ofLog'>): number {
  return ofLog.reduce((sum, weight, k) => sum + weight * log.ofLog[k], nothing);
}

/** The score of a candidate. */
export function scoreOf({ weights }: Logit, values: Float64Array): number {
  return weights.reduce((sum, weight, channel) => sum + weight * values[channel], 0);
}

function pack({ values, isCause }: Candidates): { values: Float64Array[]; isCause: boolean[] } {
  const order = Array.from(values.keys()).sort((a, b) => sum(values[b]) - sum(values[a]) || a - b);
  const kept = order.filter((candidate, rank) => rank < MOST || isCause[candidate]);
  return { values: kept.map((candidate) => values[candidate]), isCause: kept.map((candidate) => isCause[candidate]) };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function addGradient(
  gradient: Float64Array,
  parameters: Float64Array,
  count: number,
  values: readonly Float64Array[],
  ofLog: readonly number[],
  isCause: readonly boolean[],
  isHealthy: boolean,
  weight: number,
): void {
  const odds = new Float64Array(values.length);
  const own = ofLog.reduce((sum, value, k) => sum + parameters[count + 1 + k] * value, parameters[count]);
  let highest = own;
  for (let i = 0; i < odds.length; i++) {
    for (let k = 0; k < count; k++) {
      odds[i] += parameters[k] * values[i][k];
    }
    highest = Math.max(highest, odds[i]);
  }
  const nothing = Math.exp(own - highest);
  let all = nothing;
  let right = 0;
  for (let i = 0; i < odds.length; i++) {
    odds[i] = Math.exp(odds[i] - highest);
    all += odds[i];
    right += isCause[i] ? odds[i] : 0;
  }
  const ofNothing = weight * (nothing / all - (isHealthy ? 1 : 0));
  gradient[count] += ofNothing;
  ofLog.forEach((value, k) => (gradient[count + 1 + k] += ofNothing * value));
  for (let i = 0; i < odds.length; i++) {
    const share = weight * (odds[i] / all - (isCause[i] && !isHealthy ? odds[i] / right : 0));
    for (let k = 0; k < count; k++) {
      gradient[k] += share * values[i][k];
    }
  }
}
