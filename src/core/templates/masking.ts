import { FNV_BASIS, fnvStep, goldenStep } from '../numeric/hash';

/** Stands for a variable part in masked messages and templates. */
export const WILDCARD = '<*>';

const decoder = new TextDecoder();

/** What a byte may be: no part of a word, a part of one, or a digit, which is a part and makes the word variable. */
export const OTHER = 0;
const WORD = 1;
export const DIGIT = 2;

/** What each byte is: words are runs of letters, digits, `_`, `-`, `.` and of whatever is not ASCII. */
export const WORD_CLASSES = Uint8Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  if (/[0-9]/.test(char)) {
    return DIGIT;
  }
  return /[A-Za-z_.-]/.test(char) || byte >= 0x80 ? WORD : OTHER;
});

/**
 * The mask: a word that contains a digit is a variable part (an address, an id, a size, a path's part), and is
 * replaced by `<*>`. This is the rule by which Drain takes tokens with digits for parameters (He et al., ICWS 2017,
 * section III-C), applied to words, so that `10.0.0.1:50010:writeBlock` keeps its literal end.
 *
 * @param enough characters of which no more are wanted: after them the text may end
 * @returns the masked text of `bytes[start…end)`; invalid UTF-8 becomes U+FFFD
 */
export function maskMessage(bytes: Uint8Array, start: number, end: number, enough = Infinity): string {
  let text = '';
  let literalStart = start;
  forEachVariableWord(bytes, start, end, (wordStart, wordEnd) => {
    text += decoder.decode(bytes.subarray(literalStart, wordStart)) + WILDCARD;
    literalStart = wordEnd;
    return text.length < enough;
  });
  return text.length < enough ? text + decoder.decode(bytes.subarray(literalStart, end)) : text;
}

/** The variable parts that {@link maskMessage} replaces, in order. */
export function variableParts(bytes: Uint8Array, start: number, end: number): string[] {
  const parts: string[] = [];
  forEachVariableWord(bytes, start, end, (wordStart, wordEnd) => {
    parts.push(decoder.decode(bytes.subarray(wordStart, wordEnd)));
    return true;
  });
  return parts;
}

/** @param visit says whether it wants to go on */
function forEachVariableWord(
  bytes: Uint8Array,
  start: number,
  end: number,
  visit: (wordStart: number, wordEnd: number) => boolean,
): void {
  let position = start;
  while (position < end) {
    const wordStart = position;
    let digits = 0;
    let kind: number;
    while (position < end && (kind = WORD_CLASSES[bytes[position]]) !== OTHER) {
      digits |= kind & DIGIT;
      position++;
    }
    if (digits !== 0 && !visit(wordStart, position)) {
      return;
    }
    position++;
  }
}

/**
 * A 64-bit hash of a message's masked text, computed in one pass over its bytes without making the text. Messages of
 * one signature have the same masked text (but for a collision, of probability 2⁻⁶⁴ a pair), so what was once found
 * for a signature holds for every message that has it.
 */
export class Signature {
  /** Lower half, FNV-1a. */
  low = 0;
  /** Upper half, a multiplicative hash. */
  high = 0;

  /** Sets {@link low} and {@link high} to the signature of `bytes[start…end)`. */
  of(bytes: Uint8Array, start: number, end: number): void {
    let low = FNV_BASIS;
    let high = 0;
    let position = start;
    while (position < end) {
      let byte = bytes[position];
      let kind = WORD_CLASSES[byte];
      if (kind === OTHER) {
        low = fnvStep(low, byte);
        high = goldenStep(high, byte + 1);
        position++;
        continue;
      }
      // The word's letters are hashed until a digit shows that it is variable: then the hash goes back to its begin.
      const lowBefore = low;
      const highBefore = high;
      while (kind === WORD) {
        low = fnvStep(low, byte);
        high = goldenStep(high, byte + 1);
        if (++position === end) {
          break;
        }
        byte = bytes[position];
        kind = WORD_CLASSES[byte];
      }
      if (kind === DIGIT && position < end) {
        low = fnvStep(lowBefore, 0x100);
        high = goldenStep(highBefore, 0x200);
        do {
          position++;
        } while (position < end && WORD_CLASSES[bytes[position]] !== OTHER);
      }
    }
    this.low = low;
    this.high = high;
  }
}
