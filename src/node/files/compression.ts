/** How a log is compressed, by the names that messages use. */
export type Compression = 'gzip' | 'zstd' | 'xz' | 'bzip2';

/** What a file that is no plain log begins with: compressed bytes, or an archive of files. */
export type Packing = Compression | 'zip';

/**
 * The first bytes of each form. Those of bzip2 go on with the mark of a block or of the end behind one digit, without which a
 * text may begin so. Frames of zstd may have others before them that are skipped.
 */
const BEGINNINGS: readonly (readonly [
  packing: Packing,
  bytes: readonly (number | readonly [from: number, to: number])[],
])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['zstd', [[0x50, 0x5f], 0x2a, 0x4d, 0x18]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['bzip2', [0x42, 0x5a, 0x68, [0x31, 0x39], 0x31, 0x41, 0x59, 0x26, 0x53, 0x59]],
  ['bzip2', [0x42, 0x5a, 0x68, [0x31, 0x39], 0x17, 0x72, 0x45, 0x38, 0x50, 0x90]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
];

/** How many bytes tell every form. */
export const PACKING_BYTES = Math.max(...BEGINNINGS.map(([, bytes]) => bytes.length));

/** How a file is packed, by its first bytes and whatever its name; undefined if it is not. */
export function packingOf(head: Uint8Array): Packing | undefined {
  return BEGINNINGS.find(([, bytes]) => head.length >= bytes.length && agree(head, bytes))?.[0];
}

/** Whether further bytes may make these the beginning of a packed file. */
export function mayBePacked(head: Uint8Array): boolean {
  return BEGINNINGS.some(([, bytes]) => head.length < bytes.length && agree(head, bytes));
}

function agree(head: Uint8Array, bytes: (typeof BEGINNINGS)[number][1]): boolean {
  return bytes.every((wanted, i) => {
    const [from, to] = typeof wanted === 'number' ? [wanted, wanted] : wanted;
    return i >= head.length || (head[i] >= from && head[i] <= to);
  });
}
