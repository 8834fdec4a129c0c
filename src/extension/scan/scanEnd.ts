import type { Uri } from 'vscode';
import { CancelledError } from '../../core/cancellation';
import { MODEL_MESSAGES } from '../../core/errors/modelMessages';
import { SETTING_MESSAGES } from '../../core/errors/settingMessages';
import { isAmong, UserError } from '../../core/errors/userError';
import type { ScanOptions } from '../../worker/protocol';
import { shownError } from '../base/shownError';
import { WorkerFault } from '../engine/workerClient';

/** How a scan ended. */
export type ScanEnd =
  | { kind: 'completed' }
  | { kind: 'cancelled' }
  /** One of several files, which its configuration excludes. */
  | { kind: 'excluded' }
  /** `bySettings`: what the user has to change is a setting. */
  | { kind: 'failed'; message: string; bySettings: boolean };

/** What the end of a scan depends on. */
export interface EndSurroundings {
  /** @throws UserError */
  optionsFor(file: Uri): ScanOptions;
  /** Takes the details of a fault that is not the user's. */
  logDetails(details: string): void;
  /** Gives an English sentence in the user's language. */
  translate(sentence: string): string;
}

/**
 * How a scan ends.
 * @param run scans the file with these options
 */
export async function endOf(
  file: Uri,
  surroundings: EndSurroundings,
  signal: AbortSignal,
  run: (options: ScanOptions) => Promise<ScanEnd>,
): Promise<ScanEnd> {
  let options: ScanOptions | undefined;
  try {
    options = surroundings.optionsFor(file);
    return await run(options);
  } catch (error) {
    if (error instanceof CancelledError || signal.aborted) {
      return { kind: 'cancelled' };
    }
    if (!(error instanceof WorkerFault || error instanceof UserError)) {
      surroundings.logDetails(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    const message = shownError(error, (sentence) => surroundings.translate(sentence));
    return { kind: 'failed', message, bySettings: isBySettings(error, options) };
  }
}

/**
 * Whether a scan was refused for something that a setting says.
 * @param options of the scan; undefined if the settings could not be read
 */
function isBySettings(error: unknown, options: ScanOptions | undefined): boolean {
  if (!(error instanceof UserError) || options === undefined) {
    return error instanceof UserError;
  }
  const { model, sessionKey, logFormat, threshold } = options;
  const { path } = error.params;
  return (
    // What is not set comes from a configuration file.
    (isAmong(SETTING_MESSAGES, error) && (sessionKey ?? logFormat ?? threshold) !== undefined) ||
    (model !== undefined && (isAmong(MODEL_MESSAGES, error) || (typeof path === 'string' && path.startsWith(model))))
  );
}
