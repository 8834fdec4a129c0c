import { LINE_UNITS } from '../patterns/boundedPattern';
import { LineWatch } from '../patterns/lineWatch';
import type { EventMatcher } from './eventMatcher';
import { WILDCARD } from './masking';
import { SimilarTemplates, type Cluster } from './similarTemplates';

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

/** What it costs to follow the paths from one node of a tree to the next, in units of work, see BoundedPattern. */
const NODE_UNITS = 8;

/** A node of a tree by tokens; at a leaf stands what the tokens lead to. */
interface Node<Leaf> {
  children: Map<string, Node<Leaf>>;
  leaf?: Leaf;
}

/** A template that does not change any more. */
interface Template {
  index: number;
  /** Tokens that are no wildcards. */
  literals: number;
}

/**
 * Drain, the online template miner with a fixed-depth tree (He, Zhu, Zheng, Lyu: "Drain: An Online Log Parsing Approach
 * with Fixed Depth Tree", ICWS 2017), in the form of Drain3: messages are led by their number of tokens and their first
 * tokens to a leaf, join its most similar template if it is similar enough, and turn the tokens that differ into `<*>`.
 */
export class Drain {
  readonly clusters: Cluster[] = [];
  private readonly options: DrainOptions;
  private readonly roots = new Map<number, Node<SimilarTemplates>>();

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
      const node = this.nodeFor(tokens);
      node.leaf ??= new SimilarTemplates();
      node.leaf.add(cluster);
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
    return this.search(tokens)?.leaf?.mostSimilar(tokens, this.options.similarity);
  }

  /** The leaf that a message is led to in the tree as it is (Drain3's tree_search). */
  private search(tokens: readonly string[]): Node<SimilarTemplates> | undefined {
    let node = this.roots.get(tokens.length);
    const levels = this.levels(tokens);
    for (let i = 0; node !== undefined && i < levels; i++) {
      node = node.children.get(tokens[i]) ?? node.children.get(WILDCARD);
    }
    return node;
  }

  /** The leaf where a new cluster belongs, growing the tree where a node is missing (Drain3's add_seq_to_prefix_tree). */
  private nodeFor(tokens: readonly string[]): Node<SimilarTemplates> {
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
 * is searched; of several templates the one with the most literal tokens is taken, then the first. A message has a share of
 * work, as lines have of patterns: one that has used it up has no template.
 */
export class FrozenDrain implements EventMatcher {
  private readonly roots = new Map<number, Node<Template>>();

  /**
   * @param templates tokens with single blanks between them, `<*>` for a variable token
   * @param watch is told what they cost
   */
  constructor(
    templates: readonly string[],
    private readonly watch = new LineWatch(),
  ) {
    templates.forEach((template, index) => {
      const tokens = tokenise(template);
      let node = childOf(this.roots, tokens.length);
      for (const token of tokens) {
        node = childOf(node.children, token);
      }
      // Of equal templates the first is taken.
      node.leaf ??= { index, literals: tokens.filter((token) => token !== WILDCARD).length };
    });
  }

  match(masked: string): number {
    const tokens = tokenise(masked);
    let nodes = [this.roots.get(tokens.length)];
    let units = 0;
    // The best path is not known before its end, so all paths are followed level by level; of a sane model there are few.
    for (const token of tokens) {
      units += NODE_UNITS * nodes.length;
      if (units > LINE_UNITS) {
        nodes = [];
        break;
      }
      nodes = nodes.flatMap((node) => [
        node?.children.get(token),
        token === WILDCARD ? undefined : node?.children.get(WILDCARD),
      ]);
      nodes = nodes.filter((node) => node !== undefined);
    }
    this.watch.spend(units);
    let best: Template | undefined;
    for (const { leaf } of nodes.filter((node) => node !== undefined)) {
      const isBetter =
        best === undefined ||
        (leaf !== undefined &&
          (leaf.literals > best.literals || (leaf.literals === best.literals && leaf.index < best.index)));
      best = isBetter ? leaf : best;
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

function childOf<K, Leaf>(children: Map<K, Node<Leaf>>, key: K): Node<Leaf> {
  let node = children.get(key);
  if (node === undefined) {
    node = { children: new Map() };
    children.set(key, node);
  }
  return node;
}
