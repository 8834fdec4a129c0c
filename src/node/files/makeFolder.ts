import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those that it is in, where they are missing. Node's own recursive mkdir tries for ever where the
 * system says of a new folder that it does not exist although the one around it does, as in /proc.
 * @throws the system's error if that fails
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) {
    return;
  }
  if (dirname(path) !== path) {
    await makeFolder(dirname(path));
  }
  try {
    await mkdir(path);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!(await isFolder(path))) {
      throw error;
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}
