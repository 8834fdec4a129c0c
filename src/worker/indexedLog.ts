import type { FileHandle } from 'node:fs/promises';
import type { LineIndex } from '../core/input/lineIndex';
import { LineSplitter, type LineSink } from '../core/input/lineSplitter';
import { chunkDecoder } from '../core/input/chunkDecoder';
import type { Encoding } from '../core/input/encoding';
import { CHUNK_BYTES } from '../node/files/fileChunks';
import { isStill, markOf, type FileMark } from '../node/files/fileMark';

/** A log that is not compressed, with the index of its lines: one of them is read without all that are before it. */
export class IndexedLog {
  /** The last of the reads that index the file, which must not overlap. */
  private indexing: Promise<void> = Promise.resolve();

  /**
   * @param index of the file's lines, as far as it was read
   * @param mark of the file as it was indexed
   */
  constructor(
    private readonly index: LineIndex,
    private mark: FileMark,
  ) {}

  /** In which the file was read. */
  get encoding(): Encoding {
    return this.index.encoding;
  }

  /** Whether the index is that of this file, which may have been appended to since. */
  async describes(file: FileHandle): Promise<boolean> {
    const { length: end, tail: bytes } = this.index;
    const now = markOf(await file.stat());
    if (!(await isStill(file, { ...this.mark, tail: { end, bytes } }))) {
      return false;
    }
    this.mark = now;
    return true;
  }

  /**
   * Reads lines.
   * @param file open for reading
   * @param lines from 1, ascending
   * @param sink takes each of them that the file has, and some others
   */
  async read(file: FileHandle, lines: readonly number[], sink: LineSink): Promise<void> {
    await this.indexUpTo(file, lines[lines.length - 1] ?? 0);
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let next = 0; next < lines.length;) {
      const { start, end = Infinity, line: firstLine } = this.index.placeOf(lines[next]);
      while (next < lines.length && this.index.placeOf(lines[next]).start === start) {
        next++;
      }
      const lastWanted = lines[next - 1];
      let last = firstLine - 1;
      const splitter = new LineSplitter((bytes, from, to, number) => {
        last = firstLine + number - 1;
        sink(bytes, from, to, last);
      });
      const decode = decoderOf(this.index.encoding, start === 0);
      for (let position = start; last < lastWanted;) {
        const { bytesRead } = await file.read(buffer, 0, Math.min(CHUNK_BYTES, end - position), position);
        if (bytesRead === 0) {
          splitter.end();
          break;
        }
        splitter.push(decode(buffer.subarray(0, bytesRead)));
        position += bytesRead;
      }
    }
  }

  /** Indexes the file on until the place of a line is known or the file ends. */
  private indexUpTo(file: FileHandle, line: number): Promise<void> {
    const { index } = this;
    const readOn = async (): Promise<void> => {
      const buffer = index.knows(line) ? undefined : Buffer.allocUnsafe(CHUNK_BYTES);
      while (buffer !== undefined && !index.knows(line)) {
        const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, index.length);
        if (bytesRead === 0) {
          return;
        }
        index.push(buffer.subarray(0, bytesRead));
      }
    };
    // One whose file failed leaves the index as it was for the next.
    this.indexing = this.indexing.then(readOn, readOn);
    return this.indexing;
  }
}

/** Makes UTF-8 without byte order mark of the chunks of a file from a place on. */
function decoderOf(encoding: Encoding, fromBeginning: boolean): (bytes: Buffer) => Uint8Array {
  const decode = encoding === 'utf-8' ? (bytes: Uint8Array) => bytes : chunkDecoder(encoding);
  let isFirst = fromBeginning;
  return (bytes) => {
    const text = decode(bytes);
    const hasMark = isFirst && text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf;
    isFirst = false;
    return hasMark ? text.subarray(3) : text;
  };
}
