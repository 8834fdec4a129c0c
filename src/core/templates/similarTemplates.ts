import { WILDCARD } from './masking';

/** A group of messages with a common template. */
export interface Cluster {
  /** Position in the list of all clusters. */
  index: number;
  /** The template's tokens; `<*>` for a variable one. */
  tokens: string[];
  /** Messages that joined. */
  size: number;
}

/** So few are looked at one after another. */
const FEW = 32;

/**
 * Clusters of equally many tokens, and which of them is the most similar to a message. Of many only those are compared that
 * can be similar enough: of the tokens of a message that has to share m of its n with a cluster one is among any n − m + 1
 * that are shared, so it is enough to look where the rarest of them stand (prefix filtering; Chaudhuri, Ganti, Kaushik: "A
 * Primitive Operator for Similarity Joins in Data Cleaning", ICDE 2006). The result is that of comparing all.
 */
export class SimilarTemplates {
  private readonly clusters: Cluster[] = [];
  /** By place and token the clusters, by their places in the list, that had it there when they were added. */
  private holders: Map<string, number[]>[] | undefined;

  /** Adds a cluster; the tokens of those that there are may turn into wildcards, and into nothing else. */
  add(cluster: Cluster): void {
    this.clusters.push(cluster);
    if (this.holders !== undefined) {
      this.hold(this.holders, this.clusters.length - 1);
    } else if (this.clusters.length > FEW) {
      const holders = cluster.tokens.map(() => new Map<string, number[]>());
      this.holders = holders;
      this.clusters.forEach((_, place) => this.hold(holders, place));
    }
  }

  /**
   * The cluster with the largest share of equal tokens, if that reaches the threshold; of equal ones that with more
   * wildcards, then the first (Drain3's fast_match).
   * @param tokens as many as the clusters have
   * @param threshold 0…1
   */
  mostSimilar(tokens: readonly string[], threshold: number): Cluster | undefined {
    const { clusters } = this;
    const least = threshold * tokens.length;
    let best: number | undefined;
    let bestEqual = -1;
    let bestWildcards = -1;
    for (const place of this.candidates(tokens, least)) {
      let equal = 0;
      let wildcards = 0;
      clusters[place].tokens.forEach((token, i) => {
        if (token === WILDCARD) {
          wildcards++;
        } else if (token === tokens[i]) {
          equal++;
        }
      });
      const isBetter =
        equal !== bestEqual
          ? equal > bestEqual
          : wildcards !== bestWildcards
            ? wildcards > bestWildcards
            : best === undefined || place < best;
      if (isBetter) {
        best = place;
        bestEqual = equal;
        bestWildcards = wildcards;
      }
    }
    return best !== undefined && bestEqual >= least ? clusters[best] : undefined;
  }

  /** Places of the clusters that can have as many equal tokens as are asked for; some of them more than once. */
  private candidates(tokens: readonly string[], least: number): Iterable<number> {
    const { holders } = this;
    if (holders === undefined || least <= 0) {
      return this.clusters.keys();
    }
    const lists = tokens.map((token, i) => holders[i].get(token) ?? []).sort((a, b) => a.length - b.length);
    return new Set(lists.slice(0, tokens.length - Math.ceil(least) + 1).flat());
  }

  private hold(holders: readonly Map<string, number[]>[], place: number): void {
    this.clusters[place].tokens.forEach((token, i) => {
      if (token === WILDCARD) {
        return;
      }
      const list = holders[i].get(token);
      if (list === undefined) {
        holders[i].set(token, [place]);
      } else {
        list.push(place);
      }
    });
  }
}
