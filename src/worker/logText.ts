import { LF } from '../core/input/bytes';
import { fstat } from 'node:fs';
import { stat, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { UserError } from '../core/errors/userError';
import { escapeLine } from '../core/findings/escapeControls';
import { ByteDecoder, NotTextError } from '../core/input/byteDecoder';
import { LineIndex, TAIL_BYTES, type LinePlaces } from '../core/input/lineIndex';
import { LineSplitter } from '../core/input/lineSplitter';
import type { Encoding } from '../core/input/encoding';
import { inspectText, SAMPLE_BYTES } from '../core/input/textRule';
import { fileOf, type ReadableFile } from '../node/files/fileChunks';
import { isStill, markOf, type FileMark } from '../node/files/fileMark';
import { packingOf } from '../node/files/compression';
import { fileError } from '../node/files/fileError';
import { openLogFile, type LogSource } from '../node/files/logSource';
import { openOrdinaryFile } from '../node/files/ordinaryFile';
import { fileHolding, logsInArchive } from '../node/files/zipArchive';
import { IndexedLog } from './indexedLog';
import { LineHeaders } from './lineHeaders';

const statDescriptor = promisify(fstat);

/** The text of a log, cut at a limit. */
export interface LogText {
  /** UTF-8 without byte order mark. */
  bytes: Uint8Array<ArrayBuffer>;
  truncated: boolean;
}

/** A log that is being scanned. */
export interface MarkedLog {
  source: LogSource;
  /** By what the file is known again, once the source has been read to its end. */
  mark: () => Promise<FileMark>;
  /** Bytes of the text that was read so far, where the file is compressed. */
  textBytes: () => number | undefined;
}

/** Bytes of text at the beginning of a log that say how its lines begin. */
const BEGINNING_BYTES = 256 * 1024;

/** Lines of a log as they are shown, and what is known of the records that begin there. */
export interface HeadedLines {
  /** As of {@link LogTextReader.readLines}. */
  texts: string[];
  /** Per line where its message begins in the text, in characters; 0 where no record begins or its header is not known. */
  messageStarts: Uint32Array<ArrayBuffer>;
  /** Per line the time of the record that begins there, in milliseconds since 1970; NaN where none is known. */
  times: Float64Array<ArrayBuffer>;
}

/** How many files' indexes and headers are remembered. */
const REMEMBERED_FILES = 64;

/**
 * Reads parts of logs as text, for showing them. Lines are counted as a scan and the editor count them.
 *
 * Of a plain file the lines alone are read, by the index that its scan has left behind or that is made by one pass over it
 * up to the lines; a compressed file is decompressed from its beginning each time.
 */
export class LogTextReader {
  /** By path; the least recently used first. */
  private readonly indexed = new Map<string, IndexedLog>();
  private readonly headers = new Map<string, LineHeaders>();
  /** The encodings that were asked for, by path. */
  private readonly told = new Map<string, Encoding>();

  /** Says in which encoding a log is from now on; found out if left out. */
  tellEncoding(path: string, encoding: Encoding | undefined): void {
    if (encoding === undefined) {
      this.told.delete(path);
    } else {
      this.told.set(path, encoding);
    }
  }

  /**
   * Opens a log for a scan, which indexes its lines as it goes.
   * @param encoding that was asked for; found out if left out
   * @throws UserError if it does not exist, is a folder or may not be read
   */
  async openForScan(path: string, encoding?: Encoding): Promise<MarkedLog> {
    this.tellEncoding(path, encoding);
    const source = await openLogFile(path);
    try {
      const { fd, status, onRead } = source.file!;
      const opened = markOf(await statDescriptor(fd));
      const kind = await kindOf(fileOf(fd), encoding);
      if (onRead === undefined || kind === 'compressed') {
        let textBytes = 0;
        const counted = async function* () {
          for await (const chunk of source.chunks()) {
            textBytes += chunk.length;
            yield chunk;
          }
        };
        return { source: { ...source, chunks: counted }, mark: async () => opened, textBytes: () => textBytes };
      }
      let index = new LineIndex(kind);
      let places: LinePlaces | undefined;
      const file = {
        fd,
        status,
        onRead: (bytes: number, found: LinePlaces) => {
          onRead(bytes, found);
          places = found;
        },
      };
      const chunks = async function* () {
        for await (const chunk of source.chunks()) {
          index.push(chunk);
          yield chunk;
        }
      };
      const mark = async () => {
        const end = source.bytesRead();
        // A large log may have been read by other threads, past the index.
        if (places !== undefined) {
          index = new LineIndex(kind, places, await bytesBefore(path, places.starts.at(-1) ?? 0));
        }
        const bytes = index.length === end ? index.tail : await bytesBefore(path, end);
        const { size, modified } = await stat(path).then(markOf, () => opened);
        // What was read is the file's beginning, unless the file has been cut or another one has taken its name meanwhile.
        const result = { identity: opened.identity, size: Math.max(size, end), modified, tail: { end, bytes } };
        this.remember(path, new IndexedLog(index, result));
        return result;
      };
      return { source: { ...source, file, chunks }, mark, textBytes: () => undefined };
    } catch (error) {
      await source.close();
      throw fileError(error, path);
    }
  }

  /**
   * Gives the text of some lines as it may be shown (see escapeLine), each cut after a number of characters.
   * @param lines physical line numbers from 1, ascending
   * @param mark of the file that the lines are of; any if left out
   * @returns in the order of `lines`; an empty text for a line that the file does not have
   * @throws UserError if the file cannot be read, is no text, or is not the marked one with or without more appended
   */
  async readLines(path: string, lines: readonly number[], maximumLength: number, mark?: FileMark): Promise<string[]> {
    const texts: string[] = [];
    await this.forEachLine(path, lines, mark, (bytes) => texts.push(decodeLine(bytes, maximumLength)));
    return lines.map((_, index) => texts[index] ?? '');
  }

  /**
   * As {@link readLines}, and finds the headers in the lines.
   * @throws UserError as readLines does
   */
  async readHeadedLines(
    path: string,
    lines: readonly number[],
    maximumLength: number,
    mark?: FileMark,
  ): Promise<HeadedLines> {
    const headers = await this.headersOf(path);
    const texts: string[] = [];
    const messageStarts = new Uint32Array(lines.length);
    const times = new Float64Array(lines.length).fill(NaN);
    await this.forEachLine(path, lines, mark, (bytes) => {
      const place = texts.length;
      const text = decodeLine(bytes, maximumLength);
      texts.push(text);
      const header = headers.of(bytes);
      if (header !== undefined) {
        messageStarts[place] = Math.min(text.length, decodeLine(header.before, maximumLength).length);
        times[place] = header.time;
      }
    });
    return { texts: lines.map((_, index) => texts[index] ?? ''), messageStarts, times };
  }

  /**
   * Gives some lines in UTF-8, one after another.
   * @param lines physical line numbers from 1, ascending
   * @param take is given each of them that the file has; its bytes are valid during the call
   * @throws UserError as {@link readLines}
   */
  async forEachLine(
    path: string,
    lines: readonly number[],
    mark: FileMark | undefined,
    take: (bytes: Uint8Array, line: number) => void,
  ): Promise<void> {
    const encoding = this.told.get(path);
    let taken = 0;
    const sink = (bytes: Uint8Array, start: number, end: number, number: number) => {
      if (number === lines[taken]) {
        taken++;
        take(bytes.subarray(start, end), number);
      }
    };
    await withFile(path, encoding, async (file, kind) => {
      if (mark !== undefined && !(await isStill(file, mark))) {
        throw new UserError('changed', { path });
      }
      if (kind === 'compressed') {
        const splitter = new LineSplitter(sink);
        await pushDecoded(path, encoding, (bytes) => {
          splitter.push(bytes);
          return taken < lines.length;
        });
        splitter.end();
      } else {
        await (await this.indexOf(path, file, kind)).read(file, lines, sink);
      }
    });
  }

  /**
   * Gives a file's whole text, up to the last line end before the limit.
   * @throws UserError if the file cannot be read or is no text
   */
  async readText(path: string, maximumBytes: number): Promise<LogText> {
    const parts: Uint8Array[] = [];
    let length = 0;
    await pushDecoded(path, this.told.get(path), (bytes) => {
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
    const lineEnd = bytes.lastIndexOf(LF, maximumBytes - 1);
    return { bytes: bytes.slice(0, lineEnd < 0 ? maximumBytes : lineEnd + 1), truncated: true };
  }

  /**
   * The logs in a zip archive, as paths that can be opened.
   * @throws UserError if it cannot be read, is none or damaged
   */
  logsInArchive(path: string): Promise<string[]> {
    return logsInArchive(path);
  }

  /** The headers of a file's lines are looked for as its beginning says, once for each file of this name. */
  private async headersOf(path: string): Promise<LineHeaders> {
    const beginning = (await this.readText(path, BEGINNING_BYTES)).bytes;
    const known = this.headers.get(path);
    if (known?.isOf(beginning) === true) {
      return known;
    }
    const headers = new LineHeaders(beginning);
    this.headers.delete(path);
    this.headers.set(path, headers);
    if (this.headers.size > REMEMBERED_FILES) {
      this.headers.delete(this.headers.keys().next().value!);
    }
    return headers;
  }

  private async indexOf(path: string, file: FileHandle, encoding: Encoding): Promise<IndexedLog> {
    const mark = markOf(await file.stat());
    const known = this.indexed.get(path);
    const indexed =
      known?.encoding === encoding && (await known.describes(file))
        ? known
        : new IndexedLog(new LineIndex(encoding), mark);
    this.remember(path, indexed);
    return indexed;
  }

  private remember(path: string, indexed: IndexedLog): void {
    this.indexed.delete(path);
    this.indexed.set(path, indexed);
    if (this.indexed.size > REMEMBERED_FILES) {
      this.indexed.delete(this.indexed.keys().next().value!);
    }
  }
}

/** How the text lies in a file: as it is, in an encoding, or compressed. */
type FileKind = Encoding | 'compressed';

/** Opens the file that a log is in and looks at its beginning. */
async function withFile<T>(
  path: string,
  encoding: Encoding | undefined,
  use: (file: FileHandle, kind: FileKind) => Promise<T>,
): Promise<T> {
  const { file } = await openOrdinaryFile(await fileHolding(path));
  try {
    return await use(file, await kindOf(file, encoding));
  } catch (error) {
    throw fileError(error, path);
  } finally {
    await file.close();
  }
}

async function kindOf(file: ReadableFile, encoding: Encoding | undefined): Promise<FileKind> {
  const buffer = Buffer.alloc(SAMPLE_BYTES);
  const { bytesRead } = await file.read(buffer, 0, SAMPLE_BYTES, 0);
  const beginning = buffer.subarray(0, bytesRead);
  return packingOf(beginning) === undefined ? inspectText(beginning, encoding).encoding : 'compressed';
}

/** Streams a file as UTF-8; `sink` gives false when it has enough. */
async function pushDecoded(
  path: string,
  encoding: Encoding | undefined,
  sink: (bytes: Uint8Array) => boolean,
): Promise<void> {
  let more = true;
  const decoder = new ByteDecoder(
    (bytes) => {
      more = more && sink(bytes);
    },
    undefined,
    encoding,
  );
  try {
    for await (const chunk of (await openLogFile(path)).chunks()) {
      decoder.push(chunk);
      if (!more) {
        return;
      }
    }
    decoder.end();
  } catch (error) {
    throw error instanceof NotTextError ? new UserError('not-text-file', { path }) : error;
  }
}

/** What sets the colours of a terminal (SGR of ECMA-48) or clears the rest of its line: it says nothing to a reader. */
const COLOURS = /\u001b\[[\d;:]*[mK]/g;

function decodeLine(bytes: Uint8Array, maximumLength: number): string {
  // No character takes more than four bytes, and the last one may be cut in half; colours take room that is not shown.
  const text = new TextDecoder().decode(bytes.subarray(0, 8 * maximumLength + 64));
  return escapeLine(text.replace(COLOURS, ''))
    .slice(0, maximumLength)
    .replace(/[\ud800-\udbff]$/, '');
}

/** The last bytes of a file up to a place, as many as an index keeps; fewer if the file has become shorter or cannot be read. */
async function bytesBefore(path: string, end: number): Promise<Uint8Array<ArrayBuffer>> {
  const length = Math.min(TAIL_BYTES, end);
  try {
    const { file } = await openOrdinaryFile(path);
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, end - length);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return new Uint8Array(0);
  }
}
