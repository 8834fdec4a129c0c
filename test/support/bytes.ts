import fc from 'fast-check';

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** UTF-32 of a text, without a byte order mark. */
export function utf32(text: string, isLittleEndian: boolean): Uint8Array {
  const codes = [...text].map((character) => character.codePointAt(0)!);
  const view = new DataView(new ArrayBuffer(4 * codes.length));
  codes.forEach((code, i) => view.setUint32(4 * i, code, isLittleEndian));
  return new Uint8Array(view.buffer);
}

/** Text of UTF-8 bytes. */
export function text(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end));
}

/** Cuts bytes at the given places (taken modulo their length) into chunks that make up the whole. */
export function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, i) => bytes.slice(i === 0 ? 0 : ends[i - 1], end));
}

/** Places for {@link cut}. */
export const places = fc.array(fc.nat(), { maxLength: 12 });
