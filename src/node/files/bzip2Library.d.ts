/** The decoder behind the stream of the package, which keeps each byte of a block as a number. */
declare module '@openpgp/unbzip2-stream/lib/bzip2.js' {
  /** Gives the next bits as a number; null goes on to the next whole byte. */
  export type BitReader = ((count: number | null) => number) & { bytesRead: number };
  const bzip2: {
    /** Reads the header of a stream: the size of its blocks in units of 100,000 bytes. */
    header(bits: BitReader): number;
    /**
     * Decompresses a block.
     * @param push takes each byte
     * @param buffer of `size` numbers, for the work
     * @param checksum of the blocks before
     * @returns the checksum with this block, or null where the stream ends in place of a block
     */
    decompress(
      bits: BitReader,
      push: (byte: number) => void,
      buffer: Int32Array,
      size: number,
      checksum: number,
    ): number | null;
  };
  export default bzip2;
}

declare module '@openpgp/unbzip2-stream/lib/bit_iterator.js' {
  /** @param next gives the bytes that follow; asked at once and whenever those given are used up */
  export default function bitIterator(next: () => Uint8Array): import('@openpgp/unbzip2-stream/lib/bzip2.js').BitReader;
}
