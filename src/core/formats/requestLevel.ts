import {
  CLOSE_BRACKET,
  COMMA,
  EQUALS,
  GREATER,
  PIPE,
  QUOTE,
  SLASH,
  ZERO,
  isDigit,
  isLetter,
  isSpace,
} from '../input/bytes';
import { levelOfStatus, UNKNOWN_LEVEL } from './level';

const METHODS = ['GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'PATCH', 'OPTIONS'].map((name) =>
  new TextEncoder().encode(name),
);
const FIRST_LETTERS = Uint8Array.from({ length: 256 }, (_, byte) =>
  METHODS.some(([first]) => first === byte) ? 1 : 0,
);

/** Words between the target of a request and its status, such as the version of HTTP. */
const MOST_BETWEEN = 3;

/**
 * The level of a line that tells of a request: its method, its target and, a few words later, its status as of HTTP;
 * UNKNOWN_LEVEL if it tells of none.
 */
export function requestLevel(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    if (FIRST_LETTERS[bytes[i]] !== 0 && (i === start || !isLetter(bytes[i - 1]))) {
      const target = skipSeparators(bytes, methodEnd(bytes, i, end), end);
      if (target > i && target < end && bytes[target] === SLASH) {
        return statusAfter(bytes, target, end);
      }
    }
  }
  return UNKNOWN_LEVEL;
}

/** Where the method ends that begins at the place; the place itself if none does. */
function methodEnd(bytes: Uint8Array, start: number, end: number): number {
  for (const method of METHODS) {
    const after = start + method.length;
    if (after < end && !isLetter(bytes[after]) && method.every((byte, i) => bytes[start + i] === byte)) {
      return after;
    }
  }
  return start;
}

function statusAfter(bytes: Uint8Array, target: number, end: number): number {
  let position = target;
  for (let word = 0; word <= MOST_BETWEEN + 1 && position < end; word++) {
    const wordEnd = wordEndOf(bytes, position, end);
    const hundreds = bytes[position] - ZERO;
    if (
      wordEnd === position + 3 &&
      hundreds >= 1 &&
      hundreds <= 5 &&
      isDigit(bytes[position + 1]) &&
      isDigit(bytes[position + 2])
    ) {
      return levelOfStatus(hundreds);
    }
    position = skipSeparators(bytes, wordEnd, end);
  }
  return UNKNOWN_LEVEL;
}

function wordEndOf(bytes: Uint8Array, position: number, end: number): number {
  while (position < end && SEPARATORS[bytes[position]] === 0) {
    position++;
  }
  return position;
}

function skipSeparators(bytes: Uint8Array, position: number, end: number): number {
  while (position < end && SEPARATORS[bytes[position]] !== 0) {
    position++;
  }
  return position;
}

const SIGNS = [QUOTE, COMMA, PIPE, EQUALS, GREATER, CLOSE_BRACKET];
const SEPARATORS = Uint8Array.from({ length: 256 }, (_, byte) => (isSpace(byte) || SIGNS.includes(byte) ? 1 : 0));
