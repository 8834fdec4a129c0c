import type { EventLog } from '../../events/eventLog';
import {
  comparedVectors,
  CountDistances,
  distinctCounts,
  inverseFrequencies,
  type EventCounts,
} from '../../events/eventCounts';

/** Share of the blocks that count as the neighbourhood of one. */
const NEIGHBOURS = 0.02;

/**
 * The event counts of a log's blocks, and how far each block is from its neighbourhood: the distance, weighted by inverse
 * document frequency, within which 2 % of all blocks lie.
 */
export class CountNeighbourhoods {
  /** Distance of each block, 0…1. */
  readonly blocks: Float64Array;
  private readonly distances: CountDistances;
  private readonly weights: Float64Array;
  private readonly neighbours: number;

  constructor(log: EventLog) {
    const all = distinctCounts(log);
    const compared = comparedVectors(all, all.vectors.length);
    this.distances = new CountDistances(
      compared.map((vector) => all.vectors[vector]),
      // The last weight is that of all events that no block has.
      inverseFrequencies(all, log.templates.length + 1),
    );
    this.weights = Float64Array.from(compared, (vector) => all.blocksWith[vector]);
    this.neighbours = Math.max(2, NEIGHBOURS * this.weights.reduce((sum, weight) => sum + weight, 0));
    const scores = all.vectors.map((vector) => this.distanceOf(vector));
    this.blocks = Float64Array.from(all.vectorOf, (vector) => scores[vector]);
  }

  /** Distance of a block that need not be one of the log's; a template that the log does not have counts as its length. */
  distanceOf(vector: EventCounts): number {
    return weightedQuantile(this.distances.from(vector), this.weights, this.neighbours);
  }
}

/** The least of the values up to which the weights sum up to `least`; 1 if all of them do not. */
function weightedQuantile(values: Float64Array, weights: Float64Array, least: number): number {
  const order = Uint32Array.from(values.keys());
  let from = 0;
  let to = order.length;
  let below = 0;
  // Quickselect: what lies left of `from` weighs `below`, which is not enough; the value looked for is left of `to`.
  while (from < to) {
    const pivot = values[order[(from + to) >> 1]];
    let border = from;
    let weight = 0;
    for (let i = from; i < to; i++) {
      const at = order[i];
      if (values[at] < pivot) {
        order[i] = order[border];
        order[border++] = at;
        weight += weights[at];
      }
    }
    if (below + weight >= least) {
      to = border;
      continue;
    }
    below += weight;
    from = border;
    for (let i = from; i < to; i++) {
      const at = order[i];
      if (values[at] === pivot) {
        order[i] = order[from];
        order[from++] = at;
        below += weights[at];
      }
    }
    if (below >= least) {
      return pivot;
    }
  }
  return 1;
}
