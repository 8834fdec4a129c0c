import { constants, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { fileError, InputError } from './inputError';

/**
 * Opens a file that must be an ordinary one, and looks at it through the same handle: a pipe would be waited for without
 * end, and a device may have no end.
 * @throws InputError if it does not exist, is anything else or may not be read
 */
export async function openOrdinaryFile(path: string): Promise<{ file: FileHandle; status: Stats }> {
  try {
    // Without O_NONBLOCK, to open a pipe waits for its writer.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const status = await file.stat();
      if (!status.isFile()) {
        throw status.isDirectory() ? new InputError(`${path} is a folder; give a file.`) : notAFile(path);
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
export function notAFile(path: string): InputError {
  return new InputError(`${path} is a pipe or a device; save what it gives to a file and give that.`);
}
