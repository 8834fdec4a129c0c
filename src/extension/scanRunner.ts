import type { Uri } from 'vscode';
import type { Finding } from '../core/findings/finding';
import type { ScanOptions } from '../worker/protocol';
import { Disposable } from './disposable';
import type { FileState, ResultsStore } from './resultsStore';
import { CancelledError, ExcludedError, WorkerFault, type WorkerClient } from './workerClient';
import { SettingsFault } from './settings';

/** How a scan ended. */
export type ScanEnd =
  | { kind: 'completed' }
  | { kind: 'cancelled' }
  /** One of several files, which its configuration excludes. */
  | { kind: 'excluded' }
  /** `bySettings`: a setting of the user may be at fault. */
  | { kind: 'failed'; message: string; bySettings: boolean };

/** What a scan needs to know of its surroundings. */
export interface ScanSurroundings {
  /** @throws SettingsFault */
  optionsFor(file: Uri): ScanOptions;
  /** The file as it lies on disk now; `undefined` if there is none. */
  stat(file: Uri): Promise<FileState | undefined>;
  /** A text that is another one when the file's configuration is another one. */
  configurationState(file: Uri): Promise<string>;
  /** Takes the details of a fault that is not the user's. */
  logDetails(details: string): void;
}

/** A file that is about to be scanned, and with what. */
export interface PreparedScan {
  options: ScanOptions;
  /** The file as it lies on disk. */
  file: FileState;
  configuration: string;
}

/** Runs scans and keeps the store up to date with them. */
export class ScanRunner extends Disposable {
  private readonly running = new Map<string, { abort: AbortController; end: Promise<ScanEnd> }>();

  constructor(
    private readonly client: Pick<WorkerClient, 'scan'>,
    private readonly store: ResultsStore,
    private readonly surroundings: ScanSurroundings & {
      /** Scans a file that is followed from its beginning, and goes on to follow it; `undefined` if it is not followed. */
      followAgain?(file: Uri): Promise<ScanEnd> | undefined;
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
   * Scans a file; a scan of the same file that is under way is joined. Never rejects.
   * @param isOneOfSeveral whether its configuration may exclude it
   */
  scan(file: Uri, isOneOfSeveral = false): Promise<ScanEnd> {
    const key = file.toString();
    const known = this.running.get(key)?.end ?? this.surroundings.followAgain?.(file);
    if (known !== undefined) {
      return known;
    }
    const abort = new AbortController();
    this.store.begin(file);
    const end = this.run(file, isOneOfSeveral, abort.signal).then((result) => {
      this.running.delete(key);
      this.report(file, result);
      return result;
    });
    this.running.set(key, { abort, end });
    return end;
  }

  /** Cancels the scan of a file, if there is one, and waits for its end. */
  async end(file: Uri): Promise<void> {
    this.cancel(file);
    await this.running.get(file.toString())?.end;
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

  private run(file: Uri, isOneOfSeveral: boolean, signal: AbortSignal): Promise<ScanEnd> {
    return endOf(file, this.surroundings, signal, async (prepared) => {
      const findings: Finding[] = [];
      const intern = interner();
      const { summary, index } = await this.client.scan(
        file.fsPath,
        prepared.options,
        {
          onProgress: ({ phase, done, total }) => this.store.progress(file, { phase, done, total }),
          onFindings: (batch) => {
            for (const finding of batch) {
              finding.reason = intern(finding.reason);
              findings.push(finding);
            }
          },
        },
        signal,
        isOneOfSeveral,
      );
      this.store.complete(file, { findings, summary, index, ...prepared });
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
 * @param run scans the file
 */
export async function endOf(
  file: Uri,
  surroundings: ScanSurroundings,
  signal: AbortSignal,
  run: (prepared: PreparedScan) => Promise<void>,
): Promise<ScanEnd> {
  let bySettings = true;
  try {
    const options = surroundings.optionsFor(file);
    bySettings = [options.modelPath, options.sessionPattern, options.logFormat].some((value) => value !== undefined);
    const state = await surroundings.stat(file);
    if (state === undefined) {
      throw new WorkerFault(`${file.fsPath} does not exist; it may have been moved, deleted or rotated.`);
    }
    const configuration = await surroundings.configurationState(file);
    await run({ options, file: state, configuration });
    return { kind: 'completed' };
  } catch (error) {
    if (error instanceof ExcludedError) {
      return { kind: 'excluded' };
    }
    if (error instanceof CancelledError || signal.aborted) {
      return { kind: 'cancelled' };
    }
    if (!(error instanceof WorkerFault || error instanceof SettingsFault)) {
      surroundings.logDetails(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error), bySettings };
  }
}

/** Keeps one copy of equal texts: blocks of the same kind have the same reason, and each came as a text of its own. */
export function interner(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const first = known.get(text);
    if (first === undefined) {
      known.set(text, text);
    }
    return first ?? text;
  };
}
