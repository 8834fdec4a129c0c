import { isSpace } from './bytes';
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
    first === 0x7d ||
    first === 0x5d ||
    first === 0x29 ||
    (first === 0x22 && (next === 0x7d || next === 0x5d || next === 0x29)) ||
    (first === 0x2d && next === 0x2d && start + 2 < end && bytes[start + 2] === 0x3e)
  );
}
