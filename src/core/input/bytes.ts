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
