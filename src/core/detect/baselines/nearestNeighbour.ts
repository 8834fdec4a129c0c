import { CountVectorizer } from './countVectors';
import type { SimpleDetector } from './simpleDetector';

/**
 * Nearest neighbour (k = 1) on event counts by Euclidean distance (Cover & Hart 1967), the plain method with which
 * LightAD (Yu et al., ICSE 2024) matches deep detectors. All training sessions at the smallest distance vote; the
 * score is the share of anomalous ones among them.
 */
export const nearestNeighbour: SimpleDetector = {
  name: 'nearest neighbour',
  fit(train) {
    const vectorizer = new CountVectorizer(train);
    const known = new Map<string, number>();
    return {
      threshold: 0.5,
      score(sequence) {
        const counts = vectorizer.counts(sequence);
        const key = counts.join();
        let share = known.get(key);
        if (share === undefined) {
          share = anomalousShareNearest(vectorizer, counts);
          known.set(key, share);
        }
        return share;
      },
    };
  },
};

function anomalousShareNearest(vectorizer: CountVectorizer, counts: Uint32Array): number {
  let nearest = Infinity;
  let normal = 0;
  let anomalous = 0;
  for (const group of vectorizer.groups) {
    let distance = 0;
    for (let i = 0; i < counts.length && distance <= nearest; i++) {
      distance += (counts[i] - group.counts[i]) ** 2;
    }
    if (distance < nearest) {
      nearest = distance;
      normal = 0;
      anomalous = 0;
    }
    if (distance === nearest) {
      normal += group.normal;
      anomalous += group.anomalous;
    }
  }
  return anomalous / (normal + anomalous);
}
