import { UserError } from '../../core/errors/userError';
import { NotTextError } from '../../core/input/byteDecoder';

/** The refusal of a file that is no text. */
export function notText({ name }: { name: string }): UserError {
  return new UserError('not-text', { path: name });
}

/** What went wrong when a log was read: a decoder that finds no text does not know whose bytes it has, so the log is named here. */
export function namingLog(error: unknown, log: { name: string }): unknown {
  return error instanceof NotTextError ? notText(log) : error;
}
