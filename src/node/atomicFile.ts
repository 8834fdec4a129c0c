import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileError } from './inputError';

/** Text is handed to the system in pieces of about this many characters. */
const BUFFER_CHARACTERS = 1 << 20;

let serial = 0;

/**
 * A file that is written beside its place and renamed when it is complete: a reader never sees half of it, and an
 * earlier one survives a failure. Whoever creates one either commits or discards it.
 */
export class AtomicFile {
  private buffered: string[] = [];
  private bufferedCharacters = 0;

  /** @param temporary where it is written until it is complete; undefined if it is written in its place */
  private constructor(
    private readonly path: string,
    private readonly temporary: string | undefined,
    private readonly handle: FileHandle,
  ) {}

  /**
   * Begins a file; missing folders are made. A device or pipe (`/dev/null`) is written as it is, for a file must not take
   * its place.
   * @throws InputError if the place cannot be written
   */
  static async create(path: string): Promise<AtomicFile> {
    const temporary = join(dirname(path), `.${basename(path)}.${process.pid}-${serial++}.tmp`);
    try {
      const status = await stat(path).catch(() => undefined);
      if (status !== undefined && !status.isFile() && !status.isDirectory()) {
        return new AtomicFile(path, undefined, await open(path, 'w'));
      }
      await mkdir(dirname(path), { recursive: true });
      return new AtomicFile(path, temporary, await open(temporary, 'wx'));
    } catch (error) {
      throw fileError(error, path);
    }
  }

  /**
   * Appends text, in UTF-8, or bytes.
   * @throws InputError if the disk is full
   */
  async write(content: string | Uint8Array): Promise<void> {
    if (typeof content === 'string') {
      this.buffered.push(content);
      this.bufferedCharacters += content.length;
      if (this.bufferedCharacters >= BUFFER_CHARACTERS) {
        await this.flush();
      }
      return;
    }
    await this.flush();
    await this.append(content);
  }

  /**
   * Completes the file and puts it in its place.
   * @throws InputError if that fails; what was written is removed then
   */
  async commit(): Promise<void> {
    try {
      await this.flush();
      await this.handle.close();
      if (this.temporary !== undefined) {
        await rename(this.temporary, this.path);
      }
    } catch (error) {
      await this.discard();
      throw fileError(error, this.path);
    }
  }

  /** Removes what was written; an earlier file stays as it was. */
  async discard(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    if (this.temporary !== undefined) {
      await rm(this.temporary, { force: true });
    }
  }

  private async flush(): Promise<void> {
    if (this.buffered.length > 0) {
      const text = this.buffered.join('');
      this.buffered = [];
      this.bufferedCharacters = 0;
      await this.append(Buffer.from(text));
    }
  }

  private async append(bytes: Uint8Array): Promise<void> {
    try {
      let offset = 0;
      while (offset < bytes.length) {
        offset += (await this.handle.write(bytes, offset)).bytesWritten;
      }
    } catch (error) {
      throw fileError(error, this.path);
    }
  }
}

/**
 * Writes a whole file through {@link AtomicFile}.
 * @param write appends the content; if it fails, nothing of the file remains
 * @throws InputError if the place cannot be written
 */
export async function writeAtomically(path: string, write: (file: AtomicFile) => Promise<void>): Promise<void> {
  const file = await AtomicFile.create(path);
  try {
    await write(file);
  } catch (error) {
    await file.discard();
    throw error;
  }
  await file.commit();
}
