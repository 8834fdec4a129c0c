/** The ASCII codes that parsers look for. */
export const BELL = 0x07;
export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const ESC = 0x1b;
export const SPACE = 0x20;
export const EXCLAMATION = 0x21;
export const QUOTE = 0x22;
export const HASH = 0x23;
export const DOLLAR = 0x24;
export const PERCENT = 0x25;
export const APOSTROPHE = 0x27;
export const OPEN_PAREN = 0x28;
export const CLOSE_PAREN = 0x29;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const DASH = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const ZERO = 0x30;
const NINE = 0x39;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const GREATER = 0x3e;
export const QUESTION = 0x3f;
export const AT = 0x40;
export const UPPER_A = 0x41;
export const UPPER_G = 0x47;
export const UPPER_P = 0x50;
export const UPPER_T = 0x54;
export const UPPER_U = 0x55;
export const UPPER_Z = 0x5a;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const CARET = 0x5e;
export const UNDERSCORE = 0x5f;
export const BACKTICK = 0x60;
export const LOWER_A = 0x61;
export const LOWER_E = 0x65;
export const LOWER_F = 0x66;
export const LOWER_I = 0x69;
export const LOWER_M = 0x6d;
export const LOWER_N = 0x6e;
export const LOWER_P = 0x70;
export const LOWER_R = 0x72;
export const LOWER_T = 0x74;
export const LOWER_X = 0x78;
const LOWER_Z = 0x7a;
export const OPEN_BRACE = 0x7b;
export const PIPE = 0x7c;
export const CLOSE_BRACE = 0x7d;
export const DELETE = 0x7f;
/** Set in a small letter, not set in the capital: a letter with it is in lower case. */
export const CASE_BIT = 0x20;

/** Whether the byte is an ASCII digit. */
export function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** Whether the byte is an ASCII letter. */
export function isLetter(byte: number): boolean {
  return (byte | CASE_BIT) >= LOWER_A && (byte | CASE_BIT) <= LOWER_Z;
}

/** Whether the byte is an ASCII letter or part of a character beyond ASCII, of which most are letters. */
export function isLetterByte(byte: number): boolean {
  return byte >= 0x80 || isLetter(byte);
}

/** Whether the byte is a space or TAB. */
export function isSpace(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

/** Bytes of the longest code unit of an encoding: that of UTF-32. Holes are left out in so many bytes. */
export const LONGEST_UNIT = 4;

/** Where the NULs end that `bytes[start…end)` begins with. */
export function endOfNuls(bytes: Uint8Array, start: number, end: number): number {
  while (start < end && bytes[start] === 0) {
    start++;
  }
  return start;
}
