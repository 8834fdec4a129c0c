import type { Uri } from 'vscode';
import type { Finding, ScanSummary } from '../../core/findings/finding';
import type { FileMark } from '../../node/files/fileMark';
import type { RotatedFile } from '../../core/input/rotatedFile';
import type { FindingsIndex, ScanOptions, ScanPhase } from '../../worker/protocol';
import { Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';

/** Why results may no longer be those of the file. */
export type Staleness = 'changed' | 'edited' | 'settings' | 'goodLog' | 'gone';

/** How far a scan is. */
export interface ScanProgress {
  phase: ScanPhase;
  /** Of `total`, in bytes of the file or in blocks. */
  done: number;
  total: number;
}

/** A file as it lay on disk. */
export interface FileState {
  size: number;
  /** Time of the last change, in milliseconds. */
  mtime: number;
}

/** One of the files that were scanned as one log. */
export interface ScannedPart extends RotatedFile {
  uri: Uri;
  /** The document that shows its lines, as of FileResults. */
  documentUri: Uri;
  state: FileState;
}

/** What one complete scan of a file gave. */
export interface ScanOutcome {
  /** Highest score first. */
  findings: readonly Finding[];
  summary: ScanSummary;
  index: FindingsIndex;
  /** The most suspicious blocks below the threshold, which are no findings. */
  suspects: readonly Finding[];
  /** By what the worker knows whether lines of the file are still those that were scanned. */
  mark?: FileMark;
  /** Bytes of the text of a compressed file. */
  textBytes?: number;
  /** The file that was scanned, and the options it was scanned with. */
  file: FileState;
  options: ScanOptions;
  /** State of the configuration that was read with it. */
  configuration: string;
  /** State of the good logs that it was judged against. */
  goodLogs: string;
  /** Where it was scanned with its rotated files: all of them, oldest first; line numbers are counted through them. */
  parts?: readonly ScannedPart[];
  /** Of a followed log: the findings that came with this update, and were not there before. */
  fresh?: ReadonlySet<Finding>;
  /** When it was found, in milliseconds since 1970, if that was in an earlier session of the editor. */
  restoredFrom?: number;
}

/** A file that is followed. */
export interface Following {
  /** When its results were last brought up to date, in milliseconds since 1970. */
  lastUpdate: number;
}

/** A scanned log, or one being scanned. Only the store changes it. */
export interface FileResults {
  /** The file; the newest where it is scanned with the files that it was rotated to. */
  readonly uri: Uri;
  /** All files of a rotated log that is scanned as one, oldest first; left out where it is one file. */
  readonly rotated?: readonly Uri[];
  /** The document that shows the lines: the file itself, or the decompressed text of a compressed log. */
  readonly documentUri: Uri;
  /** Of a scan in progress; `undefined` while it waits for its turn. */
  readonly progress: ScanProgress | undefined;
  readonly scanning: boolean;
  /** `undefined` if the file is not followed, or not yet: what it has at first is scanned before. */
  readonly following: Following | undefined;
  /** Of the last complete scan, or of what was followed until now; kept while the file is scanned again. */
  readonly outcome: ScanOutcome | undefined;
  readonly staleness: Staleness | undefined;
  /** Message of the last scan if it failed. */
  readonly failure: string | undefined;
}

/** What happened to a file's results; `renamed` carries them under their new name. */
export interface ResultsChange {
  kind:
    'added' | 'progress' | 'completed' | 'failed' | 'cancelled' | 'unfollowed' | 'staleness' | 'removed' | 'renamed';
  results: FileResults;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Holds the results of all scanned files; all that is shown is drawn from here. */
export class ResultsStore extends Disposable {
  private readonly files = new Map<string, Writable<FileResults>>();
  private readonly changes = this.register(new Emitter<ResultsChange>());

  /** Fires after each change. */
  readonly onDidChange = this.changes.event;

  /** @param documentOf gives the document that shows a file's lines */
  constructor(private readonly documentOf: (file: Uri) => Uri) {
    super();
  }

  /** All files in the order they were first scanned in. */
  get all(): FileResults[] {
    return [...this.files.values()];
  }

  /** The results of a file, or of the file whose document this is; also of one that was scanned as a part of a log. */
  get(uri: Uri): FileResults | undefined {
    const key = uri.toString();
    return (
      this.files.get(key) ??
      this.all.find(({ documentUri }) => documentUri.toString() === key) ??
      this.all.find(({ outcome }) =>
        outcome?.parts?.some((part) => part.uri.toString() === key || part.documentUri.toString() === key),
      )
    );
  }

  /**
   * Begins a scan; results of an earlier one stay until it is complete.
   * @param rotated all files of the log, oldest first, if there are several
   */
  begin(uri: Uri, rotated?: readonly Uri[]): void {
    const known = this.files.get(uri.toString());
    if (known !== undefined) {
      Object.assign(known, { rotated, scanning: true, progress: undefined, following: undefined, failure: undefined });
      this.changes.fire({ kind: 'progress', results: known });
      return;
    }
    const results: Writable<FileResults> = {
      uri,
      rotated,
      documentUri: this.documentOf(uri),
      progress: undefined,
      scanning: true,
      following: undefined,
      outcome: undefined,
      staleness: undefined,
      failure: undefined,
    };
    this.files.set(uri.toString(), results);
    this.changes.fire({ kind: 'added', results });
  }

  progress(uri: Uri, progress: ScanProgress): void {
    this.change(uri, 'progress', { progress });
  }

  /**
   * Ends a scan, or brings the results of a file that is followed up to date. Other results of its files go: each file has
   * one place in all that is shown.
   */
  complete(uri: Uri, outcome: ScanOutcome, following?: Following): void {
    if (this.files.has(uri.toString())) {
      const files = new Set((outcome.parts ?? [{ uri }]).map((part) => part.uri.toString()));
      this.all
        .filter((other) => other.uri.toString() !== uri.toString() && !other.scanning)
        .filter((other) => filesOf(other).some((file) => files.has(file.toString())))
        .forEach((other) => this.remove(other.uri));
    }
    this.change(uri, 'completed', { outcome, scanning: false, progress: undefined, staleness: undefined, following });
  }

  /** Says that a file is not followed any more; its results stay as they are. */
  unfollow(uri: Uri, staleness?: Staleness): void {
    this.change(uri, 'unfollowed', { following: undefined, staleness });
  }

  fail(uri: Uri, failure: string): void {
    this.change(uri, 'failed', { failure, scanning: false, progress: undefined, following: undefined });
  }

  /** Ends a cancelled scan: the file goes unless it has results of an earlier scan. */
  cancel(uri: Uri): void {
    const results = this.files.get(uri.toString());
    if (results?.outcome === undefined) {
      this.remove(uri);
    } else {
      const rotated = results.outcome.parts?.map((part) => part.uri);
      this.change(uri, 'cancelled', { rotated, scanning: false, progress: undefined });
    }
  }

  /** Says whether the results may be out of date; nothing happens if that was known. */
  setStaleness(uri: Uri, staleness: Staleness | undefined): void {
    const results = this.files.get(uri.toString());
    if (results !== undefined && results.staleness !== staleness) {
      this.change(uri, 'staleness', { staleness });
    }
  }

  remove(uri: Uri): void {
    const results = this.files.get(uri.toString());
    if (results !== undefined) {
      this.files.delete(uri.toString());
      this.changes.fire({ kind: 'removed', results });
    }
  }

  /**
   * Lets complete results follow their files to new names; a scan in progress ends.
   * @param moved gives the new name of each file
   */
  rename(from: Uri, moved: (file: Uri) => Uri): void {
    const results = this.files.get(from.toString());
    this.remove(from);
    if (results?.outcome === undefined) {
      return;
    }
    const { outcome } = results;
    const to = moved(from);
    this.remove(to);
    const parts = outcome.parts?.map((part) => {
      const uri = moved(part.uri);
      return { ...part, uri, documentUri: this.documentOf(uri) };
    });
    const renamed: Writable<FileResults> = {
      ...results,
      uri: to,
      rotated: results.rotated?.map(moved),
      documentUri: this.documentOf(to),
      outcome: parts === undefined ? outcome : { ...outcome, parts },
      scanning: false,
      progress: undefined,
      following: undefined,
    };
    this.files.set(to.toString(), renamed);
    this.changes.fire({ kind: 'renamed', results: renamed });
  }

  private change(uri: Uri, kind: ResultsChange['kind'], values: Partial<FileResults>): void {
    const results = this.files.get(uri.toString());
    if (results !== undefined) {
      Object.assign(results, values);
      this.changes.fire({ kind, results });
    }
  }
}

/** The files that results are of, oldest first. */
export function filesOf({ uri, rotated, outcome }: FileResults): readonly Uri[] {
  return outcome?.parts?.map((part) => part.uri) ?? rotated ?? [uri];
}
