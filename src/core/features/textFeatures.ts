import { FNV_BASIS, fnvStep, mixed } from '../numeric/hash';

/** Words of a text that are looked at; of longer texts the first 20 and the last 8. */
export const TEXT_WORDS = 28;
const LAST_WORDS = 8;
/** Parts of a word that are looked at. */
export const WORD_PARTS = 10;
/** Numbers of words and of parts, 0 for none. */
export const TEXT_BUCKETS = 8192;

/** A text as the text CNN reads it. */
export interface TextFeatures {
  /** Number of each word, 0 where the text has ended: [TEXT_WORDS]. */
  words: Int32Array;
  /** Numbers of the parts of each word, 0 for none: [TEXT_WORDS · WORD_PARTS]. */
  parts: Int32Array;
}

/** Runs of letters; a word in camel case is several. */
const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;

/**
 * Turns a text into numbers: its words in lower case, and of each word the sequences of three and four letters, by
 * which unknown words resemble known ones (Bojanowski et al., "Enriching Word Vectors with Subword Information", 2017).
 * Words and parts share numbers where their hashes do.
 */
export function textFeatures(text: string): TextFeatures {
  const found = Array.from(text.matchAll(WORD), ([word]) => word.toLowerCase());
  const kept =
    found.length > TEXT_WORDS ? [...found.slice(0, TEXT_WORDS - LAST_WORDS), ...found.slice(-LAST_WORDS)] : found;
  const words = new Int32Array(TEXT_WORDS);
  const parts = new Int32Array(TEXT_WORDS * WORD_PARTS);
  kept.forEach((word, i) => {
    words[i] = bucketOf(`w:${word}`);
    partsOf(word).forEach((part, k) => (parts[i * WORD_PARTS + k] = bucketOf(`p:${part}`)));
  });
  return { words, parts };
}

function partsOf(word: string): string[] {
  const marked = `<${word}>`;
  const parts = [3, 4].flatMap((length) =>
    Array.from({ length: Math.max(0, marked.length - length + 1) }, (_, start) => marked.slice(start, start + length)),
  );
  return parts.slice(0, WORD_PARTS);
}

/** FNV-1a of a text of ASCII, as a number from 1. */
function bucketOf(text: string): number {
  let hash = FNV_BASIS;
  for (let i = 0; i < text.length; i++) {
    hash = fnvStep(hash, text.charCodeAt(i));
  }
  return 1 + ((mixed(hash) >>> 0) % (TEXT_BUCKETS - 1));
}
