import { constants, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { UserError } from '../../core/errors/userError';
import { fileError } from './fileError';

/**
 * Opens a file that must be an ordinary one, and looks at it through the same handle: a pipe would be waited for without
 * end, and a device may have no end.
 * @throws UserError if it does not exist, is anything else or may not be read
 */
export async function openOrdinaryFile(path: string): Promise<{ file: FileHandle; status: Stats }> {
  try {
    // Without O_NONBLOCK, to open a pipe waits for its writer.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const status = await file.stat();
      if (!status.isFile()) {
        throw status.isDirectory() ? new UserError('is-folder', { path }) : notAFile(path);
      }
      return { file, status };
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    throw fileError(error, path);
  }
}

/** The refusal of what is neither an ordinary file nor a folder. */
export function notAFile(path: string): UserError {
  return new UserError('not-a-file', { path });
}
