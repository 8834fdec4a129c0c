import type { EventLog } from './eventLog';

/** Vectors that others are compared with at most, the most frequent ones. */
const MAX_COMPARED = 4000;
/** At least so many whatever the number of those that are compared. */
const MIN_COMPARED = 100;
/** Comparisons between these limits: about two seconds of them. */
const COMPARISONS = 16_000_000;

/** How often a block has each event that it has: the events ascending, and their counts. */
export interface EventCounts {
  events: Uint32Array;
  counts: Uint32Array;
}

/** The distinct event counts of a log's blocks. */
export interface DistinctCounts {
  vectors: EventCounts[];
  /** How many blocks have each. */
  blocksWith: number[];
  /** Per block its vector. */
  vectorOf: Uint32Array;
}

/** Counts the events of each block of a log; equal counts are stored once. */
export function distinctCounts(log: EventLog): DistinctCounts {
  const { events, blocks, blockCount } = log;
  const starts = new Uint32Array(blockCount + 1);
  blocks.forEach((block) => starts[block + 1]++);
  for (let block = 0; block < blockCount; block++) {
    starts[block + 1] += starts[block];
  }
  const next = starts.slice();
  const byBlock = new Uint32Array(events.length);
  events.forEach((event, entry) => (byBlock[next[blocks[entry]]++] = event));
  const result: DistinctCounts = { vectors: [], blocksWith: [], vectorOf: new Uint32Array(blockCount) };
  const known = new Map<string, number>();
  for (let block = 0; block < blockCount; block++) {
    const vector = countsOf(byBlock.subarray(starts[block], starts[block + 1]).sort());
    const key = keyOf(vector);
    let index = known.get(key);
    if (index === undefined) {
      index = result.vectors.push(vector) - 1;
      result.blocksWith.push(0);
      known.set(key, index);
    }
    result.blocksWith[index]++;
    result.vectorOf[block] = index;
  }
  return result;
}

/** The same text for the same counts. */
export function keyOf({ events, counts }: EventCounts): string {
  return `${events.join()};${counts.join()}`;
}

/** Weight of each event: its inverse document frequency, the blocks being the documents; one in every block keeps a little. */
export function inverseFrequencies({ vectors, blocksWith, vectorOf }: DistinctCounts, events: number): Float64Array {
  const documents = new Float64Array(events);
  vectors.forEach((vector, i) => vector.events.forEach((event) => (documents[event] += blocksWith[i])));
  return documents.map((count) => Math.log((vectorOf.length + 1) / (count + 1)) + 0.05);
}

/**
 * The vectors with which others are to be compared: all, or of many the most frequent ones.
 * @param others how many are to be compared with them
 * @returns their numbers
 */
export function comparedVectors({ vectors, blocksWith }: DistinctCounts, others: number): number[] {
  const all = Array.from(vectors.keys());
  const most = Math.min(MAX_COMPARED, Math.max(MIN_COMPARED, Math.floor(COMPARISONS / others)));
  return all.length <= most ? all : all.sort((a, b) => blocksWith[b] - blocksWith[a] || a - b).slice(0, most);
}

/**
 * Distances between event counts: L1 of their weighted logarithms (a tenth repetition says less than the first), relative
 * to the larger of the two sums.
 */
export class CountDistances {
  private readonly compared: { events: Uint32Array; values: Float64Array; sum: number }[];
  private readonly row: Float64Array;

  /**
   * @param compared with which others are compared
   * @param weights per event
   */
  constructor(
    compared: readonly EventCounts[],
    private readonly weights: Float64Array,
  ) {
    this.compared = compared.map((vector) => this.weighted(vector));
    this.row = new Float64Array(weights.length);
  }

  /** Distance to each of the compared vectors: 0 to the same, up to 2. */
  from(vector: EventCounts): Float64Array {
    const { row } = this;
    const own = this.weighted(vector);
    own.events.forEach((event, i) => (row[event] = own.values[i]));
    const distances = Float64Array.from(this.compared, ({ events, values, sum }) => {
      let shared = 0;
      for (let i = 0; i < events.length; i++) {
        shared += Math.min(values[i], row[events[i]]);
      }
      return (own.sum + sum - 2 * shared) / Math.max(own.sum, sum, 1e-9);
    });
    own.events.forEach((event) => (row[event] = 0));
    return distances;
  }

  private weighted({ events, counts }: EventCounts): { events: Uint32Array; values: Float64Array; sum: number } {
    const values = Float64Array.from(counts, (count, i) => Math.log1p(count) * this.weights[events[i]]);
    return { events, values, sum: values.reduce((sum, value) => sum + value, 0) };
  }
}

/** @param sorted events of a block, ascending */
export function countsOf(sorted: Uint32Array): EventCounts {
  const events = sorted.filter((event, i) => i === 0 || event !== sorted[i - 1]);
  const counts = new Uint32Array(events.length);
  let last = -1;
  sorted.forEach((event, i) => {
    last += i === 0 || event !== sorted[i - 1] ? 1 : 0;
    counts[last]++;
  });
  return { events, counts };
}
