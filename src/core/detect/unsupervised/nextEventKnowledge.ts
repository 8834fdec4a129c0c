import type { WindowTable } from './windowTable';

/** Stands for an event that the networks do not know: of a template that the log did not have, if it had no rare ones. */
export const UNKNOWN = -1;

/** What networks and frequencies have learned of the order of a log's events: it judges the events of other records. */
export interface NextEventKnowledge {
  vocabulary: number;
  /** Per template its event, {@link UNKNOWN} if it has none. */
  eventOf: Int32Array;
  /** Event of the rare templates, of which there are so many; UNKNOWN if there are none. */
  rare: number;
  rareTemplates: number;
  /** The networks, whose probabilities are averaged; none if there was nothing to learn. */
  parameters: readonly Float32Array[];
  /** Weight of the probability after the last event beside the networks'. */
  lastEventShare: number;
  /** How often each event came after each, `pairs[last · vocabulary + next]`, and how often anything did. */
  pairs: Float64Array;
  firsts: Float64Array;
  /** Share of each event, half a count added to each, and that of an event that never occurred. */
  shares: Float64Array;
  shareOfUnknown: number;
}

/**
 * Collects what is known once the networks are trained.
 * @param trained how often each window was learned from, over all networks
 * @param parameters of all networks; those of a cross-fitted stream are averaged over its halves
 */
export function nextEventKnowledge(
  table: WindowTable,
  templates: number,
  trained: ArrayLike<number>,
  parameters: readonly Float32Array[],
  lastEventShare: number,
): NextEventKnowledge {
  const { vocabulary, rare, rareTemplates, templateOf } = table;
  const eventOf = new Int32Array(templates).fill(rare);
  templateOf.forEach((template, event) => {
    if (template >= 0) {
      eventOf[template] = event;
    }
  });
  const pairs = countPairs(table, trained);
  return {
    vocabulary,
    eventOf,
    rare,
    rareTemplates,
    parameters,
    lastEventShare,
    pairs,
    firsts: countFirsts(vocabulary, pairs),
    ...eventShares(vocabulary, pairs),
  };
}

/** How often each event follows each other in the windows of the training, see `pairOf`. */
export function countPairs({ vocabulary, pairOf }: WindowTable, trained: ArrayLike<number>): Float64Array {
  const pairs = new Float64Array(vocabulary * vocabulary);
  for (let window = 0; window < trained.length; window++) {
    pairs[pairOf[window]] += trained[window];
  }
  return pairs;
}

/** How often anything came after each event. */
export function countFirsts(vocabulary: number, pairs: Float64Array): Float64Array {
  const firsts = new Float64Array(vocabulary);
  pairs.forEach((count, pair) => (firsts[Math.floor(pair / vocabulary)] += count));
  return firsts;
}

/** Share of each event among those of the training, half a count added to each. */
export function eventShares(
  vocabulary: number,
  pairs: Float64Array,
): Pick<NextEventKnowledge, 'shares' | 'shareOfUnknown'> {
  const counts = new Float64Array(vocabulary).fill(0.5);
  let total = 0.5 * vocabulary;
  pairs.forEach((count, pair) => {
    counts[pair % vocabulary] += count;
    total += count;
  });
  return { shares: counts.map((count) => count / total), shareOfUnknown: 0.5 / total };
}
