import type { Encoding } from './encoding';

/** Makes UTF-8 of the next bytes of a text, of all that are left if none are given. Characters may be cut between two calls. */
export type ChunkDecoder = (bytes?: Uint8Array) => Uint8Array;

/** Decodes a text without byte order mark; of UTF-8 nothing is to be decoded. */
export function chunkDecoder(encoding: Exclude<Encoding, 'utf-8'>): ChunkDecoder {
  if (encoding === 'utf-32le' || encoding === 'utf-32be') {
    return utf32Decoder(encoding === 'utf-32le');
  }
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  const encoder = new TextEncoder();
  return (bytes) => encoder.encode(decoder.decode(bytes, { stream: bytes !== undefined }));
}

const REPLACEMENT = 0xfffd;

function utf32Decoder(isLittleEndian: boolean): ChunkDecoder {
  const part = new Uint8Array(4);
  const view = new DataView(part.buffer);
  let held = 0;
  return (bytes) => {
    // No character has more bytes in UTF-8; what breaks off at the end has at most three.
    const text = new Uint8Array(bytes === undefined ? 3 : held + bytes.length);
    let length = 0;
    for (const byte of bytes ?? []) {
      part[held++] = byte;
      if (held === 4) {
        length = putCharacter(text, length, view.getUint32(0, isLittleEndian));
        held = 0;
      }
    }
    if (bytes === undefined && held > 0) {
      length = putCharacter(text, length, REPLACEMENT);
      held = 0;
    }
    return text.subarray(0, length);
  };
}

/** Writes a character in UTF-8; gives the place behind it. */
function putCharacter(text: Uint8Array, at: number, code: number): number {
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
    return putCharacter(text, at, REPLACEMENT);
  }
  if (code < 0x80) {
    text[at] = code;
    return at + 1;
  }
  const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  text[at] = (0xff << (7 - more)) | (code >> (6 * more));
  for (let i = 1; i <= more; i++) {
    text[at + i] = 0x80 | ((code >> (6 * (more - i))) & 0x3f);
  }
  return at + more + 1;
}
