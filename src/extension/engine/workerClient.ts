import { CancelledError } from '../../core/cancellation';
import { UserError } from '../../core/errors/userError';
import type { Finding } from '../../core/findings/finding';
import type { FileMark } from '../../node/files/fileMark';
import type { HeadedLines } from '../../worker/logText';
import type {
  ProgressResponse,
  ScannedResponse,
  ScanOptions,
  TextResponse,
  UpdatedResponse,
  WorkerRequest,
  WorkerResponse,
} from '../../worker/protocol';

/** The part of a `Worker` that the client uses. */
export interface WorkerHandle {
  postMessage(message: WorkerRequest): void;
  on(event: 'message', listener: (response: WorkerResponse) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
}

/** What a scan tells while it runs. */
export interface ScanListener {
  onProgress(progress: ProgressResponse): void;
  /** Takes at most 500 findings; the next batch comes in another turn of the event loop. */
  onFindings(findings: Finding[]): void;
}

/** What is reported of a file that is followed. */
export interface FollowListener extends ScanListener {
  /** All that has changed was given to `onFindings`. */
  onUpdated(updated: UpdatedResponse): void;
}

/** A request failed in the worker because of a fault of LogCNN, whose details have been reported. */
export class WorkerFault extends Error {}

/** Milliseconds within which the worker has to answer once it was told to cancel; it looks at the flag many times a second. */
export const ANSWER_LIMIT = 10_000;

/** What a client needs of its surroundings. */
export interface ClientSurroundings {
  /** Starts a worker thread that serves the protocol. */
  startWorker(): WorkerHandle;
  /** Takes the stack traces of faults that are not the user's. */
  logDetails(details: string): void;
  /** Tells the user that something is wrong. */
  warn(error: UserError): void;
  /** Calls back after so many milliseconds, unless what it returns was called before. */
  later(milliseconds: number, callback: () => void): () => void;
}

/** A request that waits for its final response. */
interface Pending {
  request: WorkerRequest;
  /** Whether findings have come, so that another worker cannot begin anew. */
  hasBegun: boolean;
  take(response: WorkerResponse): void;
  reject(error: Error): void;
}

/**
 * Speaks the protocol with the scan worker. The worker is started at the first request and kept: ONNX Runtime does not
 * bear being loaded again and again. When it ends unasked, the requests in progress fail and the next one starts another.
 * When it does not answer that it has cancelled, another takes its place and the requests that wait; it is not terminated,
 * for a busy worker must not be, but told to end by itself.
 */
export class WorkerClient {
  private worker: WorkerHandle | undefined;
  /** Of each worker that has not ended yet; resolves when it has. */
  private readonly ends = new Set<Promise<void>>();
  /** Cancelled requests that the current worker has not answered yet: what ends the waiting. */
  private readonly unanswered = new Map<number, () => void>();
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;

  constructor(private readonly surroundings: ClientSurroundings) {}

  /**
   * Scans a file; scans are served in the order of the calls.
   * @param isOneOfSeveral whether the configuration may exclude the file
   * @param rotatedPaths all files of the log, oldest first, if it is read with those it was rotated to
   * @returns what was found; undefined if the configuration excludes the file
   * @throws UserError if it cannot be scanned
   * @throws WorkerFault if the scan failed
   * @throws CancelledError as soon as `signal` is aborted; the worker stops on its own a moment later
   */
  scan(
    path: string,
    options: ScanOptions,
    listener: ScanListener,
    signal: AbortSignal,
    isOneOfSeveral = false,
    rotatedPaths?: readonly string[],
  ): Promise<ScannedResponse | undefined> {
    const cancel = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    return this.request<ScannedResponse | undefined>(
      (id) => ({ type: 'scan', id, path, rotatedPaths, options, isOneOfSeveral, cancel }),
      (response, done) => {
        if (response.type === 'progress') {
          listener.onProgress(response);
        } else if (response.type === 'findings') {
          listener.onFindings(response.findings);
        } else if (response.type === 'scanned') {
          done(response);
        } else if (response.type === 'excluded') {
          done(undefined);
        }
      },
      (id, abort) =>
        onAborted(signal, cancel, () => {
          this.expectAnswer(id);
          abort();
        }),
    );
  }

  /**
   * Scans a file and goes on as it grows; resolves when the file is gone.
   * @throws UserError if it cannot be followed, or not any more
   * @throws WorkerFault if following it failed
   * @throws CancelledError as soon as `signal` is aborted
   */
  follow(path: string, options: ScanOptions, listener: FollowListener, signal: AbortSignal): Promise<void> {
    const cancel = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    return this.request<undefined>(
      (id) => ({ type: 'follow', id, path, options, cancel }),
      (response, done) => {
        if (response.type === 'progress') {
          listener.onProgress(response);
        } else if (response.type === 'findings') {
          listener.onFindings(response.findings);
        } else if (response.type === 'updated') {
          listener.onUpdated(response);
        } else if (response.type === 'gone') {
          done(undefined);
        }
      },
      (id, abort) =>
        onAborted(signal, cancel, () => {
          this.worker?.postMessage({ type: 'stopFollowing', id });
          this.expectAnswer(id);
          abort();
        }),
    );
  }

  /**
   * Gives the text of some lines of a file, an empty one for a line that the file does not have.
   * @param lines physical line numbers from 1, ascending
   * @param mark of the file as it was scanned
   * @throws UserError if the file cannot be read or is another one now
   */
  async lines(path: string, lines: readonly number[], maximumLength: number, mark?: FileMark): Promise<string[]> {
    return this.request(
      (id) => ({ type: 'lines', id, path, lines: [...lines], maximumLength, mark }),
      (response, done) => response.type === 'lines' && done(response.texts),
    );
  }

  /**
   * As {@link lines}, and finds out where the message of each begins and when it was written.
   * @throws UserError if the file cannot be read or is another one now
   */
  async headedLines(
    path: string,
    lines: readonly number[],
    maximumLength: number,
    mark?: FileMark,
  ): Promise<HeadedLines> {
    return this.request(
      (id) => ({ type: 'lines', id, path, lines: [...lines], maximumLength, mark, withHeaders: true }),
      (response, done) => {
        if (response.type === 'lines') {
          const { texts, messageStarts = new Uint32Array(texts.length), times } = response;
          done({ texts, messageStarts, times: times ?? new Float64Array(texts.length).fill(NaN) });
        }
      },
    );
  }

  /**
   * Gives the decompressed text of a file.
   * @throws UserError if the file cannot be read
   */
  async text(path: string, maximumBytes: number): Promise<Pick<TextResponse, 'bytes' | 'truncated'>> {
    return this.request(
      (id) => ({ type: 'text', id, path, maximumBytes }),
      (response, done) => response.type === 'text' && done(response),
    );
  }

  /**
   * Gives the logs in a zip archive, as paths by which they are scanned.
   * @throws UserError if the archive cannot be read
   */
  async archive(path: string): Promise<string[]> {
    return this.request(
      (id) => ({ type: 'archive', id, path }),
      (response, done) => response.type === 'archive' && done(response.logs),
    );
  }

  /**
   * Ends the worker in the way that ONNX Runtime bears: it stops by itself between two steps. Resolves when it has ended.
   * What is in progress is cancelled.
   */
  async stop(): Promise<void> {
    const worker = this.worker;
    this.worker = undefined;
    this.expectNothing();
    this.rejectAll(new CancelledError());
    worker?.postMessage({ type: 'shutdown' });
    await Promise.all(this.ends);
  }

  private request<T>(
    compose: (id: number) => WorkerRequest,
    take: (response: WorkerResponse, done: (value: T) => void) => void,
    onStarted: (id: number, abort: () => void) => void = () => {},
  ): Promise<T> {
    const id = ++this.lastId;
    return new Promise<T>((resolve, reject) => {
      const request = compose(id);
      this.pending.set(id, {
        request,
        hasBegun: false,
        take: (response) => take(response, (value) => this.settle(id, () => resolve(value))),
        reject,
      });
      this.start().postMessage(request);
      onStarted(id, () => this.settle(id, () => reject(new CancelledError())));
    });
  }

  private settle(id: number, finish: () => void): void {
    if (this.pending.delete(id)) {
      finish();
    }
  }

  /** Has the worker replaced if it does not answer a request that was cancelled, if it is not answered already. */
  private expectAnswer(id: number): void {
    const { worker } = this;
    if (worker !== undefined && this.pending.has(id)) {
      this.unanswered.set(
        id,
        this.surroundings.later(ANSWER_LIMIT, () => this.replace(worker)),
      );
    }
  }

  private expectNothing(): void {
    this.unanswered.forEach((stop) => stop());
    this.unanswered.clear();
  }

  /** Gives a worker that does not answer up, and what waits for it to another one. */
  private replace(worker: WorkerHandle): void {
    this.expectNothing();
    this.worker = undefined;
    worker.postMessage({ type: 'shutdown' });
    const stalled = new UserError('worker-stalled');
    this.surroundings.warn(stalled);
    for (const [id, { request, hasBegun, reject }] of [...this.pending]) {
      if (hasBegun) {
        this.settle(id, () => reject(stalled));
      } else {
        this.start().postMessage(request);
      }
    }
  }

  private start(): WorkerHandle {
    if (this.worker !== undefined) {
      return this.worker;
    }
    const worker = this.surroundings.startWorker();
    this.worker = worker;
    worker.on('message', (response) => this.receive(worker, response));
    worker.on('error', (error) => {
      this.surroundings.logDetails(error.stack ?? error.message);
      this.abandon(worker, new UserError('worker-stopped', { why: error.message }));
    });
    const ended = new Promise<void>((resolve) => {
      worker.on('exit', (code) => {
        this.abandon(worker, new UserError('worker-ended', { code }));
        this.ends.delete(ended);
        resolve();
      });
    });
    this.ends.add(ended);
    return worker;
  }

  private receive(worker: WorkerHandle, response: WorkerResponse): void {
    if (response.type === 'unusable') {
      if (response.details !== undefined) {
        this.surroundings.logDetails(response.details);
      }
      this.abandon(worker, UserError.of(response.reason));
      return;
    }
    if (response.type === 'findings') {
      // In a turn of its own, so that the thread's other work comes between two batches. Also for a cancelled scan: its
      // worker waits.
      setImmediate(() => worker.postMessage({ type: 'acknowledge', id: response.id }));
    }
    if (worker !== this.worker) {
      return;
    }
    const { id } = response;
    if (response.type !== 'progress' && response.type !== 'findings' && response.type !== 'updated') {
      this.unanswered.get(id)?.();
      this.unanswered.delete(id);
    }
    if (response.type === 'failed') {
      if (response.details !== undefined) {
        this.surroundings.logDetails(response.details);
      }
      this.settleFault(id, new WorkerFault(response.message));
    } else if (response.type === 'refused') {
      this.settleFault(id, UserError.of(response.reason));
    } else if (response.type === 'cancelled') {
      this.settleFault(id, new CancelledError());
    } else {
      const pending = this.pending.get(id);
      if (pending !== undefined) {
        pending.hasBegun ||= response.type !== 'progress';
        pending.take(response);
      }
    }
  }

  private settleFault(id: number, error: Error): void {
    const pending = this.pending.get(id);
    this.settle(id, () => pending?.reject(error));
  }

  /** Gives up a worker that ended or is about to: only if it is the current one, there are requests to fail. */
  private abandon(worker: WorkerHandle, error: UserError): void {
    if (this.worker === worker) {
      this.worker = undefined;
      this.expectNothing();
      this.rejectAll(error);
    }
  }

  private rejectAll(error: Error): void {
    for (const [id, { reject }] of [...this.pending]) {
      this.settle(id, () => reject(error));
    }
  }
}

/** Raises the flag of a request, and then does more, when the signal is aborted or if it is already. */
function onAborted(signal: AbortSignal, cancel: SharedArrayBuffer, more: () => void): void {
  const onAbort = () => {
    Atomics.store(new Int32Array(cancel), 0, 1);
    more();
  };
  if (signal.aborted) {
    onAbort();
  }
  signal.addEventListener('abort', onAbort, { once: true });
}
