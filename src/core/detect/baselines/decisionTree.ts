import { type CountGroup, CountVectorizer } from './countVectors';
import type { SimpleDetector } from './simpleDetector';

/**
 * A binary classification tree on event counts: CART with the Gini impurity (Breiman et al. 1984, chapters 2 and 4),
 * grown until every leaf is pure or cannot be divided, without pruning: what scikit-learn's `DecisionTreeClassifier`
 * does by default and published HDFS figures mean by "decision tree". The score of a sequence is the share of
 * anomalous training sessions in its leaf. Our own because no maintained npm library takes sample weights, without
 * which half a million sessions could not be folded into a few hundred vectors.
 *
 * scikit-learn tries features in random order; here the first feature and the lowest cut win a tie.
 */
export const decisionTree: SimpleDetector = {
  name: 'decision tree',
  fit(train) {
    const vectorizer = new CountVectorizer(train);
    const root = grow(vectorizer.groups, vectorizer.width);
    return {
      threshold: 0.5,
      score(sequence) {
        const counts = vectorizer.counts(sequence);
        let node = root;
        while (node.division !== undefined) {
          node = counts[node.division.column] <= node.division.limit ? node.division.low : node.division.high;
        }
        return node.anomalousShare;
      },
    };
  },
};

interface Node {
  anomalousShare: number;
  division?: { column: number; limit: number; low: Node; high: Node };
}

interface Cut {
  column: number;
  /** Counts up to this one go to the low side. */
  limit: number;
}

/** Grows the tree with a list of open nodes instead of recursion: a tree may be as deep as there are vectors. */
function grow(groups: readonly CountGroup[], width: number): Node {
  const root: Node = { anomalousShare: 0 };
  const open: { node: Node; groups: readonly CountGroup[] }[] = [{ node: root, groups }];
  for (let task = open.pop(); task !== undefined; task = open.pop()) {
    const { normal, anomalous } = sum(task.groups);
    task.node.anomalousShare = anomalous / (normal + anomalous);
    const cut = normal > 0 && anomalous > 0 ? bestCut(task.groups, width) : undefined;
    if (cut !== undefined) {
      const { column, limit } = cut;
      const low: Node = { anomalousShare: 0 };
      const high: Node = { anomalousShare: 0 };
      task.node.division = { column, limit, low, high };
      open.push({ node: low, groups: task.groups.filter(({ counts }) => counts[column] <= limit) });
      open.push({ node: high, groups: task.groups.filter(({ counts }) => counts[column] > limit) });
    }
  }
  return root;
}

/**
 * The cut with the lowest weighted Gini impurity of its two sides; undefined if all vectors are equal. Like
 * scikit-learn it takes a cut that gains nothing, since a later one may (exclusive or). Counts are whole numbers, so
 * the limit is halfway to the next larger count that occurs, rounded down.
 */
function bestCut(groups: readonly CountGroup[], width: number): Cut | undefined {
  const all = sum(groups);
  let best: Cut | undefined;
  let lowestImpurity = Infinity;
  for (let column = 0; column < width; column++) {
    const byCount = new Map<number, { normal: number; anomalous: number }>();
    for (const { counts, normal, anomalous } of groups) {
      const sums = byCount.get(counts[column]) ?? { normal: 0, anomalous: 0 };
      sums.normal += normal;
      sums.anomalous += anomalous;
      byCount.set(counts[column], sums);
    }
    const values = [...byCount.entries()].sort(([a], [b]) => a - b);
    let normal = 0;
    let anomalous = 0;
    for (let i = 0; i + 1 < values.length; i++) {
      normal += values[i][1].normal;
      anomalous += values[i][1].anomalous;
      const impurity = gini(normal, anomalous) + gini(all.normal - normal, all.anomalous - anomalous);
      if (impurity < lowestImpurity) {
        lowestImpurity = impurity;
        best = { column, limit: Math.floor((values[i][0] + values[i + 1][0]) / 2) };
      }
    }
  }
  return best;
}

function sum(groups: readonly CountGroup[]): { normal: number; anomalous: number } {
  return groups.reduce(
    (sums, { normal, anomalous }) => ({ normal: sums.normal + normal, anomalous: sums.anomalous + anomalous }),
    { normal: 0, anomalous: 0 },
  );
}

/** Gini impurity 1 − p² − (1 − p)² of a side times its weight. */
function gini(normal: number, anomalous: number): number {
  return (2 * normal * anomalous) / (normal + anomalous);
}
