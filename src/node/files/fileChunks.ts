import { read } from 'node:fs';

/** Bytes that are read at once: large enough that the calls cost nothing, small enough to stop within milliseconds. */
export const CHUNK_BYTES = 1 << 20;

/** A file that is read at places, such as a FileHandle. */
export interface ReadableFile {
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
}

/** The file of a descriptor, which stays open. */
export function fileOf(fd: number): ReadableFile {
  return {
    read: (buffer, offset, length, position) =>
      new Promise((resolve, reject) => {
        read(fd, buffer, offset, length, position, (error, bytesRead) => {
          if (error === null) {
            resolve({ bytesRead });
          } else {
            reject(error);
          }
        });
      }),
  };
}

/** Two buffers of a size that take chunks in turn. */
export type ChunkBuffers = readonly [Buffer, Buffer];

/** Buffers for chunks of {@link CHUNK_BYTES}; no plain arrays, for their indexOf is several times slower. */
export function chunkBuffers(): ChunkBuffers {
  return [Buffer.allocUnsafeSlow(CHUNK_BYTES), Buffer.allocUnsafeSlow(CHUNK_BYTES)];
}

/**
 * The bytes of a file from a position to its end. While one chunk is looked at the next is read, so that the disk is not
 * waited for; each chunk lies in one of the buffers until the next is asked for.
 * @param aheadTo no chunk that begins behind this position is read before it is asked for
 * @throws Error of the file system (while iterating)
 */
export async function* fileChunks(
  file: ReadableFile,
  start: number,
  buffers: ChunkBuffers,
  aheadTo = Infinity,
): AsyncGenerator<Buffer, void> {
  let position = start;
  let ahead: ReturnType<typeof readTurn> | undefined;
  function readTurn(turn: number): Promise<{ bytesRead: number }> {
    const reading = file.read(buffers[turn], 0, buffers[turn].length, position);
    // Is looked at when the chunk is wanted, which may be never.
    reading.catch(() => undefined);
    return reading;
  }
  try {
    for (let turn = 0; ; turn = 1 - turn) {
      const { bytesRead } = await (ahead ?? readTurn(turn));
      if (bytesRead === 0) {
        return;
      }
      position += bytesRead;
      ahead = position <= aheadTo ? readTurn(1 - turn) : undefined;
      yield buffers[turn].subarray(0, bytesRead);
    }
  } finally {
    // Whoever stops in the midst gets the buffers back when nothing writes to them any more.
    await ahead?.catch(() => undefined);
  }
}
