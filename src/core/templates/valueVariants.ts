import { fnvStep, goldenStep } from '../numeric/hash';
import { VARIABLE } from './normalForm';
import type { MergeLimits } from './templateGroup';

/** A template as its tokens between blanks. */
interface Tokens {
  id: number;
  text: string;
  tokens: string[];
  /** A hash for each token and its place, and their sum. */
  hashes: number[];
  sum: number;
  /** Tokens with a word of at least two letters. */
  words: number;
}

/**
 * Finds templates that are another one with a value that does not look like a value: all their tokens are equal but for
 * one, in whose place the other has a variable part. Punctuation around a variable part belongs to the value.
 *
 * @param texts of each template, by its number, with {@link VARIABLE} for variable parts
 * @param limits words that two templates must share, and how many variants of one template there are at most: more are no
 * strays but what the log is about, as the requests of a scanner are
 * @returns for each such template the number of the other one, which is none of them itself
 */
export function valueVariants(
  texts: ReadonlyMap<number, string>,
  { sharedWords, strays }: Pick<MergeLimits, 'sharedWords' | 'strays'>,
): Map<number, number> {
  const all = [...texts].map(([id, text]) => tokensOf(id, text));
  // Which of several is taken must not depend on their order.
  all.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  const bySum = new Map<number, Tokens>();
  const byGeneral = new Map<number, number[]>();
  const add = (variant: Tokens, general: Tokens): void => {
    const known = byGeneral.get(general.id);
    if (known === undefined) {
      byGeneral.set(general.id, [variant.id]);
    } else {
      known.push(variant.id);
    }
  };
  for (const one of all) {
    const other = bySum.get(one.sum);
    if (other === undefined) {
      bySum.set(one.sum, one);
    } else if (one.words >= sharedWords && areEqual(one.tokens, other.tokens)) {
      add(one, other);
    }
  }
  for (const one of bySum.values()) {
    const general = generalOf(one, bySum, sharedWords);
    if (general !== undefined) {
      add(one, general);
    }
  }
  const variants = new Map<number, number>();
  for (const [general, ids] of byGeneral) {
    if (ids.length <= strays) {
      ids.forEach((id) => variants.set(id, general));
    }
  }
  for (const [id, other] of variants) {
    variants.set(id, lastOf(other, variants));
  }
  return variants;
}

/** The end of a chain of variants: each has a variable part more, so there is one. */
function lastOf(id: number, variants: ReadonlyMap<number, number>): number {
  for (;;) {
    const next = variants.get(id);
    if (next === undefined) {
      return id;
    }
    id = next;
  }
}

/** The template that is equal but for a variable part in place of one token. */
function generalOf(
  { tokens, hashes, sum, words }: Tokens,
  bySum: ReadonlyMap<number, Tokens>,
  sharedWords: number,
): Tokens | undefined {
  for (let place = tokens.length - 1; place >= 0; place--) {
    if (tokens[place] === VARIABLE || words - (isWord(tokens[place]) ? 1 : 0) < sharedWords) {
      continue;
    }
    const other = bySum.get(sum - hashes[place] + hashOf(VARIABLE, place));
    if (other?.tokens[place] === VARIABLE && areEqual(tokens, other.tokens, place)) {
      return other;
    }
  }
  return undefined;
}

function tokensOf(id: number, text: string): Tokens {
  const tokens = text.split(' ').map((token) => (isVariable(token) ? VARIABLE : token));
  const hashes = tokens.map(hashOf);
  return {
    id,
    text,
    tokens,
    hashes,
    sum: hashes.reduce((sum, hash) => sum + hash, 0),
    words: tokens.filter(isWord).length,
  };
}

/** Whether it is a variable part with nothing but punctuation around it. */
function isVariable(token: string): boolean {
  return token.includes(VARIABLE) && !/[\p{L}\p{N}]/u.test(token);
}

function isWord(token: string): boolean {
  return /\p{L}{2}/u.test(token);
}

/** 44 bits, so that the sum over 512 tokens is exact. */
function hashOf(token: string, place: number): number {
  let low = Math.imul(place + 1, 0x9e3779b1);
  let high = ~low;
  for (let i = 0; i < token.length; i++) {
    low = fnvStep(low, token.charCodeAt(i));
    high = goldenStep(high, token.charCodeAt(i) + 1);
  }
  return (low >>> 0) * 0x1000 + (high >>> 20);
}

/** Whether two lists of tokens are equal but for one place. */
function areEqual(a: readonly string[], b: readonly string[], except = -1): boolean {
  return a.length === b.length && a.every((token, i) => i === except || token === b[i]);
}
