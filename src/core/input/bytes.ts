/** Whether the byte is an ASCII digit. */
export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Whether the byte is an ASCII letter. */
export function isLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

/** Whether the byte is a space or TAB. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09;
}

/** Where the NULs end that `bytes[start…end)` begins with. */
export function endOfNuls(bytes: Uint8Array, start: number, end: number): number {
  while (start < end && bytes[start] === 0) {
    start++;
  }
  return start;
}
