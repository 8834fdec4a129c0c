import { stat, type FileHandle } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import { UserError } from '../../core/errors/userError';
import { packingOf, PACKING_BYTES } from './compression';
import { CHUNK_BYTES } from './fileChunks';
import { fileError } from './fileError';
import { openOrdinaryFile } from './ordinaryFile';

/** Bytes at the beginning, and before the place that has been read to, by which a file is known again. */
const MARK_BYTES = 1024;

/** What a look at a growing file brings: further bytes, only valid until the next, or that a new file has begun. */
export type Growth = { kind: 'bytes'; bytes: Uint8Array } | { kind: 'newFile' };

/**
 * A file that others append to, and that may be rotated: cut to nothing and written anew (copy and truncate), or renamed
 * with another one in its place. Of a renamed file the rest is still read, through the handle that is open.
 *
 * It is looked at, not watched: a look costs two calls of the system, sees what network drives do not notify of, and the
 * results need not be newer than a look.
 */
export class FollowedFile {
  /** Bytes that have been read of the file that is at the path now. */
  position = 0;
  /** Its size and time of last change in milliseconds, as of the last look. */
  state = { size: 0, mtime: 0 };
  /** Whether there was no file at the path at the last look. */
  isGone = false;

  private readonly buffer = new Uint8Array(CHUNK_BYTES);
  private head: Uint8Array = new Uint8Array(0);
  /** The bytes before the position. */
  private tail: Uint8Array = new Uint8Array(0);
  /** When the file was last changed, in nanoseconds. */
  private lastChange = -1n;

  private constructor(
    private readonly path: string,
    private handle: FileHandle,
    private identity: string,
  ) {}

  /**
   * Opens a file; its beginning is read at the first look.
   * @throws UserError if it does not exist, is no ordinary file, is compressed or may not be read
   */
  static async open(path: string): Promise<FollowedFile> {
    const { file } = await openOrdinaryFile(path);
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(PACKING_BYTES), 0, PACKING_BYTES, 0);
      const kind = packingOf(buffer.subarray(0, bytesRead));
      if (kind !== undefined) {
        throw new UserError('compressed-followed', { path, kind });
      }
      return new FollowedFile(path, file, identityOf(await file.stat({ bigint: true })));
    } catch (error) {
      await file.close();
      throw fileError(error, path);
    }
  }

  /**
   * What has come since the last look.
   * @throws UserError if it cannot be read any more
   */
  async *look(): AsyncGenerator<Growth, void> {
    try {
      const status = await statOrNothing(this.path);
      this.isGone = status === undefined;
      if (status !== undefined && identityOf(status) === this.identity) {
        if (await this.isCut(status)) {
          this.begin();
          yield { kind: 'newFile' };
        }
        this.lastChange = status.mtimeNs;
        this.state = stateOf(status);
        yield* this.read();
        return;
      }
      yield* this.read();
      if (status !== undefined) {
        const { file: handle } = await openOrdinaryFile(this.path);
        await this.handle.close();
        this.handle = handle;
        const own = await handle.stat({ bigint: true });
        this.identity = identityOf(own);
        this.state = stateOf(own);
        this.begin();
        yield { kind: 'newFile' };
        yield* this.read();
      }
    } catch (error) {
      throw fileError(error, this.path);
    }
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  /** Whether the file no longer begins and goes on as what was read of it. */
  private async isCut(status: BigIntStats): Promise<boolean> {
    if (status.size < BigInt(this.position)) {
      return true;
    }
    if (status.mtimeNs === this.lastChange && status.size === BigInt(this.position)) {
      return false;
    }
    return !(await this.holds(this.head, 0)) || !(await this.holds(this.tail, this.position - this.tail.length));
  }

  private async holds(mark: Uint8Array, position: number): Promise<boolean> {
    const { buffer, bytesRead } = await this.handle.read(new Uint8Array(mark.length), 0, mark.length, position);
    return bytesRead === mark.length && buffer.every((byte, i) => byte === mark[i]);
  }

  private begin(): void {
    this.position = 0;
    this.head = new Uint8Array(0);
    this.tail = new Uint8Array(0);
    this.lastChange = -1n;
  }

  /** The bytes from the position on. */
  private async *read(): AsyncGenerator<Growth, void> {
    for (;;) {
      // Up to the next chunk's beginning, wherever the last look ended.
      const room = CHUNK_BYTES - (this.position % CHUNK_BYTES);
      const { bytesRead } = await this.handle.read(this.buffer, 0, room, this.position);
      if (bytesRead === 0) {
        return;
      }
      const bytes = this.buffer.subarray(0, bytesRead);
      this.position += bytesRead;
      if (this.head.length < MARK_BYTES) {
        this.head = Buffer.concat([this.head, bytes.subarray(0, MARK_BYTES - this.head.length)]);
      }
      this.tail = Buffer.concat([this.tail, bytes.subarray(-MARK_BYTES)]).subarray(-MARK_BYTES);
      yield { kind: 'bytes', bytes };
    }
  }
}

function identityOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

function stateOf({ size, mtimeNs }: BigIntStats): { size: number; mtime: number } {
  // Rounded as Node rounds a time of change to a Date.
  return { size: Number(size), mtime: Math.round(Number(mtimeNs / 1000n) / 1000) };
}

async function statOrNothing(path: string): Promise<BigIntStats | undefined> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
