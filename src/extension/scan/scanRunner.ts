import type { Uri } from 'vscode';
import { CancelledError } from '../../core/cancellation';
import { MODEL_MESSAGES } from '../../core/errors/modelMessages';
import { SETTING_MESSAGES } from '../../core/errors/settingMessages';
import { isAmong, UserError } from '../../core/errors/userError';
import type { FilePart } from '../../node/files/rotatedLog';
import type { ScanOptions } from '../../worker/protocol';
import { Disposable } from '../base/disposable';
import { CollectedFindings } from './collectedFindings';
import type { LogToScan } from './logToScan';
import type { FileState, ResultsStore, ScannedPart } from '../results/resultsStore';
import { WorkerFault, type WorkerClient } from '../engine/workerClient';
import { shownError } from '../base/shownError';

/** How a scan ended. */
export type ScanEnd =
  | { kind: 'completed' }
  | { kind: 'cancelled' }
  /** One of several files, which its configuration excludes. */
  | { kind: 'excluded' }
  /** `bySettings`: what the user has to change is a setting. */
  | { kind: 'failed'; message: string; bySettings: boolean };

/** What a scan needs to know of its surroundings. */
export interface ScanSurroundings {
  /** @throws UserError */
  optionsFor(file: Uri): ScanOptions;
  /** The document that shows a file's lines. */
  documentOf(file: Uri): Uri;
  /** The file as it lies on disk now; `undefined` if there is none. */
  stat(file: Uri): Promise<FileState | undefined>;
  /** A text that is another one when the file's configuration is another one. */
  configurationState(file: Uri): Promise<string>;
  /** A text that is another one when these good logs are other ones. */
  goodLogsState(paths: readonly string[]): Promise<string>;
  /** Takes the details of a fault that is not the user's. */
  logDetails(details: string): void;
  /** Gives an English sentence in the user's language. */
  translate(sentence: string): string;
}

/** Runs scans, one after another, and keeps the store up to date with them. */
export class ScanRunner extends Disposable {
  private readonly running = new Map<string, { log: LogToScan; abort: AbortController; end: Promise<ScanEnd> }>();
  /** Ends with the last scan of those that wait. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly client: Pick<WorkerClient, 'scan'>,
    private readonly store: ResultsStore,
    private readonly surroundings: ScanSurroundings & {
      /**
       * Scans a log that is followed from its beginning, and goes on to follow it; `undefined` if it is not followed, or
       * not any more since it is to be scanned with its rotated files.
       */
      followAgain?(log: LogToScan): Promise<ScanEnd> | undefined;
    },
  ) {
    super();
    this.register(
      store.onDidChange(({ kind, results }) => {
        if (kind === 'removed') {
          this.cancel(results.uri);
        }
      }),
    );
    this.register({ dispose: () => this.cancel() });
  }

  /**
   * Scans a log when its turn comes; a scan of the same file that is under way is joined. Never rejects.
   * @param isOneOfSeveral whether its configuration may exclude it
   */
  scan(log: LogToScan, isOneOfSeveral = false): Promise<ScanEnd> {
    const { file, rotated } = log;
    const key = file.toString();
    const known = this.running.get(key);
    if (known !== undefined) {
      return known.log.rotated?.length === rotated?.length
        ? known.end
        : known.end.then(() => this.scan(log, isOneOfSeveral));
    }
    const followed = this.surroundings.followAgain?.(log);
    if (followed !== undefined) {
      return followed;
    }
    const abort = new AbortController();
    this.store.begin(file, rotated);
    const { signal } = abort;
    const end = this.inTurn(signal, () => this.run(log, isOneOfSeveral, signal)).then((result) => {
      this.running.delete(key);
      this.report(file, result);
      return result;
    });
    this.running.set(key, { log, abort, end });
    return end;
  }

  /** Cancels the scan of a file, if one is under way, and waits until it is over. */
  async stop(file: Uri): Promise<void> {
    this.cancel(file);
    await this.running.get(file.toString())?.end;
  }

  /** Begins when all scans before have ended, so that what is known of the file is what is scanned. */
  private async inTurn(signal: AbortSignal, run: () => Promise<ScanEnd>): Promise<ScanEnd> {
    const turn = this.queue;
    let leave: () => void = () => {};
    const left = new Promise<void>((resolve) => (leave = resolve));
    this.queue = turn.then(() => left);
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([turn, aborted]);
    try {
      return signal.aborted ? { kind: 'cancelled' } : await run();
    } finally {
      leave();
    }
  }

  /** Cancels the scan of a file, or all of them. */
  cancel(file?: Uri): void {
    if (file !== undefined) {
      this.running.get(file.toString())?.abort.abort();
      return;
    }
    for (const { abort } of this.running.values()) {
      abort.abort();
    }
  }

  private run({ file, rotated }: LogToScan, isOneOfSeveral: boolean, signal: AbortSignal): Promise<ScanEnd> {
    if (!isOneOfSeveral) {
      // It is read for certain, and its turn has come: what the worker tells first is shown much later.
      this.store.progress(file, { phase: 'reading', done: 0, total: 1 });
    }
    return endOf(file, this.surroundings, signal, async (options) => {
      const states = await Promise.all((rotated ?? [file]).map((each) => this.stateOf(each)));
      const configuration = await this.surroundings.configurationState(file);
      if (signal.aborted) {
        throw new CancelledError();
      }
      const collected = new CollectedFindings(file, this.store);
      const scanned = await this.client.scan(
        file.fsPath,
        options,
        collected,
        signal,
        isOneOfSeveral,
        rotated?.map(({ fsPath }) => fsPath),
      );
      if (scanned === undefined) {
        return { kind: 'excluded' };
      }
      const { summary, index, suspects, mark, parts } = scanned;
      const goodLogs = await this.surroundings.goodLogsState(summary.baselines ?? []);
      this.store.complete(file, {
        findings: collected.take(),
        summary,
        index,
        suspects,
        mark,
        file: states[states.length - 1],
        options,
        configuration,
        goodLogs,
        parts: rotated && parts && this.scannedParts(rotated, states, parts),
      });
      return { kind: 'completed' };
    });
  }

  private async stateOf(file: Uri): Promise<FileState> {
    const state = await this.surroundings.stat(file);
    if (state === undefined) {
      throw new UserError('gone', { path: file.fsPath });
    }
    return state;
  }

  private scannedParts(
    rotated: readonly Uri[],
    states: readonly FileState[],
    parts: readonly FilePart[],
  ): ScannedPart[] {
    return parts.map(({ path, linesBefore }) => {
      const place = rotated.findIndex(({ fsPath }) => fsPath === path);
      const uri = rotated[place];
      return { uri, documentUri: this.surroundings.documentOf(uri), state: states[place], linesBefore };
    });
  }

  private report(file: Uri, end: ScanEnd): void {
    if (end.kind === 'cancelled' || end.kind === 'excluded') {
      this.store.cancel(file);
    } else if (end.kind === 'failed') {
      this.store.fail(file, end.message);
    }
  }
}

/**
 * How a scan ends.
 * @param run scans the file with these options
 */
export async function endOf(
  file: Uri,
  surroundings: Pick<ScanSurroundings, 'optionsFor' | 'logDetails' | 'translate'>,
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
