import type { Finding } from '../core/findings/finding';
import { CancelledError, refuseIfCancelled } from '../core/cancellation';
import { UserError } from '../core/errors/userError';
import { lessLikely } from '../core/verdict/mostSuspicious';
import { isRuntimeFault } from '../node/models/onnxRuntime';
import { findingsChange } from './findingsChange';
import { indexFindings } from './findingsIndex';
import type { LogTextReader } from './logText';
import { shownFinding, shownSummary } from './shownText';
import type { ScanCallbacks, ScanEngine, WithTexts } from './scanEngine';
import type {
  FollowRequest,
  LinesRequest,
  LinesResponse,
  ScanPhase,
  ScanRequest,
  UpdatedResponse,
  WorkerRequest,
  WorkerResponse,
} from './protocol';

/** Findings in one message: few enough to be unpacked within a few milliseconds. */
const BATCH_SIZE = 500;
/** Blocks below the threshold that are sent, the most suspicious ones. */
const LESS_LIKELY = 30;
/** Findings of a log that get their texts at most, the first ones: each is read from the file once more. */
const TEXTS = 1000;
/** Least time between two progress messages of a phase, in milliseconds. */
const PROGRESS_INTERVAL = 100;

/** The part of a `MessagePort` that the server uses. */
export interface ServerPort {
  postMessage(message: WorkerResponse, transfer: ArrayBuffer[]): void;
  on(event: 'message', listener: (message: WorkerRequest) => void): unknown;
  /** Closes the port; with nothing left to do, the worker then ends by itself. */
  close(): void;
}

/** Serves the protocol of protocol.ts on a port. */
export class WorkerServer {
  private engine: Promise<ScanEngine> | undefined;
  /** Scans in the order of arrival; the first one is running. */
  private readonly scans: ScanRequest[] = [];
  /** Resolves once the requests in progress are answered. */
  private work: Promise<void> = Promise.resolve();
  /** Files that are followed, and when that has ended. */
  private readonly follows = new Map<FollowRequest, Promise<void>>();
  /** Ends the pauses of what is followed. */
  private readonly alarms = new Map<number, () => void>();
  private readonly acknowledgements = new Map<number, () => void>();
  private closing = false;

  /**
   * @param loadEngine called at the first scan; that ONNX Runtime cannot be loaded, then or later, makes the worker unusable, and it ends
   * @param now milliseconds of a steady clock
   */
  constructor(
    private readonly port: ServerPort,
    private readonly loadEngine: () => Promise<ScanEngine>,
    private readonly reader: Pick<LogTextReader, 'readLines' | 'readHeadedLines' | 'readText' | 'logsInArchive'>,
    private readonly now: () => number,
  ) {
    port.on('message', (request) => this.receive(request));
  }

  private receive(request: WorkerRequest): void {
    switch (request.type) {
      case 'scan':
        this.scans.push(request);
        this.work = this.work.then(() => this.scan(request));
        return;
      case 'follow': {
        const following = this.follow(request).finally(() => this.follows.delete(request));
        this.follows.set(request, following);
        return;
      }
      case 'stopFollowing':
        this.alarms.get(request.id)?.();
        this.acknowledgements.get(request.id)?.();
        return;
      case 'acknowledge':
        this.acknowledgements.get(request.id)?.();
        return;
      case 'lines':
        void this.answer(request.id, () => this.linesOf(request));
        return;
      case 'text':
        void this.answer(request.id, async () => ({
          type: 'text',
          id: request.id,
          ...(await this.reader.readText(request.path, request.maximumBytes)),
        }));
        return;
      case 'archive':
        void this.answer(request.id, async () => ({
          type: 'archive',
          id: request.id,
          logs: await this.reader.logsInArchive(request.path),
        }));
        return;
      case 'shutdown':
        this.close();
    }
  }

  private async linesOf({ id, path, lines, maximumLength, mark, withHeaders }: LinesRequest): Promise<LinesResponse> {
    return withHeaders === true
      ? { type: 'lines', id, ...(await this.reader.readHeadedLines(path, lines, maximumLength, mark)) }
      : { type: 'lines', id, texts: await this.reader.readLines(path, lines, maximumLength, mark) };
  }

  /** Lets what is running stop at its next look at its flag, gives the engine back and closes the port. */
  private close(): void {
    if (this.closing) {
      return;
    }
    this.closing = true;
    for (const request of [...this.scans, ...this.follows.keys()]) {
      Atomics.store(new Int32Array(request.cancel), 0, 1);
      this.alarms.get(request.id)?.();
      this.acknowledgements.get(request.id)?.();
    }
    void Promise.all([this.work, ...this.follows.values()]).then(async () => {
      // Of an engine that could not be loaded the request that needed it has spoken.
      const engine = await this.engine?.catch(() => undefined);
      try {
        await engine?.release();
      } finally {
        this.port.close();
      }
    });
  }

  private async scan(request: ScanRequest): Promise<void> {
    await this.answer(request.id, async () => {
      const callbacks = this.callbacksOf(request);
      if (this.engine === undefined && !request.isOneOfSeveral) {
        // Loading the engine takes as long as a short scan: the user sees before that the scan has begun, if it is one for certain.
        callbacks.onProgress('reading', 0, 1);
      }
      return this.scanWith(await this.loadedEngine(), request, callbacks);
    });
    this.scans.splice(this.scans.indexOf(request), 1);
  }

  private follow(request: FollowRequest): Promise<void> {
    const { id, path, options } = request;
    return this.answer(id, async () => {
      const callbacks = this.callbacksOf(request);
      const engine = await this.loadedEngine();
      let reported: readonly Finding[] = [];
      await engine.followFile(path, options, {
        ...callbacks,
        now: this.now,
        pause: async (milliseconds) => {
          refuseIfCancelled(callbacks);
          await this.pause(id, milliseconds);
        },
        onUpdate: async ({ verdict, maxFindings, file, withTexts }) => {
          const count = Math.min(verdict.anomalous, maxFindings);
          const findings = await verdict.findings(0, count, callbacks);
          const { fresh, order } = findingsChange(reported, findings);
          reported = findings;
          for (let start = 0; start < fresh.length; start += BATCH_SIZE) {
            await this.sendBatch(id, fresh.slice(start, start + BATCH_SIZE), start < TEXTS ? withTexts : undefined);
            refuseIfCancelled(callbacks);
          }
          const updated: UpdatedResponse = {
            type: 'updated',
            id,
            summary: shownSummary(verdict.summary),
            index: indexFindings(findings),
            order,
            file,
          };
          this.post(updated, transferablesOf(updated));
        },
      });
      return { type: 'gone', id };
    });
  }

  private async pause(id: number, milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.alarms.set(id, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    this.alarms.delete(id);
  }

  /** @throws CancelledError if the request has been cancelled already */
  private callbacksOf({ id, cancel }: ScanRequest | FollowRequest): ScanCallbacks {
    const flag = new Int32Array(cancel);
    const callbacks = { onProgress: this.progressOf(id), isCancelled: () => Atomics.load(flag, 0) !== 0 };
    refuseIfCancelled(callbacks);
    return callbacks;
  }

  private loadedEngine(): Promise<ScanEngine> {
    this.engine ??= this.loadEngine();
    return this.engine;
  }

  private async scanWith(engine: ScanEngine, request: ScanRequest, callbacks: ScanCallbacks): Promise<WorkerResponse> {
    const { id, options, path, isOneOfSeveral, rotatedPaths } = request;
    const result = await engine.scanFile(path, { ...options, isOneOfSeveral, rotatedPaths }, callbacks);
    if (result === undefined) {
      return { type: 'excluded', id };
    }
    const { verdict, mark, textBytes, parts, withTexts } = result;
    const count = Math.min(verdict.anomalous, result.maxFindings);
    const findings: Finding[] = [];
    while (findings.length < count) {
      callbacks.onProgress('explaining', findings.length, count);
      const end = Math.min(findings.length + BATCH_SIZE, count);
      const batch = await verdict.findings(findings.length, end, callbacks);
      refuseIfCancelled(callbacks);
      findings.push(...batch);
      await this.sendBatch(id, batch, findings.length <= TEXTS ? withTexts : undefined);
    }
    return {
      type: 'scanned',
      id,
      summary: shownSummary(verdict.summary),
      index: indexFindings(findings),
      suspects: inOneBuffer(await told(await lessLikely(verdict, LESS_LIKELY, callbacks), withTexts)),
      mark,
      textBytes,
      parts,
    };
  }

  /** Throttles progress: the first of a phase and its end are reported at once. */
  private progressOf(id: number): (phase: ScanPhase, done: number, total: number) => void {
    let lastPhase: ScanPhase | undefined;
    let lastTime = 0;
    return (phase, done, total) => {
      const time = this.now();
      if (phase === lastPhase && done < total && time - lastTime < PROGRESS_INTERVAL) {
        return;
      }
      lastPhase = phase;
      lastTime = time;
      this.post({ type: 'progress', id, phase, done, total });
    };
  }

  private async sendBatch(id: number, batch: Finding[], withTexts?: WithTexts): Promise<void> {
    const withText = await told(batch, withTexts);
    const acknowledged = new Promise<void>((resolve) => this.acknowledgements.set(id, resolve));
    const findings = inOneBuffer(withText);
    this.post(
      { type: 'findings', id, findings },
      findings.slice(0, 1).map(({ lines }) => lines.buffer),
    );
    await acknowledged;
    this.acknowledgements.delete(id);
  }

  /** Posts what the function gives, or the fault that it throws. */
  private async answer(id: number, respond: () => Promise<WorkerResponse>): Promise<void> {
    try {
      const response = await respond();
      this.post(response, transferablesOf(response));
    } catch (error) {
      if (error instanceof CancelledError) {
        this.post({ type: 'cancelled', id });
      } else if (isRuntimeFault(error)) {
        this.post({ type: 'unusable', reason: error.toMessage(), details: detailsOf(error) });
        this.close();
      } else if (error instanceof UserError) {
        this.post({ type: 'refused', id, reason: error.toMessage() });
      } else {
        this.post({ type: 'failed', id, message: messageOf(error), details: detailsOf(error) });
      }
    }
  }

  private post(message: WorkerResponse, transfer: ArrayBuffer[] = []): void {
    this.port.postMessage(message, transfer);
  }
}

async function told(findings: Finding[], withTexts: WithTexts | undefined): Promise<Finding[]> {
  return withTexts === undefined ? findings : withTexts(findings);
}

/**
 * The findings as they are shown, with the lines of all in one buffer, to be transferred: the originals are still needed for the index, and
 * thousands of small buffers would cost the receiver's garbage collector more time than an editor may stand still.
 */
function inOneBuffer(batch: Finding[]): (Finding & { lines: Uint32Array<ArrayBuffer> })[] {
  const all = new Uint32Array(batch.reduce((sum, { lines }) => sum + lines.length, 0));
  let end = 0;
  return batch.map((finding) => {
    all.set(finding.lines, end);
    const lines = all.subarray(end, end + finding.lines.length);
    end += lines.length;
    return { ...shownFinding(finding), lines };
  });
}

function transferablesOf(response: WorkerResponse): ArrayBuffer[] {
  switch (response.type) {
    case 'scanned':
    case 'updated':
      return Object.values(response.index).map((array: Uint32Array<ArrayBuffer>) => array.buffer);
    case 'text':
      return [response.bytes.buffer];
    default:
      return [];
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function detailsOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}
