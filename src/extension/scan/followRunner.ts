import type { Uri } from 'vscode';
import { CancelledError } from '../../core/cancellation';
import type { Finding } from '../../core/findings/finding';
import { changedFindings } from '../../worker/findingsChange';
import { Disposable } from '../base/disposable';
import { CollectedFindings } from './collectedFindings';
import type { LogToScan } from './logToScan';
import type { ResultsStore } from '../results/resultsStore';
import { endOf, type ScanEnd, type ScanSurroundings } from './scanRunner';
import type { WorkerClient } from '../engine/workerClient';

/** A file that is followed, or about to be. */
interface Follow {
  abort: AbortController;
  /** How the scan of what it has at first ends. */
  first: Promise<ScanEnd>;
}

/** Follows files and keeps the store up to date with them. */
export class FollowRunner extends Disposable {
  private readonly running = new Map<string, Follow>();

  /** @param now milliseconds since 1970 */
  constructor(
    private readonly client: Pick<WorkerClient, 'follow'>,
    private readonly store: ResultsStore,
    private readonly surroundings: ScanSurroundings,
    private readonly now: () => number,
  ) {
    super();
    this.register(
      store.onDidChange(({ kind, results }) => {
        if (kind === 'removed') {
          this.stop(results.uri);
        }
      }),
    );
    this.register({ dispose: () => this.stop() });
  }

  /**
   * Scans a file and goes on as it grows; one that is followed already goes on so. Never rejects.
   * @returns how the scan of what it has at first ends
   */
  follow(file: Uri): Promise<ScanEnd> {
    return this.running.get(file.toString())?.first ?? this.start(file);
  }

  /**
   * Scans a log that is followed from its beginning and goes on to follow it. With its rotated files it is followed no
   * longer.
   * @returns `undefined` if it is not followed
   */
  again({ file, rotated }: LogToScan): Promise<ScanEnd> | undefined {
    const key = file.toString();
    const known = this.running.get(key);
    if (known === undefined) {
      return undefined;
    }
    if (rotated !== undefined) {
      this.running.delete(key);
      known.abort.abort();
      return undefined;
    }
    // One whose first scan is under way is joined.
    if (this.store.get(file)?.scanning === true) {
      return known.first;
    }
    known.abort.abort();
    return this.start(file);
  }

  /** Follows a file no longer, or all of them. */
  stop(file?: Uri): void {
    const stopped = file === undefined ? [...this.running.values()] : [this.running.get(file.toString())];
    stopped.forEach((follow) => follow?.abort.abort());
  }

  /** Cancels the first scan of a file, or of all that have not yet come so far that they are followed. */
  cancel(file?: Uri): void {
    for (const { uri, scanning } of this.store.all) {
      if (scanning && (file === undefined || file.toString() === uri.toString())) {
        this.stop(uri);
      }
    }
  }

  private start(file: Uri): Promise<ScanEnd> {
    const key = file.toString();
    const abort = new AbortController();
    this.store.begin(file);
    const first = new Promise<ScanEnd>((resolve) => {
      void this.run(file, abort.signal, () => resolve({ kind: 'completed' })).then((end) => {
        if (this.running.get(key)?.abort === abort) {
          this.running.delete(key);
          this.report(file, end);
        }
        resolve(end);
      });
    });
    this.running.set(key, { abort, first });
    return first;
  }

  private run(file: Uri, signal: AbortSignal, onFirst: () => void): Promise<ScanEnd> {
    return endOf(file, this.surroundings, signal, async (options) => {
      const configuration = await this.surroundings.configurationState(file);
      const goodLogs = await this.surroundings.goodLogsState([]);
      if (signal.aborted) {
        throw new CancelledError();
      }
      let findings: readonly Finding[] = [];
      const collected = new CollectedFindings(file, this.store);
      await this.client.follow(
        file.fsPath,
        options,
        {
          onProgress: collected.onProgress,
          onFindings: collected.onFindings,
          onUpdated: ({ summary, index, order, file: state }) => {
            findings = changedFindings(findings, collected.take(), order);
            const outcome = { findings, summary, index, suspects: [], file: state, options, configuration, goodLogs };
            this.store.complete(file, outcome, { lastUpdate: this.now() });
            onFirst();
          },
        },
        signal,
      );
      return { kind: 'completed' };
    });
  }

  private report(file: Uri, end: ScanEnd): void {
    if (end.kind === 'completed') {
      this.store.unfollow(file, 'gone');
    } else if (end.kind === 'failed') {
      this.surroundings.logDetails(end.message);
      this.store.fail(file, end.message);
    } else if (this.store.get(file)?.scanning === true) {
      this.store.cancel(file);
    } else {
      this.store.unfollow(file);
    }
  }
}
