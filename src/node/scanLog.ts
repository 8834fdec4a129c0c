import { SessionPatternError } from '../core/blocks/sessionKey';
import type { Finding, ScanSummary } from '../core/findings/finding';
import type { JudgedLog } from '../core/findings/findings';
import { HeaderFormatError } from '../core/formats/headerFormat';
import { TimeLayoutError } from '../core/formats/timeLayout';
import { frozenReading } from '../core/model/frozenReading';
import type { LogReading } from '../core/logScan';
import type { Profile } from '../core/model/profile';
import { InputError } from './inputError';
import { loadModel, type LoadedModel } from './loadedModel';
import type { LogSource } from './logSource';
import { bundleVersion } from './modelBundle';
import { chooseModel, peek, requireAnyFit } from './modelChoice';
import { readLog, type ReadingHooks } from './readLog';

/** What may be asked of a scan; what is left out comes from the model. */
export interface ScanSettings {
  /** A model bundle; the bundled model that fits if left out. */
  modelPath?: string;
  /** Regular expression for session keys. */
  sessionPattern?: string;
  /** Score from which a block is anomalous, 0…1. */
  threshold?: number;
}

/** How a scan speaks with its caller. */
export interface ScanHooks extends Pick<ReadingHooks, 'isCancelled' | 'onRecord' | 'afterChunk'> {
  /** Called often: bytes read of the log's size while reading, then work done while judging. */
  onProgress?: (phase: 'reading' | 'judging', done: number, total: number) => void;
  /** Called once, when it is clear which model reads the log. */
  onModel?: (profile: Profile) => void | Promise<void>;
}

/** A scanned log with all its scores; findings are made of it as they are wanted. */
export interface LogVerdict {
  model: LoadedModel;
  judged: JudgedLog;
  summary: ScanSummary;
}

/** Keeps models open between scans, and knows where the bundled ones are. */
export class LogScanner {
  private readonly models = new Map<string, { version: string; model: Promise<LoadedModel> }>();

  /** @param modelsFolder where the bundled models are */
  constructor(private readonly modelsFolder: string) {}

  /**
   * Scans a log: reads it, groups it into blocks and scores them.
   * @throws InputError if the log, the model or a setting cannot be used
   * @throws OnnxRuntimeError if ONNX Runtime cannot be loaded
   * @throws CancelledError if the hooks say so
   */
  async scan(input: LogSource, settings: ScanSettings, hooks: ScanHooks = {}): Promise<LogVerdict> {
    if (settings.threshold !== undefined && !(settings.threshold >= 0 && settings.threshold <= 1)) {
      throw new InputError(`The threshold ${settings.threshold} is out of range; give a number from 0 to 1.`);
    }
    hooks.onProgress?.('reading', 0, input.size);
    const { beginning, source, close } = await peek(input);
    try {
      return await this.scanPeeked(source, beginning, settings, hooks);
    } finally {
      await close();
    }
  }

  private async scanPeeked(
    source: LogSource,
    beginning: Uint8Array,
    settings: ScanSettings,
    hooks: ScanHooks,
  ): Promise<LogVerdict> {
    const path = settings.modelPath ?? (await chooseModel(source, beginning, this.modelsFolder));
    const model = await this.model(path);
    const { profile, judge } = model;
    if (settings.modelPath !== undefined) {
      requireAnyFit(profile, source, beginning);
    }
    await hooks.onModel?.(profile);
    const log = await readLog(source, readingOf(profile, settings), {
      isCancelled: hooks.isCancelled,
      onRecord: hooks.onRecord,
      afterChunk: hooks.afterChunk,
      onProgress: (bytesRead, size) => hooks.onProgress?.('reading', bytesRead, size),
    });
    const threshold = settings.threshold ?? profile.threshold;
    const judged = await judge.judge(log, threshold, {
      isCancelled: hooks.isCancelled,
      onProgress: (done, total) => hooks.onProgress?.('judging', done, total),
    });
    return {
      model,
      judged,
      summary: {
        model: profile.name,
        threshold,
        lines: log.lines,
        blocks: log.blockCount,
        anomalous: judged.anomalous,
        unknownRecords: log.unknownRecords,
        clippedLines: log.clippedLines,
      },
    };
  }

  /** Findings of the blocks with the ranks `start…end`, see Judge.findings. */
  findings({ model, judged }: LogVerdict, start: number, end: number, hooks: ScanHooks = {}): Promise<Finding[]> {
    return model.judge.findings(judged, start, end, { isCancelled: hooks.isCancelled });
  }

  /** Closes all models. */
  async release(): Promise<void> {
    const models = [...this.models.values()];
    this.models.clear();
    await Promise.all(models.map(({ model }) => close(model)));
  }

  /** A model is loaded anew when its files have changed, or when they could not be loaded before. */
  private async model(path: string): Promise<LoadedModel> {
    const version = await bundleVersion(path);
    const known = this.models.get(path);
    if (known?.version === version) {
      return known.model;
    }
    const model = loadModel(path);
    this.models.set(path, { version, model });
    model.catch(() => this.models.delete(path));
    await close(known?.model);
    return model;
  }
}

async function close(model: Promise<LoadedModel> | undefined): Promise<void> {
  const loaded = await model?.catch(() => undefined);
  await loaded?.classifier.release();
}

function readingOf(profile: Profile, settings: ScanSettings): LogReading {
  try {
    return frozenReading(profile, settings.sessionPattern);
  } catch (error) {
    const known = [SessionPatternError, HeaderFormatError, TimeLayoutError].some((type) => error instanceof type);
    throw known && error instanceof Error ? new InputError(error.message) : error;
  }
}
