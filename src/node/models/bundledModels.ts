import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../core/errors/userError';
import { fileError } from '../files/fileError';

/**
 * The bundles that ship with the program and judge the blocks of a log, sorted by name.
 * @param folder where they are, each in a folder of its own
 * @throws UserError if the folder cannot be read or has none, as after an incomplete installation
 */
export async function bundledModels(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const bundles = entries.filter((entry) => entry.isDirectory());
    if (bundles.length === 0) {
      throw new UserError('no-bundled-models', { path: folder });
    }
    return bundles.map((entry) => join(folder, entry.name)).sort();
  } catch (error) {
    throw fileError(error, folder);
  }
}
