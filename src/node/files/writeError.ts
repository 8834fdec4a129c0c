import { InputError, systemCode, wordsOf } from './inputError';

/**
 * What a failed operation of the system on an output means, as an {@link InputError}; an error that is not the system's
 * as it is.
 */
export function writeError(error: unknown, path: string): unknown {
  const code = systemCode(error);
  switch (code) {
    case undefined:
      return error;
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
    default:
      return new InputError(`${path} cannot be written: ${wordsOf(code)} (${code}); choose another place.`);
  }
}

/** Whether an error is the system's and has one of these codes. */
export function isSystemError(error: unknown, ...codes: readonly string[]): boolean {
  const code = systemCode(error);
  return code !== undefined && codes.includes(code);
}
