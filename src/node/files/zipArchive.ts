import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { fromFd, type Entry, type ZipFile } from 'yauzl';
import { UserError } from '../../core/errors/userError';
import { LOG_NAME } from '../../core/input/logName';
import { DamagedData } from './damagedData';
import { openInput, type OpenedInput } from './openInput';

/** How many members an archive may have: more are no collection of logs, and all their names are kept. */
const MAX_MEMBERS = 50_000;
/** How many logs a message names. */
const NAMED = 5;
/** Methods of compression by their numbers. */
const STORED = 0;
const DEFLATED = 8;
/** What is text by its name, beside logs. */
const TEXT_NAME = /\.(txt|json|jsonl|ndjson|csv)$/i;

/** A member of an archive as a path names it: behind the archive's own path, as if that were a folder. */
export interface ZipMember {
  archive: string;
  /** With slashes, as in the archive. */
  name: string;
}

/** A log in an archive that is open. */
interface ArchivedLog {
  /** How it is called in messages: the path that {@link zipMember} understands. */
  path: string;
  /** In bytes, as the archive has it; what decompresses to more is refused. */
  size: number;
  compressedSize: number;
  /**
   * Its bytes, decompressed, once.
   * @throws UserError (while iterating) if they are damaged
   */
  bytes(): AsyncGenerator<Uint8Array, void>;
}

/** The archive and the member that a path names; undefined where it names a file of its own. */
export async function zipMember(path: string): Promise<ZipMember | undefined> {
  for (const { index } of path.matchAll(/(?<=\.zip)[\\/]/gi)) {
    const archive = path.slice(0, index);
    const isFile = await stat(archive).then(
      (status) => status.isFile(),
      () => false,
    );
    if (isFile) {
      return { archive, name: path.slice(index + 1).replaceAll('\\', '/') };
    }
  }
  return undefined;
}

/** The file on disk that holds what a path names: itself, or the archive. */
export async function fileHolding(path: string): Promise<string> {
  return (await zipMember(path))?.archive ?? path;
}

/**
 * The logs in an archive, as paths that can be opened, in its order.
 * @throws UserError if it cannot be read, is no archive or damaged
 */
export async function logsInArchive(path: string): Promise<string[]> {
  const input = await openInput(path);
  try {
    return (await openArchive(input)).names.map((name) => join(path, name));
  } finally {
    await input.close();
  }
}

/**
 * Looks at what an archive holds.
 * @param input an ordinary file, which stays open
 * @throws UserError if it is damaged or has too many members
 */
export async function openArchive({ name: path, fd }: OpenedInput): Promise<ZipArchive> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromFd(fd, { lazyEntries: true, autoClose: false }, (error, file) =>
      error === null ? resolve(file) : reject(damaged(path, error)),
    );
  });
  const entries: Entry[] = [];
  await new Promise<void>((resolve, reject) => {
    zip.on('error', (error: Error) => reject(damaged(path, error)));
    zip.on('end', resolve);
    zip.on('entry', (entry: Entry) => {
      if (entries.push(entry) > MAX_MEMBERS) {
        reject(new UserError('zip-too-many', { path, limit: MAX_MEMBERS.toLocaleString('en') }));
      } else {
        zip.readEntry();
      }
    });
    zip.readEntry();
  });
  return new ZipArchive(path, zip, entries);
}

/** An archive that is open. */
class ZipArchive {
  private readonly files: readonly Entry[];
  private readonly logs: readonly Entry[];

  constructor(
    private readonly path: string,
    private readonly zip: ZipFile,
    entries: readonly Entry[],
  ) {
    this.files = entries.filter(({ fileName }) => !fileName.endsWith('/'));
    // Beside files, macOS stores what it knows of them.
    const own = this.files.filter(({ fileName }) => !/(^|\/)(__MACOSX\/|\.)/.test(fileName));
    const named = own.filter(({ fileName }) => LOG_NAME.test(fileName) || TEXT_NAME.test(fileName));
    this.logs = named.length > 0 ? named : own;
  }

  /** The names of its logs: of all files if none looks like one. */
  get names(): string[] {
    return this.logs.map(({ fileName }) => fileName);
  }

  /**
   * A log of it.
   * @param wanted its name; the only one if left out
   * @throws UserError if there is no such log, or more than one to choose from, or it cannot be decompressed
   */
  async log(wanted: string | undefined): Promise<ArchivedLog> {
    const entry = wanted === undefined ? this.onlyLog() : this.files.find(({ fileName }) => fileName === wanted);
    if (entry === undefined) {
      throw new UserError('zip-member-missing', { path: this.path, name: wanted ?? '' });
    }
    const path = join(this.path, entry.fileName);
    if (entry.isEncrypted()) {
      throw new UserError('zip-encrypted', { path });
    }
    if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
      throw new UserError('zip-method-unknown', { path, method: entry.compressionMethod });
    }
    const { zip } = this;
    return {
      path,
      size: entry.uncompressedSize,
      compressedSize: entry.compressedSize,
      bytes: () => bytesOf(zip, entry, path),
    };
  }

  private onlyLog(): Entry {
    const { path, logs, names } = this;
    if (logs.length === 0) {
      throw new UserError('zip-empty', { path });
    }
    if (logs.length > 1) {
      const shown = names.slice(0, NAMED).join(', ') + (names.length > NAMED ? ', …' : '');
      throw new UserError('zip-several', { path, count: logs.length, names: shown, example: join(path, names[0]) });
    }
    return logs[0];
  }
}

async function* bytesOf(zip: ZipFile, entry: Entry, path: string): AsyncGenerator<Uint8Array, void> {
  let checksum = 0;
  try {
    const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
      zip.openReadStream(entry, (error, opened) => (error === null ? resolve(opened) : reject(error)));
    });
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
    if (checksum !== entry.crc32) {
      throw new DamagedData('its checksum does not match');
    }
  } catch (error) {
    throw error instanceof Error ? damaged(path, error) : error;
  }
}

/** What the library says is about the archive; it has no class of its own for that. */
function damaged(path: string, error: Error): Error {
  return error instanceof UserError
    ? error
    : new UserError('damaged-compression', { path, kind: 'zip', why: error.message.replace(/[.\s]+$/, '') });
}
