import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';
import { UserError } from '../../core/errors/userError';

/**
 * What a failed operation of the system on an input means, as a {@link UserError}, whichever fault the system tells; an error
 * that is not the system's as it is.
 */
export function fileError(error: unknown, path: string): unknown {
  const code = systemCode(error);
  switch (code) {
    case undefined:
      return error;
    case 'ENOENT':
      return new UserError('missing', { path });
    case 'ENOTDIR':
      return new UserError('parent-missing', { path });
    case 'EISDIR':
      return new UserError('is-folder', { path });
    case 'EACCES':
    case 'EPERM':
      return new UserError('not-accessible', { path });
    case 'EIO':
      return new UserError('unreadable-device', { path });
    case 'ELOOP':
      return new UserError('link-circle', { path });
    case 'ENAMETOOLONG':
      return new UserError('name-too-long', { beginning: path.slice(0, 100) });
    case 'ENXIO':
    case 'EOPNOTSUPP':
      return new UserError('device-missing', { path });
    case 'EBADF':
      return new UserError('not-open', { path });
    case 'EMFILE':
    case 'ENFILE':
      return new UserError('too-many-open', { path });
    case 'EFBIG':
    case 'EOVERFLOW':
      return new UserError('too-large-for-system', { path });
    case 'ESTALE':
      return new UserError('replaced-on-server', { path });
    case 'ETIMEDOUT':
    case 'EHOSTDOWN':
    case 'EHOSTUNREACH':
    case 'ENOTCONN':
      return new UserError('drive-silent', { path });
    default:
      return new UserError('unreadable', { path, why: wordsOf(code), fault: code });
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
