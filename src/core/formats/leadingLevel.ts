import { isDigit, isLetter, isSpace } from '../input/bytes';
import { levelOf, UNKNOWN_LEVEL } from './level';

/**
 * The level with which a message begins: `ERROR …`, `error: …`, `[warn] …`, `<info> …`, `##[error]…`, `WARN | …`. A word
 * in lower case without a sign behind it is just a word.
 */
export function leadingLevel(bytes: Uint8Array, start: number, end: number): number {
  let position = start;
  while (position < end && (isSpace(bytes[position]) || bytes[position] === 0x23)) {
    position++;
  }
  const opening = bytes[position];
  const bracket = position < end && (opening === 0x5b || opening === 0x3c || opening === 0x28 || opening === 0x7c);
  const wordStart = bracket ? position + 1 : position;
  let wordEnd = wordStart;
  let upper = true;
  while (wordEnd < end && isLetter(bytes[wordEnd]) && wordEnd - wordStart < 16) {
    upper &&= bytes[wordEnd] < 0x60;
    wordEnd++;
  }
  const level = levelOf(bytes, wordStart, wordEnd);
  if (level < 0) {
    return UNKNOWN_LEVEL;
  }
  while (wordEnd < end && (bytes[wordEnd] === 0x20 || isDigit(bytes[wordEnd])) && bracket) {
    wordEnd++;
  }
  const next = wordEnd < end ? bytes[wordEnd] : 0x20;
  if (bracket) {
    return next === 0x5d || next === 0x3e || next === 0x29 || next === 0x7c ? level : UNKNOWN_LEVEL;
  }
  const sign = next === 0x3a || next === 0x7c || next === 0x2f;
  return sign || (upper && (isSpace(next) || next === 0x5b || next === 0x2d)) ? level : UNKNOWN_LEVEL;
}
