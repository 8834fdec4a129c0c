import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError } from './inputError';

/**
 * The bundles that ship with the program and judge the blocks of a log, sorted by name.
 * @param folder where they are, each in a folder of its own
 * @throws InputError if the folder cannot be read
 */
export async function bundledModels(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return (
      entries
        .filter((entry) => entry.isDirectory())
        .map((entry) => join(folder, entry.name))
        // The text CNN, which only helps to judge, has no profile.
        .filter((bundle) => existsSync(join(bundle, 'profile.json')))
        .sort()
    );
  } catch (error) {
    throw fileError(error, folder);
  }
}
