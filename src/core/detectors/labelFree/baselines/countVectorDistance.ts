import type { LabelFreeDetector } from '../eventLog';
import { comparedVectors, CountDistances, distinctCounts, inverseFrequencies } from '../eventCounts';

/** Share of the blocks that count as the neighbourhood of one. */
const NEIGHBOURS = 0.02;

/**
 * Distance of a block's event counts, weighted by inverse document frequency, to its neighbourhood: the distance within
 * which 2 % of all blocks lie (Landauer et al., "Critical Review of Log Data Sets", 2024: event count vectors are hard to
 * beat).
 */
export const countVectorDistance: LabelFreeDetector = {
  name: 'count vector distance',
  async score(log) {
    const all = distinctCounts(log);
    const compared = comparedVectors(all, all.vectors.length);
    const distances = new CountDistances(
      compared.map((vector) => all.vectors[vector]),
      inverseFrequencies(all, log.templates.length),
    );
    const weights = Float64Array.from(compared, (vector) => all.blocksWith[vector]);
    const neighbours = Math.max(2, NEIGHBOURS * weights.reduce((sum, weight) => sum + weight, 0));
    const scores = all.vectors.map((vector) => weightedQuantile(distances.from(vector), weights, neighbours));
    return { blocks: Float64Array.from(all.vectorOf, (vector) => scores[vector]) };
  },
};

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
