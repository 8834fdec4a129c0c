import type { EventMatcher } from './eventMatcher';
import { WILDCARD } from './masking';

/** Settings of {@link Drain}; the defaults are those of Drain3. */
export interface DrainOptions {
  /** Levels of the tree, with the root and the level of the token counts; at least 3. */
  depth: number;
  /** Share of equal tokens from which a message joins a template, 0…1. */
  similarity: number;
  /** Children of a node; further tokens go to its wildcard child. */
  maximumChildren: number;
}

const DEFAULTS: DrainOptions = { depth: 4, similarity: 0.4, maximumChildren: 100 };

/** A group of messages with a common template. */
interface Cluster {
  /** Position in {@link Drain.clusters}. */
  index: number;
  /** The template's tokens; `<*>` for a variable one. */
  tokens: string[];
  /** Messages that joined. */
  size: number;
}

interface Node {
  children: Map<string, Node>;
  clusters: Cluster[];
}

/**
 * Drain, the online template miner with a fixed-depth tree (He, Zhu, Zheng, Lyu: "Drain: An Online Log Parsing Approach
 * with Fixed Depth Tree", ICWS 2017), in the form of Drain3: messages are led by their number of tokens and their first
 * tokens to a leaf, join its most similar template if it is similar enough, and turn the tokens that differ into `<*>`.
 */
export class Drain {
  readonly clusters: Cluster[] = [];
  private readonly options: DrainOptions;
  private readonly roots = new Map<number, Node>();

  constructor(options: Partial<DrainOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
  }

  /** Takes a masked message in and returns its cluster, new or with its template widened. */
  learn(masked: string): Cluster {
    const tokens = tokenise(masked);
    const best = this.mostSimilarTo(tokens);
    if (best === undefined) {
      const cluster = { index: this.clusters.length, tokens, size: 1 };
      this.clusters.push(cluster);
      this.leafFor(tokens).clusters.push(cluster);
      return cluster;
    }
    best.size++;
    for (let i = 0; i < tokens.length; i++) {
      if (best.tokens[i] !== tokens[i]) {
        best.tokens[i] = WILDCARD;
      }
    }
    return best;
  }

  /** The cluster that a masked message would join; undefined if it would make a new one. */
  find(masked: string): Cluster | undefined {
    return this.mostSimilarTo(tokenise(masked));
  }

  /** The templates as text, in the order of {@link clusters}. */
  templates(): string[] {
    return this.clusters.map((cluster) => cluster.tokens.join(' '));
  }

  private mostSimilarTo(tokens: readonly string[]): Cluster | undefined {
    return mostSimilar(this.search(tokens)?.clusters ?? [], tokens, this.options.similarity);
  }

  /** The leaf that a message is led to in the tree as it is (Drain3's tree_search). */
  private search(tokens: readonly string[]): Node | undefined {
    let node = this.roots.get(tokens.length);
    const levels = this.levels(tokens);
    for (let i = 0; node !== undefined && i < levels; i++) {
      node = node.children.get(tokens[i]) ?? node.children.get(WILDCARD);
    }
    return node;
  }

  /** The leaf where a new cluster belongs, growing the tree where a node is missing (Drain3's add_seq_to_prefix_tree). */
  private leafFor(tokens: readonly string[]): Node {
    let node = childOf(this.roots, tokens.length);
    const levels = this.levels(tokens);
    for (let i = 0; i < levels; i++) {
      const token = tokens[i];
      const known = node.children.get(token);
      if (known !== undefined) {
        node = known;
        continue;
      }
      const wildcard = node.children.has(WILDCARD);
      const room = node.children.size < this.options.maximumChildren - (wildcard ? 0 : 1);
      node = childOf(node.children, hasDigit(token) || !room ? WILDCARD : token);
    }
    return node;
  }

  /** Tokens that lead through the tree: its depth counts the root and the level of token counts. */
  private levels(tokens: readonly string[]): number {
    return Math.min(this.options.depth - 2, tokens.length);
  }
}

/**
 * A frozen Drain: finds the template of a message without learning. A message has a template if they have equally many
 * tokens and each of the template's is equal or `<*>` (Drain3's `match`). Unlike Drain3 every fitting path of the tree
 * is searched; of several templates the one with the most literal tokens is taken, then the first.
 */
export class FrozenDrain implements EventMatcher {
  private readonly roots = new Map<number, Node>();

  /** @param templates tokens with single blanks between them, `<*>` for a variable token */
  constructor(templates: readonly string[]) {
    templates.forEach((template, index) => {
      const tokens = tokenise(template);
      let node = childOf(this.roots, tokens.length);
      for (const token of tokens) {
        node = childOf(node.children, token);
      }
      node.clusters.push({ index, tokens, size: 0 });
    });
  }

  match(masked: string): number {
    const tokens = tokenise(masked);
    let nodes = [this.roots.get(tokens.length)];
    // The best path is not known before its end, so all paths are followed level by level; there are few.
    for (const token of tokens) {
      nodes = nodes.flatMap((node) => [
        node?.children.get(token),
        token === WILDCARD ? undefined : node?.children.get(WILDCARD),
      ]);
      nodes = nodes.filter((node) => node !== undefined);
    }
    let best: Cluster | undefined;
    let bestLiterals = -1;
    for (const cluster of nodes.flatMap((node) => node?.clusters ?? [])) {
      const literals = cluster.tokens.filter((token) => token !== WILDCARD).length;
      if (literals > bestLiterals || (literals === bestLiterals && best !== undefined && cluster.index < best.index)) {
        best = cluster;
        bestLiterals = literals;
      }
    }
    return best?.index ?? -1;
  }
}

function tokenise(masked: string): string[] {
  return masked.split(/[ \t]+/).filter((token) => token.length > 0);
}

function hasDigit(token: string): boolean {
  return /[0-9]/.test(token);
}

function childOf<K>(children: Map<K, Node>, key: K): Node {
  let node = children.get(key);
  if (node === undefined) {
    node = { children: new Map(), clusters: [] };
    children.set(key, node);
  }
  return node;
}

/**
 * The cluster with the largest share of equal tokens, if that reaches the threshold; of equal ones that with more
 * wildcards (Drain3's fast_match).
 */
function mostSimilar(clusters: readonly Cluster[], tokens: readonly string[], threshold: number): Cluster | undefined {
  let best: Cluster | undefined;
  let bestEqual = -1;
  let bestWildcards = -1;
  for (const cluster of clusters) {
    let equal = 0;
    let wildcards = 0;
    cluster.tokens.forEach((token, i) => {
      if (token === WILDCARD) {
        wildcards++;
      } else if (token === tokens[i]) {
        equal++;
      }
    });
    if (equal > bestEqual || (equal === bestEqual && wildcards > bestWildcards)) {
      best = cluster;
      bestEqual = equal;
      bestWildcards = wildcards;
    }
  }
  return best !== undefined && bestEqual >= threshold * tokens.length ? best : undefined;
}
