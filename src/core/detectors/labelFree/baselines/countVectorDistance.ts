import type { EventLog, LabelFreeDetector } from '../eventLog';

/** Share of the blocks that count as the neighbourhood of one. */
const NEIGHBOURS = 0.02;
/** With more distinct vectors than this only the first ones are compared with; the rest is judged against them. */
const MAXIMUM_VECTORS = 4000;

/**
 * Distance of a block's event counts, their logarithms weighted by inverse document frequency (a tenth repetition says
 * less than the first), to its neighbourhood: the distance within
 * which 2 % of all blocks lie (Landauer et al., "Critical Review of Log Data Sets", 2024: event count vectors are hard to
 * beat). The distance is L1 relative to the larger of the two sums.
 */
export const countVectorDistance: LabelFreeDetector = {
  name: 'count vector distance',
  async score(log) {
    const { vectors, weights, vectorOf } = weightedVectors(log);
    const sums = vectors.map((vector) => [...vector.values()].reduce((sum, value) => sum + value, 0));
    const neighbours = Math.max(2, NEIGHBOURS * log.blockCount);
    const compared = Math.min(vectors.length, MAXIMUM_VECTORS);
    const scores = vectors.map((vector, i) => {
      const distances = Array.from({ length: compared }, (_, k) => ({
        distance: distanceOf(vector, vectors[k], sums[i], sums[k]),
        weight: weights[k],
      })).sort((a, b) => a.distance - b.distance);
      let within = 0;
      return distances.find(({ weight }) => (within += weight) >= neighbours)?.distance ?? 1;
    });
    return { blocks: Float64Array.from(vectorOf, (vector) => scores[vector]) };
  },
};

export type SparseVector = ReadonlyMap<number, number>;

/** Per block how often it has each event that it has. */
export function countsByBlock(log: EventLog): Map<number, number>[] {
  const counts = Array.from({ length: log.blockCount }, () => new Map<number, number>());
  log.events.forEach((event, entry) => {
    const block = counts[log.blocks[entry]];
    block.set(event, (block.get(event) ?? 0) + 1);
  });
  return counts;
}

/** Σ |a − b| / max(Σ a, Σ b), from the sums and what the vectors share. */
export function distanceOf(a: SparseVector, b: SparseVector, sumA: number, sumB: number): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const [event, value] of small) {
    shared += Math.min(value, large.get(event) ?? 0);
  }
  return (sumA + sumB - 2 * shared) / Math.max(sumA, sumB, 1e-9);
}

/** The distinct weighted count vectors of a log's blocks, how many blocks have each, and the vector of each block. */
function weightedVectors(log: EventLog): { vectors: SparseVector[]; weights: number[]; vectorOf: Uint32Array } {
  const counts = countsByBlock(log);
  const documents = new Float64Array(log.templates.length);
  counts.forEach((block) => block.forEach((_, event) => documents[event]++));
  const idf = documents.map((count) => Math.log((log.blockCount + 1) / (count + 1)) + 0.05);
  const vectors: SparseVector[] = [];
  const weights: number[] = [];
  const indexOf = new Map<string, number>();
  const vectorOf = Uint32Array.from(counts, (block) => {
    const sorted = [...block].sort(([a], [b]) => a - b);
    const key = sorted.join(';');
    let index = indexOf.get(key);
    if (index === undefined) {
      index = vectors.push(new Map(sorted.map(([event, count]) => [event, Math.log1p(count) * idf[event]]))) - 1;
      weights.push(0);
      indexOf.set(key, index);
    }
    weights[index]++;
    return index;
  });
  return { vectors, weights, vectorOf };
}
