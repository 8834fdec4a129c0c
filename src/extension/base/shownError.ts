import { textOf } from '../../core/errors/messages';
import { UserError } from '../../core/errors/userError';

/**
 * What the user is told of an error.
 * @param translate gives an English sentence in the user's language, as `vscode.l10n.t` does
 */
export function shownError(error: unknown, translate: (sentence: string) => string): string {
  if (error instanceof UserError) {
    return textOf(error.toMessage(), translate);
  }
  return error instanceof Error ? error.message : String(error);
}
