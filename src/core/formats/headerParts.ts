import {
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  DOT,
  GREATER,
  OPEN_BRACKET,
  OPEN_PAREN,
  PIPE,
  isDigit,
  isLetter,
  isSpace,
} from '../input/bytes';
import { LETTER_LEVELS, levelOf, namedLevel } from './level';

/** Longest bracket that is taken for a part of a header. */
const LONGEST_PART = 96;

/** Letters that stand for a level without brackets too; further ones are words or initials there. */
const BARE_LETTERS = byteSet('DEFITVW');
const BRACKETED_LETTERS = byteSet('CDEFINTVW');
/** Between the level and what else is in the same part: `thread/INFO`, `core:error`, `daemon.err`, `firewall,info`. */
const JOINTS = byteSet('/:,.| \t');
/** Bytes of the names of hosts, threads, classes, functions and places in a source. */
const NAME_BYTES = Uint8Array.from({ length: 256 }, (_, byte) =>
  isLetter(byte) || isDigit(byte) || '._-/:#@$[](){}*+~&!'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

function byteSet(characters: string): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (characters.includes(String.fromCharCode(byte)) ? 1 : 0));
}

/**
 * The level that a part of a header names: as a whole, by a letter, or at its beginning or end beside a thread, a module or
 * a facility. In text that no sign joins only capitals name one. −1 if the part names none.
 * @param bracketed whether the part stands in brackets
 */
export function partLevel(bytes: Uint8Array, start: number, end: number, bracketed: boolean): number {
  while (end > start && isSpace(bytes[end - 1])) {
    end--;
  }
  while (start < end && isSpace(bytes[start])) {
    start++;
  }
  if (end - start === 1) {
    const letters = bracketed ? BRACKETED_LETTERS : BARE_LETTERS;
    return letters[bytes[start]] === 0 ? -1 : LETTER_LEVELS[bytes[start]];
  }
  const whole = levelOf(bytes, start, end);
  if (whole >= 0) {
    return whole;
  }
  let first = start;
  while (first < end && JOINTS[bytes[first]] === 0) {
    first++;
  }
  if (first === end) {
    return -1;
  }
  let last = end - 1;
  while (last > first && JOINTS[bytes[last]] === 0) {
    last--;
  }
  const atEnd = joinedLevel(bytes, last + 1, end, bytes[last]);
  return atEnd >= 0 || bytes[first] === DOT ? atEnd : joinedLevel(bytes, start, first, bytes[first]);
}

function joinedLevel(bytes: Uint8Array, start: number, end: number, joint: number): number {
  return !isSpace(joint) || isUpper(bytes, start, end) ? namedLevel(bytes, start, end) : -1;
}

/** Whether it is all capitals. */
export function isUpper(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (isLetter(bytes[i]) && bytes[i] >= 0x61) {
      return false;
    }
  }
  return end > start;
}

/** Where the bracket closes whose inside begins at the position; −1 if it does not, or too far away. */
export function closingOf(bytes: Uint8Array, position: number, end: number): number {
  const limit = Math.min(end, position + LONGEST_PART);
  let depth = 0;
  for (; position < limit; position++) {
    const byte = bytes[position];
    if (byte === OPEN_BRACKET || byte === OPEN_PAREN) {
      depth++;
    } else if ((byte === CLOSE_BRACKET || byte === CLOSE_PAREN) && depth-- === 0) {
      return position;
    }
  }
  return -1;
}

/** The end of a word of a header, which a colon or bar closes too. */
export function wordEndOf(bytes: Uint8Array, position: number, end: number): number {
  while (position < end && !isSpace(bytes[position]) && bytes[position] !== COLON && bytes[position] !== PIPE) {
    position++;
  }
  return position;
}

/** The end of a part that stands before a time: the next blank, comma, bar or bracket. */
export function leadEndOf(bytes: Uint8Array, position: number, end: number): number {
  const limit = Math.min(end, position + LONGEST_PART);
  while (position < limit && ENDS_OF_LEADS[bytes[position]] === 0) {
    position++;
  }
  return position < limit ? position : -1;
}

const ENDS_OF_LEADS = byteSet(' \t,|<>()[]{}"=');

/** Whether the word is no plain word but names a host, a class, a thread, a process or the like. */
export function isName(bytes: Uint8Array, start: number, end: number): boolean {
  let signs = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (NAME_BYTES[byte] === 0) {
      return false;
    }
    signs += isLetter(byte) ? 0 : 1;
  }
  return signs > 0 && end - start <= LONGEST_PART;
}

/** Whether it closes a bracket of any kind. */
export function isClosingBracket(byte: number): boolean {
  return byte === CLOSE_BRACKET || byte === CLOSE_PAREN || byte === GREATER;
}
