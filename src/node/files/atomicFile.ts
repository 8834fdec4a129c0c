import { outputPlace } from './outputPlace';
import { openDescriptor, openSpecialFile, type OutputTarget } from './outputTarget';
import { openReplacement } from './replacement';
import { isSystemError, writeError } from './writeError';

export { discardUnfinishedFiles } from './replacement';

/** Text is handed to the system in pieces of about this many characters. */
const BUFFER_CHARACTERS = 1 << 20;

/**
 * A file that is written beside its place and renamed when it is complete: a reader never sees half of it, and an
 * earlier one survives a failure. Whoever creates one either commits or discards it.
 *
 * Links are followed to the file that they mean, which keeps its permissions and, as far as the system allows, its owner.
 * Of a file with several names (hard links) only the one that is given gets the new content: the others may be a backup.
 */
export class AtomicFile {
  private buffered: string[] = [];
  private bufferedCharacters = 0;
  private isReaderGone = false;

  private constructor(
    private readonly path: string,
    private readonly target: OutputTarget,
  ) {}

  /**
   * Begins a file; missing folders are made. A device, a pipe or what this process has open (`/dev/null`, `/dev/stdout`)
   * is written as it is, for a file must not take its place.
   * @throws UserError if the place cannot be written
   */
  static async create(path: string): Promise<AtomicFile> {
    try {
      return new AtomicFile(path, await openTarget(path));
    } catch (error) {
      throw writeError(error, path);
    }
  }

  /**
   * Appends text, in UTF-8, or bytes.
   * @throws UserError if the disk is full
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
   * @throws UserError if that fails; what was written is removed then
   */
  async commit(): Promise<void> {
    try {
      await this.flush();
      await this.target.complete();
    } catch (error) {
      await this.discard();
      throw writeError(error, this.path);
    }
  }

  /** Removes what was written; an earlier file stays as it was. */
  async discard(): Promise<void> {
    await this.target.discard();
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
      while (offset < bytes.length && !this.isReaderGone) {
        offset += await this.target.write(bytes.subarray(offset));
      }
    } catch (error) {
      if (!isSystemError(error, 'EPIPE')) {
        throw writeError(error, this.path);
      }
      // The reader of a pipe has seen enough (`| head`), which is no fault.
      this.isReaderGone = true;
    }
  }
}

/**
 * Writes a whole file through {@link AtomicFile}.
 * @param write appends the content; if it fails, nothing of the file remains
 * @throws UserError if the place cannot be written
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

async function openTarget(path: string): Promise<OutputTarget> {
  const place = await outputPlace(path);
  switch (place.kind) {
    case 'descriptor':
      return openDescriptor(place.descriptor);
    case 'special':
      return openSpecialFile(place.path);
    case 'file':
      return openReplacement(place.path, place.status);
  }
}
