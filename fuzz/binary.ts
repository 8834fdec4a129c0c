/**
 * Logs are changed as strings of one character a byte, in which regular expressions find their way whatever the encoding.
 */

/** The bytes, one character each. */
export function toBinary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** The bytes of a string of one character a byte. */
export function fromBinary(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

/** A text in UTF-8, one character a byte. */
export function binaryOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
