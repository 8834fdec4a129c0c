import { countsByBlock, distanceOf, type SparseVector } from './baselines/countVectorDistance';
import type { EventLog } from './eventLog';

/** Of more different count vectors than this the good logs give only the most frequent ones. */
const MAXIMUM_VECTORS = 4000;

/**
 * Distance of each block's event counts to those of the nearest block of the good logs: the L1 distance of their
 * logarithms, weighted by the inverse document frequency in the good logs, relative to the larger of the two sums
 * (Landauer, Skopik, Wurzenberger: "A Critical Review of Common Log Data Sets Used for Evaluation of Sequence-based
 * Anomaly Detection Techniques", 2024: event count vectors).
 * @param good over the same templates
 * @returns per block of the log, 0…1; 0 if a good block has the same counts
 */
export function distanceToGood(log: EventLog, good: EventLog): Float64Array {
  const goodCounts = countsByBlock(good);
  const documents = new Float64Array(good.templates.length);
  goodCounts.forEach((block) => block.forEach((_, event) => documents[event]++));
  const idf = documents.map((count) => Math.log((good.blockCount + 1) / (count + 1)) + 0.05);
  const known = new Map<string, { vector: WeightedVector; blocks: number }>();
  for (const block of goodCounts) {
    const key = keyOf(block);
    const same = known.get(key);
    if (same === undefined) {
      known.set(key, { vector: weighted(block, idf), blocks: 1 });
    } else {
      same.blocks++;
    }
  }
  const compared = [...known.values()].sort((a, b) => b.blocks - a.blocks).slice(0, MAXIMUM_VECTORS);
  const distances = new Map<string, number>();
  return Float64Array.from(countsByBlock(log), (block) => {
    const key = keyOf(block);
    let distance = known.has(key) ? 0 : distances.get(key);
    if (distance === undefined) {
      const own = weighted(block, idf);
      distance = compared.reduce(
        (least, { vector }) => Math.min(least, distanceOf(own.values, vector.values, own.sum, vector.sum)),
        1,
      );
      distances.set(key, distance);
    }
    return distance;
  });
}

interface WeightedVector {
  values: SparseVector;
  sum: number;
}

function weighted(counts: SparseVector, idf: Float64Array): WeightedVector {
  const values = new Map(Array.from(counts, ([event, count]) => [event, Math.log1p(count) * idf[event]]));
  return { values, sum: [...values.values()].reduce((sum, value) => sum + value, 0) };
}

function keyOf(counts: SparseVector): string {
  return [...counts].sort(([a], [b]) => a - b).join(';');
}
