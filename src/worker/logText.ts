import { open, type FileHandle } from 'node:fs/promises';
import { ByteDecoder, NotTextError } from '../core/input/byteDecoder';
import { LineSplitter, type LineSink } from '../core/input/lineSplitter';
import { inspectText, SAMPLE_BYTES } from '../core/input/textRule';
import { fileError, InputError } from '../node/inputError';
import { openLog } from '../node/logSource';
import { CHUNK_BYTES, LineOffsets, type ChunkReader } from './lineOffsets';

/** The text of a log, cut at a limit. */
export interface LogText {
  /** UTF-8 without byte order mark. */
  bytes: Uint8Array<ArrayBuffer>;
  truncated: boolean;
}

/** How many files' line offsets are remembered. */
const REMEMBERED_FILES = 8;

/**
 * Reads parts of logs as text, for showing them. Lines are counted as a scan and the editor count them.
 *
 * Plain UTF-8 files are read from near the line, by offsets that are found on the way and remembered; gzip and UTF-16
 * files are read from their beginning each time.
 */
export class LogTextReader {
  /** By path; the least recently used first. */
  private readonly offsets = new Map<string, LineOffsets>();

  /**
   * Gives the text of some lines, each cut after a number of characters.
   * @param lines physical line numbers from 1, ascending
   * @returns in the order of `lines`; an empty text for a line that the file does not have
   * @throws InputError if the file cannot be read or is no text
   */
  async readLines(path: string, lines: readonly number[], maximumLength: number): Promise<string[]> {
    const texts: string[] = [];
    /** Takes a line if it is the next one wanted. */
    const take = (bytes: Uint8Array, start: number, end: number, number: number) => {
      if (number === lines[texts.length]) {
        texts.push(decodeLine(bytes.subarray(start, end), maximumLength));
      }
    };
    await withFile(path, async (file, kind) => {
      if (kind === 'plain') {
        await this.readPlainLines(path, file, lines, texts, take);
      } else {
        const splitter = new LineSplitter(take);
        await pushDecoded(path, (bytes) => {
          splitter.push(bytes);
          return texts.length < lines.length;
        });
        splitter.end();
      }
    });
    return lines.map((_, index) => texts[index] ?? '');
  }

  /**
   * Gives a file's whole text, up to the last line end before the limit.
   * @throws InputError if the file cannot be read or is no text
   */
  async readText(path: string, maximumBytes: number): Promise<LogText> {
    const parts: Uint8Array[] = [];
    let length = 0;
    await pushDecoded(path, (bytes) => {
      parts.push(bytes.slice());
      length += bytes.length;
      return length <= maximumBytes;
    });
    const bytes = new Uint8Array(length);
    let offset = 0;
    for (const part of parts) {
      bytes.set(part, offset);
      offset += part.length;
    }
    if (length <= maximumBytes) {
      return { bytes, truncated: false };
    }
    const lineEnd = bytes.lastIndexOf(0x0a, maximumBytes - 1);
    return { bytes: bytes.slice(0, lineEnd < 0 ? maximumBytes : lineEnd + 1), truncated: true };
  }

  private async readPlainLines(
    path: string,
    file: FileHandle,
    lines: readonly number[],
    texts: string[],
    take: LineSink,
  ): Promise<void> {
    const buffer = new Uint8Array(CHUNK_BYTES);
    const read: ChunkReader = async (position) => {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, position);
      return buffer.subarray(0, bytesRead);
    };
    const offsets = await this.offsetsOf(path, file);
    for (let ended = false; !ended && texts.length < lines.length;) {
      const wanted = texts.length;
      const { position: start, firstLine } = await offsets.find(lines[wanted], read);
      const splitter = new LineSplitter((bytes, from, to, number) => take(bytes, from, to, firstLine + number - 1));
      for (let position = start; !ended && texts.length === wanted;) {
        const chunk = await read(position);
        ended = chunk.length === 0;
        splitter.push(position === 0 && hasUtf8Mark(chunk) ? chunk.subarray(3) : chunk);
        position += chunk.length;
      }
      if (ended) {
        splitter.end();
      }
    }
  }

  private async offsetsOf(path: string, file: FileHandle): Promise<LineOffsets> {
    const { size, mtimeMs } = await file.stat();
    const known = this.offsets.get(path);
    const offsets = known?.describes(size, mtimeMs) ? known : new LineOffsets(size, mtimeMs);
    this.offsets.delete(path);
    this.offsets.set(path, offsets);
    if (this.offsets.size > REMEMBERED_FILES) {
      this.offsets.delete(this.offsets.keys().next().value!);
    }
    return offsets;
  }
}

/** Whether the text lies in the file as UTF-8, so that a part can be read for itself, or as UTF-16 or in gzip. */
type FileKind = 'plain' | 'encoded';

/** Opens a file and looks at its beginning. */
async function withFile(path: string, use: (file: FileHandle, kind: FileKind) => Promise<void>): Promise<void> {
  try {
    const file = await open(path);
    try {
      const sample = new Uint8Array(SAMPLE_BYTES);
      const { bytesRead } = await file.read(sample, 0, SAMPLE_BYTES, 0);
      await use(file, kindOf(sample.subarray(0, bytesRead)));
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(error, path);
  }
}

function kindOf(sample: Uint8Array): FileKind {
  if (sample[0] === 0x1f && sample[1] === 0x8b) {
    return 'encoded';
  }
  return inspectText(sample).encoding === 'utf-8' ? 'plain' : 'encoded';
}

/** Streams a file as UTF-8; `sink` gives false when it has enough. */
async function pushDecoded(path: string, sink: (bytes: Uint8Array) => boolean): Promise<void> {
  let more = true;
  const decoder = new ByteDecoder((bytes) => {
    more = more && sink(bytes);
  });
  try {
    for await (const chunk of (await openLog(path)).chunks()) {
      decoder.push(chunk);
      if (!more) {
        return;
      }
    }
    decoder.end();
  } catch (error) {
    throw error instanceof NotTextError ? new InputError(`${path} is not a text file; choose a log.`) : error;
  }
}

function hasUtf8Mark(chunk: Uint8Array): boolean {
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
}

function decodeLine(bytes: Uint8Array, maximumLength: number): string {
  // No character takes more than four bytes, and the last one may be cut in half.
  return new TextDecoder().decode(bytes.subarray(0, 4 * maximumLength + 4)).slice(0, maximumLength);
}
