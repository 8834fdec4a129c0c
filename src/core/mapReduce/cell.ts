import { BACKSLASH, DELETE, LOWER_X, SPACE } from '../input/bytes';

const HEX = new TextEncoder().encode('0123456789abcdef');

/** Bytes that a byte may become when it is escaped. */
export const ESCAPED_BYTES = 4;

/**
 * Writes `bytes[start…end)` to `target` at `offset` so that it fits a cell of a row: printable ASCII stays as it is, any
 * other byte and the backslash become `\x` and two hexadecimal digits. Every engine sorts such cells alike, whether it
 * compares bytes, UTF-16 or code points, and none stumbles over TAB, line ends or invalid UTF-8.
 * @returns where the written bytes end, at most {@link ESCAPED_BYTES} for each byte
 */
export function escapeCell(bytes: Uint8Array, start: number, end: number, target: Uint8Array, offset: number): number {
  let place = offset;
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte >= SPACE && byte < DELETE && byte !== BACKSLASH) {
      target[place++] = byte;
    } else {
      target[place++] = BACKSLASH;
      target[place++] = LOWER_X;
      target[place++] = HEX[byte >>> 4];
      target[place++] = HEX[byte & 15];
    }
  }
  return place;
}

/** The bytes that {@link escapeCell} made the cell `bytes[start…end)` of. */
export function unescapeCell(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const plain = new Uint8Array(end - start);
  let length = 0;
  for (let i = start; i < end; i++) {
    if (bytes[i] === BACKSLASH && i + 3 < end) {
      plain[length++] = 16 * HEX.indexOf(bytes[i + 2]) + HEX.indexOf(bytes[i + 3]);
      i += 3;
    } else {
      plain[length++] = bytes[i];
    }
  }
  return plain.subarray(0, length);
}
