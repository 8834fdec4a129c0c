/**
 * Something from outside (a file, a setting, an argument) cannot be used. The message is one sentence for the user that
 * says what is wrong, where, and what to do; no stack trace is shown.
 */
export class InputError extends Error {}

/** What a failed operation of the system on a file means, as an {@link InputError}; any other error as it is. */
export function fileError(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
    case 'ENOENT':
      return new InputError(`${path} does not exist; check the path.`);
    case 'ENOTDIR':
      return new InputError(`${path} does not exist: a part of the path is no folder; check the path.`);
    case 'EEXIST':
      return new InputError(`${path} cannot be made: a part of the path is a file; choose another place.`);
    case 'EISDIR':
      return new InputError(`${path} is a folder; give a file.`);
    case 'EACCES':
    case 'EPERM':
      return new InputError(`${path} may not be accessed; check its permissions.`);
    case 'ENOSPC':
      return new InputError(`${path} cannot be written because the disk is full; free some space and try again.`);
    case 'EDQUOT':
      return new InputError(
        `${path} cannot be written because your disk quota is used up; free some space and try again.`,
      );
    case 'EROFS':
      return new InputError(`${path} cannot be written because its file system is read-only; choose another place.`);
    case 'EIO':
      return new InputError(`${path} cannot be read because of a device error; check the disk.`);
    default:
      return error;
  }
}

function errorCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
