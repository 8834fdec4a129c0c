import { comparedVectors, CountDistances, distinctCounts, inverseFrequencies, keyOf } from '../../events/eventCounts';
import type { EventLog } from '../../events/eventLog';

/**
 * Distance of each block's event counts to those of the nearest block of the good logs, weighted by the inverse document
 * frequency in the good logs (Landauer, Skopik, Wurzenberger: "A Critical Review of Common Log Data Sets Used for
 * Evaluation of Sequence-based Anomaly Detection Techniques", 2024: event count vectors).
 * @param good over the same templates
 * @returns per block of the log, 0…1; 0 if a good block has the same counts
 */
export function distanceToGood(log: EventLog, good: EventLog): Float64Array {
  const known = distinctCounts(good);
  const own = distinctCounts(log);
  const compared = comparedVectors(known, own.vectors.length);
  const distances = new CountDistances(
    compared.map((vector) => known.vectors[vector]),
    inverseFrequencies(known, good.templates.length),
  );
  const keys = new Set(known.vectors.map(keyOf));
  const scores = own.vectors.map((vector) =>
    keys.has(keyOf(vector)) ? 0 : distances.from(vector).reduce((least, distance) => Math.min(least, distance), 1),
  );
  return Float64Array.from(own.vectorOf, (vector) => scores[vector]);
}
