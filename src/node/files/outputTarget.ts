import { write } from 'node:fs';
import { constants, open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isSystemError } from './writeError';

/** Where the bytes of an output go. */
export interface OutputTarget {
  /** Writes a part of the bytes, at least one, and gives its length. */
  write: (bytes: Uint8Array) => Promise<number>;
  /** Ends it, with all bytes in their place. */
  complete: () => Promise<void>;
  /** Gives it up; does nothing once it is complete. */
  discard: () => Promise<void>;
}

/** How long a pipe that is full is left alone. */
const FULL_PIPE_MILLISECONDS = 5;

/** Writes through what this process has open, after what others have written there. */
export function openDescriptor(descriptor: number): OutputTarget {
  const writing = promisify(write);
  return {
    write: async (bytes) => {
      for (;;) {
        try {
          return (await writing(descriptor, bytes)).bytesWritten;
        } catch (error) {
          // Node opens the pipes of standard output so that nothing waits for their readers.
          if (!isSystemError(error, 'EAGAIN')) {
            throw error;
          }
          await setTimeout(FULL_PIPE_MILLISECONDS);
        }
      }
    },
    complete: async () => undefined,
    discard: async () => undefined,
  };
}

/**
 * Writes a device or a pipe.
 * @throws the system's error if it cannot be opened
 */
export async function openSpecialFile(path: string): Promise<OutputTarget> {
  // Not to be made: if it is gone, a file must not take its place.
  const handle = await open(path, constants.O_WRONLY | constants.O_TRUNC);
  return {
    write: async (bytes) => (await handle.write(bytes)).bytesWritten,
    complete: async () => handle.close(),
    discard: async () => handle.close().catch(() => undefined),
  };
}
