import {
  CASE_BIT,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  DASH,
  GREATER,
  HASH,
  LESS,
  OPEN_BRACKET,
  OPEN_PAREN,
  PIPE,
  SLASH,
  SPACE,
  isDigit,
  isLetter,
  isLetterByte,
  isSpace,
} from '../input/bytes';
import { levelOf, UNKNOWN_LEVEL } from './level';

/** Longer words name no level. */
const LONGEST = 33;

/**
 * The level with which a message begins: `ERROR …`, `error: …`, `[warn] …`, `<info> …`, `##[error]…`, `WARN | …`, and those
 * of compilers, `error[E0425]: …` and `error TS2304: …`. A word in lower case without a sign behind it is just a word.
 */
export function leadingLevel(bytes: Uint8Array, start: number, end: number): number {
  let position = start;
  while (position < end && (isSpace(bytes[position]) || bytes[position] === HASH)) {
    position++;
  }
  const opening = bytes[position];
  const bracket =
    position < end && (opening === OPEN_BRACKET || opening === LESS || opening === OPEN_PAREN || opening === PIPE);
  const wordStart = bracket ? position + 1 : position;
  let wordEnd = wordStart;
  let upper = true;
  while (wordEnd < end && isLetterByte(bytes[wordEnd]) && wordEnd - wordStart < LONGEST) {
    upper &&= (bytes[wordEnd] & CASE_BIT) === 0;
    wordEnd++;
  }
  const level = levelOf(bytes, wordStart, wordEnd);
  if (level < 0) {
    return UNKNOWN_LEVEL;
  }
  while (wordEnd < end && (bytes[wordEnd] === SPACE || isDigit(bytes[wordEnd])) && bracket) {
    wordEnd++;
  }
  const next = wordEnd < end ? bytes[wordEnd] : SPACE;
  if (bracket) {
    return next === CLOSE_BRACKET || next === GREATER || next === CLOSE_PAREN || next === PIPE ? level : UNKNOWN_LEVEL;
  }
  const sign = next === COLON || next === PIPE || next === SLASH || hasCode(bytes, wordEnd, end);
  return sign || (upper && (isSpace(next) || next === OPEN_BRACKET || next === DASH)) ? level : UNKNOWN_LEVEL;
}

/** Whether the number of a compiler's message, letters and digits with a colon behind, begins at the place. */
function hasCode(bytes: Uint8Array, start: number, end: number): boolean {
  const isBracketed = bytes[start] === OPEN_BRACKET;
  let position = start + 1;
  if (position >= end || (!isBracketed && bytes[start] !== SPACE)) {
    return false;
  }
  const letters = position;
  while (position < end && isCapital(bytes[position])) {
    position++;
  }
  const digits = position;
  while (position < end && isDigit(bytes[position])) {
    position++;
  }
  const isCode = digits > letters && position > digits;
  if (isBracketed) {
    return isCode && position + 1 < end && bytes[position] === CLOSE_BRACKET && bytes[position + 1] === COLON;
  }
  position += position < end && bytes[position] === SPACE ? 1 : 0;
  return isCode && position < end && bytes[position] === COLON;
}

function isCapital(byte: number): boolean {
  return isLetter(byte) && (byte & CASE_BIT) === 0;
}
