import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Uri } from 'vscode';
import { writeAtomically } from '../../node/files/atomicFile';
import { readWholeFile } from '../../node/files/wholeFile';
import { Disposable } from '../base/disposable';
import type { ChosenGoodLogs } from './chosenGoodLogs';
import type { FileResults, ResultsChange, ResultsStore } from './resultsStore';
import { readResult, writtenResult, type SavedResult } from './savedResult';

/** How many logs' results are kept, how large each may be, and for how long, in milliseconds. */
const MAX_LOGS = 200;
const MAX_BYTES = 16 << 20;
const MAX_AGE = 14 * 24 * 3600 * 1000;
/** How long results wait to be written, in milliseconds: those of a followed log change again and again. */
const PAUSE = 500;
const PAUSE_OF_FOLLOWED = 10_000;
const NAME = /^[0-9a-f]{32}\.json$/;

/** Where results are kept, and by whom. */
export interface SavedSurroundings {
  /** Folder of the workspace's storage; undefined where no workspace is open, and nothing is kept. */
  folder: string | undefined;
  /** Of the extension. */
  version: string;
  documentOf(file: Uri): Uri;
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back after some milliseconds, unless what it gives is called. */
  later(milliseconds: number, callback: () => void): () => void;
  /** Takes what went wrong: the user has nothing to do about it. */
  logDetails(details: string): void;
}

/**
 * Keeps complete results over sessions of the editor, each log's in a file of its own, and the good logs that were chosen with
 * them. Nothing is read before {@link restore} asks for it, and what cannot be read is as if it were not there.
 */
export class SavedResults extends Disposable {
  /** Logs whose results are to be written: what ends the waiting. */
  private readonly waiting = new Map<string, () => void>();
  private writing: Promise<unknown> = Promise.resolve();
  private restoring: Promise<readonly Uri[]> | undefined;

  constructor(
    private readonly store: ResultsStore,
    private readonly goodLogs: Pick<ChosenGoodLogs, 'set'>,
    private readonly surroundings: SavedSurroundings,
  ) {
    super();
    if (surroundings.folder !== undefined) {
      this.register(store.onDidChange((change) => this.onResults(change)));
    }
  }

  /**
   * Puts what was kept into the store, beside what is there already; once.
   * @returns the logs that were followed
   */
  restore(): Promise<readonly Uri[]> {
    return (this.restoring ??= this.read());
  }

  /** Writes what waits to be written. */
  async flush(): Promise<void> {
    for (const [key, stop] of [...this.waiting]) {
      stop();
      this.write(key);
    }
    await this.writing;
  }

  private onResults({ kind, results }: ResultsChange): void {
    const key = results.uri.toString();
    if (kind === 'removed') {
      this.waiting.get(key)?.();
      this.waiting.delete(key);
      this.inTurn(() => rm(this.path(key), { force: true }));
    } else if (['completed', 'unfollowed', 'renamed'].includes(kind) && !this.waiting.has(key)) {
      this.waiting.set(
        key,
        this.surroundings.later(results.following === undefined ? PAUSE : PAUSE_OF_FOLLOWED, () => this.write(key)),
      );
    }
  }

  private write(key: string): void {
    this.waiting.delete(key);
    const results = this.store.all.find(({ uri }) => uri.toString() === key);
    if (results === undefined || isRestored(results)) {
      return;
    }
    const { version, now } = this.surroundings;
    const text = writtenResult(results, version, now());
    this.inTurn(() =>
      text === undefined
        ? rm(this.path(key), { force: true })
        : writeAtomically(this.path(key), (file) => file.write(text)),
    );
  }

  /** What cannot be written is not kept; the results are there all the same. */
  private inTurn(work: () => Promise<unknown>): void {
    this.writing = this.writing.then(work).catch((error: unknown) => this.surroundings.logDetails(String(error)));
  }

  private path(key: string): string {
    const name = createHash('sha256').update(key).digest('hex').slice(0, 32);
    return join(this.surroundings.folder!, `${name}.json`);
  }

  private async read(): Promise<readonly Uri[]> {
    const saved: SavedResult[] = [];
    for (const path of await this.filesToRead()) {
      const { version, documentOf } = this.surroundings;
      const text = await readWholeFile(path, MAX_BYTES).then(
        ({ bytes }) => bytes.toString(),
        () => '',
      );
      const result = readResult(text, version, documentOf);
      if (result !== undefined) {
        saved.push(result);
      }
    }
    if (this.isDisposed) {
      return [];
    }
    const isThere = new Set(this.store.all.map(({ uri }) => uri.toString()));
    const restored = saved
      .filter(({ uri }) => !isThere.has(uri.toString()))
      .sort((a, b) => a.outcome.restoredFrom! - b.outcome.restoredFrom!);
    for (const { uri, rotated, outcome } of restored) {
      const { baseline } = outcome.options;
      if (baseline !== undefined) {
        this.goodLogs.set(uri, baseline);
      }
      this.store.begin(uri, rotated);
      this.store.complete(uri, outcome);
    }
    return restored.filter(({ wasFollowed }) => wasFollowed).map(({ uri }) => uri);
  }

  /** The newest files, as many as are kept; the others are removed. */
  private async filesToRead(): Promise<string[]> {
    const { folder, now } = this.surroundings;
    if (folder === undefined) {
      return [];
    }
    const names = await readdir(folder).catch(() => []);
    const files = await Promise.all(
      names
        .filter((name) => NAME.test(name))
        .map(async (name) => {
          const path = join(folder, name);
          const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
          return { path, mtimeMs };
        }),
    );
    files.sort((a, b) => b.mtimeMs - a.mtimeMs);
    const kept = files.filter(({ mtimeMs }, i) => i < MAX_LOGS && now() - mtimeMs < MAX_AGE);
    for (const { path } of files.filter((file) => !kept.includes(file))) {
      this.inTurn(() => rm(path, { force: true }));
    }
    return kept.map(({ path }) => path);
  }
}

/** Whether results are still those that were read: they need not be written again. */
function isRestored({ outcome, following }: FileResults): boolean {
  return outcome?.restoredFrom !== undefined && following === undefined;
}
