import { getSystemErrorMap } from 'node:util';
import { InputError } from './inputError';

/**
 * What a failed operation of the system on an output means, as an {@link InputError}; an error that is not the system's
 * as it is.
 */
export function writeError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EISDIR':
      return new InputError(`${path} is a folder; give a file.`);
    case 'EACCES':
    case 'EPERM':
      return new InputError(`${path} may not be written; check its permissions and those of its folder.`);
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EEXIST':
      return new InputError(
        `${path} cannot be written: a part of the path is no folder and cannot be made one; choose another place.`,
      );
    case 'ENOSPC':
      return new InputError(`${path} cannot be written because the disk is full; free some space and try again.`);
    case 'EDQUOT':
      return new InputError(
        `${path} cannot be written because your disk quota is used up; free some space and try again.`,
      );
    case 'EROFS':
      return new InputError(`${path} cannot be written because its file system is read-only; choose another place.`);
    case 'EIO':
      return new InputError(`${path} cannot be written because of a device error; check the disk.`);
    default: {
      const [, words] = Array.from(getSystemErrorMap().values()).find(([name]) => name === code) ?? [];
      return words === undefined
        ? error
        : new InputError(`${path} cannot be written: ${words} (${String(code)}); choose another place.`);
    }
  }
}

/** Whether an error is the system's and has one of these codes. */
export function isSystemError(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
