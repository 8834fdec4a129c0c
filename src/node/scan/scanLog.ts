import { ModelDetector } from '../../core/detectors/model/modelDetector';
import type { ScoredLog } from '../../core/findings/findings';
import { Suppression } from '../../core/findings/suppression';
import { frozenReading } from '../../core/scan/frozenReading';
import { sessionsSampleNotes } from '../../core/scan/sessionsSampleNotes';
import { limitedLinesNotes } from '../../core/patterns/limitedLinesNotes';
import { LineWatch } from '../../core/patterns/lineWatch';
import type { LogProbe } from '../../core/scan/logProbe';
import type { Profile } from '../../core/model/profile';
import { suppressed } from '../../core/verdict/suppressed';
import { withNotes, type Verdict } from '../../core/verdict/verdict';
import { scanUnsupervised } from './unsupervisedScan';
import { loadModel, type LoadedModel } from '../models/loadedModel';
import type { OpenGoodLog } from './goodLogs';
import { openLog, type LogSource } from '../files/logSource';
import { inEncoding } from './inEncoding';
import { bundleVersion } from '../models/modelBundle';
import type { MinedReading } from '../tables/minedRecordsWriter';
import { EMPTY_LOG, modelNotes } from './judgeNotes';
import { modelFor, peek, requireAnyFit } from './modelChoice';
import { readInParallel } from './parallelScan';
import { readLog, type ReadingHooks } from './readLog';
import { refuseContradictions, type ScanSettings } from '../settings/scanSettings';
import { namingLog } from '../files/notText';
import { thresholdInForce } from '../settings/thresholdInForce';
import { timeGate, timeNotes } from '../settings/timeLimits';

/** How a scan speaks with its caller. */
export interface ScanHooks extends Pick<ReadingHooks, 'isCancelled' | 'onRecord' | 'afterChunk'> {
  /** Called often: bytes read of the log's size while reading, then work done while judging. */
  onProgress?: (phase: 'reading' | 'judging', done: number, total: number) => void;
  /** Called once, when it is clear which model reads the log; not where the log is judged without labels. */
  onModel?: (profile: Profile) => void | Promise<void>;
}

/** A scanned log: what is said of it, and how it was read, for the files that are saved beside a report. */
export interface ScanOutcome {
  verdict: Verdict;
  read: { by: 'model'; profile: Profile; scored: ScoredLog } | { by: 'mining'; reading: MinedReading };
}

/** Keeps models open between scans, and knows where the bundled ones are. */
export class LogScanner {
  private readonly models = new Map<string, { version: string; model: Promise<LoadedModel> }>();

  /**
   * @param modelsFolder where the bundled models are
   * @param helperPath program of a thread that helps with large logs, see sliceScanner.ts; none if left out
   * @param openGoodLog opens the logs that others are judged against
   */
  constructor(
    private readonly modelsFolder: string,
    private readonly helperPath?: string,
    private readonly openGoodLog: OpenGoodLog = openLog,
  ) {}

  /**
   * Scans a log: reads it, groups it into blocks and scores them, by the model that was asked for, else by the bundled
   * model that fits the log, else without labels.
   * @throws UserError if the log, the model or a setting cannot be used,
   * or if ONNX Runtime cannot be loaded
   * @throws CancelledError if the hooks say so
   */
  async scan(log: LogSource, settings: ScanSettings, hooks: ScanHooks = {}): Promise<ScanOutcome> {
    try {
      refuseContradictions(settings);
      const input = inEncoding(log, settings);
      hooks.onProgress?.('reading', 0, input.size);
      const { probe, source } = await peek(input, hooks);
      const outcome = await this.scanPeeked(source, probe, settings, hooks);
      const verdict = withNotes(outcome.verdict, await source.changes());
      const { suppress = [], suppressedBy } = settings;
      return suppress.length === 0
        ? { ...outcome, verdict }
        : { ...outcome, verdict: await suppressed(verdict, new Suppression(suppress, suppressedBy), hooks) };
    } catch (error) {
      throw namingLog(error, log);
    } finally {
      await log.close();
    }
  }

  private async scanPeeked(
    source: LogSource,
    probe: LogProbe,
    settings: ScanSettings,
    hooks: ScanHooks,
  ): Promise<ScanOutcome> {
    const path = await modelFor(source, probe, settings, this.modelsFolder, hooks);
    if (path === undefined) {
      return this.scanUnlabelled(source, probe, settings, hooks);
    }
    const { profile, scorer } = await this.model(path);
    if (settings.model !== undefined) {
      await requireAnyFit(profile, source, probe, hooks);
    }
    await hooks.onModel?.(profile);
    const sessionKey = settings.sessionKey ?? profile.sessionKey;
    const gate = timeGate(settings);
    const readingHooks = {
      isCancelled: hooks.isCancelled,
      onRecord: hooks.onRecord,
      afterChunk: hooks.afterChunk,
      onProgress: (bytesRead: number, size: number) => hooks.onProgress?.('reading', bytesRead, size),
    };
    const { helperPath } = this;
    const { threads } = settings;
    // Who wants every record, or those of a time range, wants them in their order.
    const inParallel =
      helperPath !== undefined && hooks.onRecord === undefined && gate === undefined
        ? await readInParallel({ source, text: probe.text, profile, sessionKey, helperPath, threads }, readingHooks)
        : undefined;
    const reading = {
      ...frozenReading(profile, sessionKey, new LineWatch(hooks)),
      text: probe.text,
    };
    const log = inParallel ?? (await readLog(source, reading, readingHooks, gate));
    const notes = timeNotes(gate, settings, source, log.records);
    const threshold = thresholdInForce(settings, profile.threshold);
    const detector = new ModelDetector(profile, scorer, {
      threshold,
      notes: ({ lines, sample, limitedLines }) => [
        ...(settings.notes ?? []),
        ...(lines === 0 ? [EMPTY_LOG] : modelNotes(profile, sessionKey, settings)),
        ...sessionsSampleNotes(sample),
        ...limitedLinesNotes(limitedLines),
        ...notes,
      ],
    });
    const judging = {
      isCancelled: hooks.isCancelled,
      onProgress: (done: number, total: number) => hooks.onProgress?.('judging', done, total),
    };
    const learned = await detector.learn(log);
    const scored = await learned.scores(judging);
    const verdict = await learned.verdict(judging);
    return { verdict, read: { by: 'model', profile, scored } };
  }

  private async scanUnlabelled(
    source: LogSource,
    probe: LogProbe,
    settings: ScanSettings,
    { isCancelled, onProgress }: ScanHooks,
  ): Promise<ScanOutcome> {
    const openGoodLog: OpenGoodLog = async (path) => inEncoding(await this.openGoodLog(path), settings);
    const { verdict, reading } = await scanUnsupervised(source, probe, settings, openGoodLog, {
      isCancelled,
      onProgress: (bytesRead, size) => onProgress?.('reading', bytesRead, size),
      onJudging: (done, total) => onProgress?.('judging', done, total),
    });
    return { verdict, read: { by: 'mining', reading } };
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
