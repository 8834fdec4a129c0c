import type { Uri } from 'vscode';
import { CancelledError } from '../../core/cancellation';
import { UserError } from '../../core/errors/userError';
import type { Finding } from '../../core/findings/finding';
import type { FilePart } from '../../node/files/rotatedLog';
import { changedFindings } from '../../worker/findingsChange';
import type { ScanOptions } from '../../worker/protocol';
import { Disposable } from '../base/disposable';
import type { WorkerClient } from '../engine/workerClient';
import type { FileState, ResultsStore, ScannedPart } from '../results/resultsStore';
import { CollectedFindings } from './collectedFindings';
import type { LogToScan } from './logToScan';
import { endOf, type EndSurroundings, type ScanEnd } from './scanEnd';

/** What a scan needs to know of its surroundings. */
export interface ScanSurroundings extends EndSurroundings {
  /** The document that shows a file's lines. */
  documentOf(file: Uri): Uri;
  /** The file as it lies on disk now; `undefined` if there is none. */
  stat(file: Uri): Promise<FileState | undefined>;
  /** A text that is another one when the file's configuration is another one. */
  configurationState(file: Uri): Promise<string>;
  /** A text that is another one when these good logs are other ones. */
  goodLogsState(paths: readonly string[]): Promise<string>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** A log that is scanned or followed, or about to be. */
interface Run {
  log: LogToScan;
  /** Whether it goes on as the log grows. */
  follows: boolean;
  abort: AbortController;
  /** How the scan of what the log has at first ends. */
  end: Promise<ScanEnd>;
}

/** With what a log is read, and what takes what is found. */
interface Reading {
  options: ScanOptions;
  /** See {@link ScanSurroundings.configurationState}. */
  configuration: string;
  collected: CollectedFindings;
  signal: AbortSignal;
}

/**
 * Scans logs, one after another, follows others beside them, and keeps the store up to date with both. A log that is followed
 * is a scan with more than one update.
 */
export class ScanRunner extends Disposable {
  private readonly running = new Map<string, Run>();
  /** Ends with the last scan of those that wait. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly client: Pick<WorkerClient, 'scan' | 'follow'>,
    private readonly store: ResultsStore,
    private readonly surroundings: ScanSurroundings,
  ) {
    super();
    this.register(
      store.onDidChange(({ kind, results }) => {
        if (kind === 'removed') {
          this.running.get(results.uri.toString())?.abort.abort();
        }
      }),
    );
    this.register({ dispose: () => this.running.forEach(({ abort }) => abort.abort()) });
  }

  /**
   * Scans a log when its turn comes; a scan of the same file that is under way is joined. One that is followed is followed
   * from its beginning again, but with its rotated files it is followed no longer. Never rejects.
   * @param isOneOfSeveral whether its configuration may exclude it
   */
  scan(log: LogToScan, isOneOfSeveral = false): Promise<ScanEnd> {
    const known = this.running.get(log.file.toString());
    if (known?.follows === true) {
      if (log.rotated === undefined && this.store.get(log.file)?.scanning === true) {
        return known.end;
      }
      known.abort.abort();
      return this.start(log, log.rotated === undefined, isOneOfSeveral);
    }
    if (known === undefined) {
      return this.start(log, false, isOneOfSeveral);
    }
    return known.log.rotated?.length === log.rotated?.length
      ? known.end
      : known.end.then(() => this.scan(log, isOneOfSeveral));
  }

  /**
   * Scans a file and goes on as it grows; one that is followed already goes on so, and a scan that is under way is joined.
   * Never rejects.
   * @returns how the scan of what it has at first ends
   */
  follow(file: Uri): Promise<ScanEnd> {
    return this.running.get(file.toString())?.end ?? this.start({ file }, true, false);
  }

  /** Cancels the scan of a file, if one is under way, and waits until it is over. A file that is followed goes on so. */
  async stop(file: Uri): Promise<void> {
    const known = this.running.get(file.toString());
    if (known?.follows === false) {
      known.abort.abort();
      await known.end;
    }
  }

  /** Follows a file no longer, or all of them. */
  unfollow(file?: Uri): void {
    this.abort(file, ({ follows }) => follows);
  }

  /** Cancels the scan of a file, or all of them, first ones of logs that are going to be followed too. */
  cancel(file?: Uri): void {
    this.abort(file, ({ log, follows }) => !follows || this.store.get(log.file)?.scanning === true);
  }

  private abort(file: Uri | undefined, isMeant: (run: Run) => boolean): void {
    for (const [key, run] of this.running) {
      if ((file === undefined || key === file.toString()) && isMeant(run)) {
        run.abort.abort();
      }
    }
  }

  private start(log: LogToScan, follows: boolean, isOneOfSeveral: boolean): Promise<ScanEnd> {
    const { file, rotated } = log;
    const key = file.toString();
    const abort = new AbortController();
    const { signal } = abort;
    this.store.begin(file, rotated);
    const end = new Promise<ScanEnd>((resolve) => {
      const run = follows
        ? this.read(file, signal, (reading) => this.followFile(file, reading, () => resolve({ kind: 'completed' })))
        : this.inTurn(signal, () => {
            if (!isOneOfSeveral) {
              // It is read for certain, and its turn has come: what the worker tells first is shown much later.
              this.store.progress(file, { phase: 'reading', done: 0, total: 1 });
            }
            return this.read(file, signal, (reading) => this.scanLog(log, isOneOfSeveral, reading));
          });
      void run.then((result) => {
        if (this.running.get(key)?.abort === abort) {
          this.running.delete(key);
          this.report(file, follows, result);
        }
        resolve(result);
      });
    });
    this.running.set(key, { log, follows, abort, end });
    return end;
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

  /** @param take has the worker read the file */
  private read(file: Uri, signal: AbortSignal, take: (reading: Reading) => Promise<ScanEnd>): Promise<ScanEnd> {
    return endOf(file, this.surroundings, signal, async (options) => {
      const configuration = await this.surroundings.configurationState(file);
      return take({ options, configuration, collected: new CollectedFindings(file, this.store), signal });
    });
  }

  private async scanLog({ file, rotated }: LogToScan, isOneOfSeveral: boolean, reading: Reading): Promise<ScanEnd> {
    const { collected, signal, ...read } = reading;
    const states = await Promise.all((rotated ?? [file]).map((each) => this.stateOf(each)));
    refuseIfAborted(signal);
    const paths = rotated?.map(({ fsPath }) => fsPath);
    const scanned = await this.client.scan(file.fsPath, read.options, collected, signal, isOneOfSeveral, paths);
    if (scanned === undefined) {
      return { kind: 'excluded' };
    }
    const { summary, index, suspects, mark, textBytes, parts } = scanned;
    const goodLogs = await this.surroundings.goodLogsState(summary.baselines ?? []);
    this.store.complete(file, {
      ...read,
      findings: collected.take(),
      summary,
      index,
      suspects,
      mark,
      textBytes,
      file: states[states.length - 1],
      goodLogs,
      parts: rotated && parts && this.scannedParts(rotated, states, parts),
    });
    return { kind: 'completed' };
  }

  /** @param onFirst called when what the log has at first is scanned */
  private async followFile(file: Uri, reading: Reading, onFirst: () => void): Promise<ScanEnd> {
    const { collected, signal, ...read } = reading;
    const { onProgress, onFindings } = collected;
    const goodLogs = await this.surroundings.goodLogsState([]);
    refuseIfAborted(signal);
    let findings: readonly Finding[] | undefined;
    const listener: Parameters<WorkerClient['follow']>[2] = {
      onProgress,
      onFindings,
      onUpdated: ({ summary, index, order, file: state }) => {
        const known = new Set(findings?.map(({ block }) => block));
        const sent = collected.take();
        // What was there at first is not new, nor is what only has grown.
        const fresh = findings && new Set(sent.filter(({ block }) => !known.has(block)));
        findings = changedFindings(findings ?? [], sent, order);
        const outcome = { ...read, findings, summary, index, suspects: [], file: state, goodLogs, fresh };
        this.store.complete(file, outcome, { lastUpdate: this.surroundings.now() });
        onFirst();
      },
    };
    await this.client.follow(file.fsPath, read.options, listener, signal);
    return { kind: 'completed' };
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

  private report(file: Uri, follows: boolean, end: ScanEnd): void {
    if (end.kind === 'failed') {
      if (follows) {
        // Nobody waits for the end any more.
        this.surroundings.logDetails(end.message);
      }
      const results = this.store.get(file);
      if (follows && results?.scanning === true && results.outcome !== undefined) {
        // Who asked for it is told; what was found before is as good as it was.
        this.store.cancel(file);
      } else {
        this.store.fail(file, end.message);
      }
    } else if (end.kind === 'completed') {
      if (follows) {
        this.store.unfollow(file, 'gone');
      }
    } else if (this.store.get(file)?.scanning === true) {
      this.store.cancel(file);
    } else {
      this.store.unfollow(file);
    }
  }
}

function refuseIfAborted({ aborted }: AbortSignal): void {
  if (aborted) {
    throw new CancelledError();
  }
}
