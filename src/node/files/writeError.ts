import { UserError } from '../../core/errors/userError';
import { systemCode, wordsOf } from './fileError';

/**
 * What a failed operation of the system on an output means, as a {@link UserError}; an error that is not the system's
 * as it is.
 */
export function writeError(error: unknown, path: string): unknown {
  const code = systemCode(error);
  switch (code) {
    case undefined:
      return error;
    case 'EISDIR':
      return new UserError('is-folder', { path });
    case 'EACCES':
    case 'EPERM':
      return new UserError('not-writable', { path });
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EEXIST':
      return new UserError('output-parent-no-folder', { path });
    case 'ENOSPC':
      return new UserError('disk-full', { path });
    case 'EDQUOT':
      return new UserError('quota-used-up', { path });
    case 'EROFS':
      return new UserError('read-only', { path });
    case 'EIO':
      return new UserError('unwritable-device', { path });
    default:
      return new UserError('unwritable', { path, why: wordsOf(code), fault: code });
  }
}

/** Whether an error is the system's and has one of these codes. */
export function isSystemError(error: unknown, ...codes: readonly string[]): boolean {
  const code = systemCode(error);
  return code !== undefined && codes.includes(code);
}
