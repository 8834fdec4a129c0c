const LF = 0x0a;
const CR = 0x0d;

/** Bytes between two remembered places. */
export const CHUNK_BYTES = 1 << 20;

/** Reads up to {@link CHUNK_BYTES} bytes at a position; fewer only at the end of the file. Valid until the next call. */
export type ChunkReader = (position: number) => Promise<Uint8Array>;

/** Remembers how many line ends lie before every mebibyte of a plain UTF-8 file, so that a line is found without reading all. */
export class LineOffsets {
  /** Line ends before chunk i; grows as far as lines were asked for. */
  private readonly lineEndsBefore = [0];
  private complete = false;

  /** Whether the last chunk counted ended with CR: whether that is a line end shows at the next byte. */
  private afterCr = false;

  /**
   * @param size of the file in bytes
   * @param modified time of its last change in milliseconds
   */
  constructor(
    private readonly size: number,
    private readonly modified: number,
  ) {}

  /** Whether the file is still the one whose line ends were counted. */
  describes(size: number, modified: number): boolean {
    return size === this.size && modified === this.modified;
  }

  /**
   * Finds a chunk that the line begins in or after, with no other remembered one nearer to it.
   * @returns the chunk's position in the file and the number of the line that its first byte belongs to; if that is not
   * line 1, the line begins somewhere before
   */
  async find(line: number, read: ChunkReader): Promise<{ position: number; firstLine: number }> {
    while (!this.complete && this.lineEndsBefore.at(-1)! < line) {
      await this.countNext(read);
    }
    // The first byte of a chunk belongs to line `ends + 1`, so the line wanted begins in the chunk if it is a later one.
    let chunk = this.lineEndsBefore.length - 1;
    while (chunk > 0 && this.lineEndsBefore[chunk] + 1 >= line) {
      chunk--;
    }
    return { position: chunk * CHUNK_BYTES, firstLine: this.lineEndsBefore[chunk] + 1 };
  }

  private async countNext(read: ChunkReader): Promise<void> {
    const last = this.lineEndsBefore.length - 1;
    const bytes = await read(last * CHUNK_BYTES);
    if (this.afterCr && bytes.length > 0 && bytes[0] !== LF) {
      this.lineEndsBefore[last]++;
    }
    if (bytes.length < CHUNK_BYTES) {
      this.complete = true;
      return;
    }
    this.lineEndsBefore.push(this.lineEndsBefore[last] + countLineEnds(bytes));
    this.afterCr = bytes[bytes.length - 1] === CR;
  }
}

/** Counts LF, and CR without LF behind it; a CR at the very end is not counted. */
function countLineEnds(bytes: Uint8Array): number {
  let count = 0;
  for (let i = bytes.indexOf(LF); i >= 0; i = bytes.indexOf(LF, i + 1)) {
    count++;
  }
  for (let i = bytes.indexOf(CR); i >= 0 && i < bytes.length - 1; i = bytes.indexOf(CR, i + 1)) {
    if (bytes[i + 1] !== LF) {
      count++;
    }
  }
  return count;
}
