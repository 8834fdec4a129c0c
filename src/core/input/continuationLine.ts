import { CLOSE_BRACE, CLOSE_BRACKET, CLOSE_PAREN, DASH, GREATER, QUOTE, isSpace } from './bytes';
import { StackTrace } from './stackTrace';

/**
 * Whether a line without header looks by itself like the continuation of another: it is blank, indented, begins with a
 * closing bracket or sign of continuation, or is part of a stack trace.
 */
export function isContinuation(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end || isSpace(bytes[start]) || isClosing(bytes, start, end)) {
    return true;
  }
  return new StackTrace().add(bytes, start, end);
}

/** `}`, `]`, `)`, `"}` and VMware's `-->` go on with what was begun. */
export function isClosing(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start];
  const next = start + 1 < end ? bytes[start + 1] : 0;
  return (
    first === CLOSE_BRACE ||
    first === CLOSE_BRACKET ||
    first === CLOSE_PAREN ||
    (first === QUOTE && (next === CLOSE_BRACE || next === CLOSE_BRACKET || next === CLOSE_PAREN)) ||
    (first === DASH && next === DASH && start + 2 < end && bytes[start + 2] === GREATER)
  );
}
