import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';

/**
 * Something from outside (a file, a setting, an argument) cannot be used. The message is one sentence for the user that
 * says what is wrong, where, and what to do; no stack trace is shown.
 */
export class InputError extends Error {}

/**
 * What a failed operation of the system on an input means, as an {@link InputError}, whichever fault the system tells; an error
 * that is not the system's as it is.
 */
export function fileError(error: unknown, path: string): unknown {
  const code = systemCode(error);
  switch (code) {
    case undefined:
      return error;
    case 'ENOENT':
      return new InputError(`${path} does not exist; check the path.`);
    case 'ENOTDIR':
      return new InputError(`${path} does not exist: a part of the path is no folder; check the path.`);
    case 'EISDIR':
      return new InputError(`${path} is a folder; give a file.`);
    case 'EACCES':
    case 'EPERM':
      return new InputError(`${path} may not be accessed; check its permissions.`);
    case 'EIO':
      return new InputError(`${path} cannot be read because of a device error; check the disk.`);
    case 'ELOOP':
      return new InputError(`${path} cannot be read: its symbolic links lead round in a circle; name the file itself.`);
    case 'ENAMETOOLONG':
      return new InputError(`${path.slice(0, 100)}… cannot be read: the name is too long; check the path.`);
    case 'ENXIO':
    case 'EOPNOTSUPP':
      return new InputError(`${path} is a socket or a device that is not there; give a file or a pipe.`);
    case 'EBADF':
      return new InputError(`${path} is not open for reading; check how it was redirected.`);
    case 'EMFILE':
    case 'ENFILE':
      return new InputError(
        `${path} cannot be read: too many files are open; raise the limit (ulimit -n) or close other programs.`,
      );
    case 'EFBIG':
    case 'EOVERFLOW':
      return new InputError(`${path} cannot be read: it is larger than the system can handle; give a part of it.`);
    case 'ESTALE':
      return new InputError(`${path} cannot be read: the server has replaced or removed it; try again.`);
    case 'ETIMEDOUT':
    case 'EHOSTDOWN':
    case 'EHOSTUNREACH':
    case 'ENOTCONN':
      return new InputError(`${path} cannot be read: its drive does not answer; check the connection and try again.`);
    default:
      return new InputError(
        `${path} cannot be read: ${wordsOf(code)} (${code}); check the path, or copy the file and give the copy.`,
      );
  }
}

/** The code of an error that the system has told, such as `ENOENT`; not that of an error of Node itself or of a library. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
    return undefined;
  }
  const { code } = error;
  if (!('syscall' in error) && !systemErrors().some(([name]) => name === code)) {
    return undefined;
  }
  // Node has no name for some, such as ESTALE and EDQUOT; the system has.
  const errno = code.startsWith('Unknown') && 'errno' in error ? error.errno : undefined;
  const [name = code] = Object.entries(constants.errno).find(([, number]) => number === -Number(errno)) ?? [];
  return name;
}

/** What the system calls a fault. */
export function wordsOf(code: string): string {
  return systemErrors().find(([name]) => name === code)?.[1] ?? 'the system refuses it';
}

/** The names of the system's errors, each with what it means. */
function systemErrors(): [name: string, words: string][] {
  return Array.from(getSystemErrorMap().values());
}
