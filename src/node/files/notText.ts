import { InputError } from './inputError';
import type { LogSource } from './logSource';

/** The refusal of a file that is no text. */
export function notText(source: Pick<LogSource, 'name'>): InputError {
  return new InputError(
    `${source.name} is no text: too many of its first bytes are control characters; give a log in UTF-8 or UTF-16, or gzip of one.`,
  );
}
