import type { Hooks } from '../core/cancellation';
import { SessionPatternError } from '../core/blocks/sessionKey';
import type { Finding, ScanSummary } from '../core/findings/finding';
import type { JudgedLog } from '../core/findings/findings';
import { SuppressionError } from '../core/findings/suppression';
import { UnknownFormatError } from '../core/formats/chosenFormat';
import { ExpressionHeaderError } from '../core/formats/expressionHeader';
import { HeaderFormatError } from '../core/formats/headerFormat';
import { TimeLayoutError } from '../core/formats/timeLayout';
import { TimeRangeError } from '../core/formats/timeRange';
import { MaskError } from '../core/templates/maskedEvents';
import { frozenReading } from '../core/model/frozenReading';
import { limitedLinesNotes } from '../core/patterns/limitedLinesNotes';
import { LineWatch } from '../core/patterns/lineWatch';
import type { Profile } from '../core/model/profile';
import { InputError } from './inputError';
import { scanWithoutLabels } from './labelFreeScan';
import { loadModel, type LoadedModel } from './loadedModel';
import type { OpenGoodLog } from './goodLogs';
import { openLog, type LogSource } from './logSource';
import type { MinedReading } from './minedRecordsWriter';
import { bundleVersion } from './modelBundle';
import { modelFor, peek, requireAnyFit } from './modelChoice';
import { readInParallel } from './parallelScan';
import { readLog, type ReadingHooks } from './readLog';
import { sessionLimitNotes } from './scanLimits';
import { suppressFindings } from './suppressFindings';
import { thresholdInForce } from './thresholdInForce';
import { timeGate, timeNotes, type TimeLimits } from './timeLimits';

/** What may be asked of a scan; what is left out comes from the model. */
export interface ScanSettings extends TimeLimits {
  /** A model bundle; the bundled model that fits if left out. */
  modelPath?: string;
  /** Regular expression for session keys. */
  sessionPattern?: string;
  /** Score from which a block is anomalous, 0…1. */
  threshold?: number;
  /** The same where it is below the usual one, which it cannot raise; without effect beside `threshold`. */
  lowerThreshold?: number;
  /** Judge without any model of labelled logs, even if one fits. */
  unsupervised?: boolean;
  /** Paths of logs that are believed good, which the log is judged against, and by no model. */
  baselines?: readonly string[];
  /** How the records begin, see chosenFormat; no bundled model is then looked for, since a model reads its own header. */
  logFormat?: string;
  /** Regular expressions for what is variable in messages, where a log is judged without labels. */
  masks?: readonly string[];
  /** Templates and fingerprints of findings that are not to be told, see Suppression. */
  suppress?: readonly string[];
  /** Where `suppress` comes from, for the notes. */
  suppressedBy?: string;
  /** Threads that read a large log; as many as there are cores, at most four, if left out. */
  threads?: number;
  /** Where the settings come from, for the summary's notes. */
  notes?: readonly string[];
}

/** How a scan speaks with its caller. */
export interface ScanHooks extends Pick<ReadingHooks, 'isCancelled' | 'onRecord' | 'afterChunk'> {
  /** Called often: bytes read of the log's size while reading, then work done while judging. */
  onProgress?: (phase: 'reading' | 'judging', done: number, total: number) => void;
  /** Called once, when it is clear which model reads the log; not where the log is judged without labels. */
  onModel?: (profile: Profile) => void | Promise<void>;
}

/** A scanned log with all its scores; findings are made of it as they are wanted. */
export interface LogVerdict {
  summary: ScanSummary;
  /** How many findings there are with the blocks that are not anomalous. */
  total: () => number;
  /**
   * The findings of the ranks `start…end`, highest score first; those that are anomalous come first.
   * @throws CancelledError if the hooks say so
   */
  findings: (start: number, end: number, hooks?: Hooks) => Promise<Finding[]>;
  /** The model that judged, and its scores; undefined where the log was judged without labels. */
  byModel?: { profile: Profile; judged: JudgedLog };
  /** How the log was read; undefined where a model read it. */
  minedReading?: MinedReading;
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
   * @throws InputError if the log, the model or a setting cannot be used
   * @throws OnnxRuntimeError if ONNX Runtime cannot be loaded
   * @throws CancelledError if the hooks say so
   */
  async scan(input: LogSource, settings: ScanSettings, hooks: ScanHooks = {}): Promise<LogVerdict> {
    try {
      refuseContradictions(settings);
      hooks.onProgress?.('reading', 0, input.size);
      const { beginning, source } = await peek(input);
      return await withInputErrors(async () => {
        const verdict = await this.scanPeeked(source, beginning, settings, hooks);
        verdict.summary.notes.unshift(...(settings.notes ?? []));
        verdict.summary.notes.push(...(await source.changes()));
        return (settings.suppress?.length ?? 0) === 0
          ? verdict
          : suppressFindings(verdict, settings, hooks.isCancelled);
      });
    } finally {
      await input.close();
    }
  }

  private async scanPeeked(
    source: LogSource,
    beginning: Uint8Array,
    settings: ScanSettings,
    hooks: ScanHooks,
  ): Promise<LogVerdict> {
    const path = await modelFor(source, beginning, settings, this.modelsFolder);
    if (path === undefined) {
      return this.scanUnlabelled(source, beginning, settings, hooks);
    }
    const { profile, judge } = await this.model(path);
    if (settings.modelPath !== undefined) {
      requireAnyFit(profile, source, beginning);
    }
    await hooks.onModel?.(profile);
    const sessionPattern = settings.sessionPattern ?? profile.sessionKey;
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
        ? await readInParallel({ source, beginning, profile, sessionPattern, helperPath, threads }, readingHooks)
        : undefined;
    const reading = frozenReading(profile, sessionPattern, new LineWatch(hooks));
    const log = inParallel ?? (await readLog(source, reading, readingHooks, gate));
    const notes = timeNotes(gate, settings, source, log.records);
    const threshold = thresholdInForce(settings, profile.threshold);
    const judged = await judge.judge(log, threshold, {
      isCancelled: hooks.isCancelled,
      onProgress: (done, total) => hooks.onProgress?.('judging', done, total),
    });
    return {
      byModel: { profile, judged },
      total: () => log.blockCount,
      findings: (start, end, { isCancelled } = {}) => judge.findings(judged, start, end, { isCancelled }),
      summary: {
        model: profile.name,
        threshold,
        lines: log.lines,
        blocks: log.blockCount,
        anomalous: judged.anomalous,
        unknownRecords: log.unknownRecords,
        clippedLines: log.clippedLines,
        format: profile.format.header,
        notes: [
          ...(log.lines === 0 ? [EMPTY_LOG] : modelNotes(profile, sessionPattern, settings)),
          ...sessionLimitNotes(log.refusedKeys, 'were left out'),
          ...limitedLinesNotes(log.limitedLines),
          ...notes,
        ],
      },
    };
  }

  private async scanUnlabelled(
    source: LogSource,
    beginning: Uint8Array,
    settings: ScanSettings,
    { isCancelled, onProgress }: ScanHooks,
  ): Promise<LogVerdict> {
    const { summary, findings, reading } = await scanWithoutLabels(
      source,
      beginning,
      this.modelsFolder,
      settings,
      this.openGoodLog,
      {
        isCancelled,
        onProgress: (bytesRead, size) => onProgress?.('reading', bytesRead, size),
        onJudging: (done, total) => onProgress?.('judging', done, total),
      },
    );
    summary.notes.unshift(summary.lines === 0 ? EMPTY_LOG : whyWithoutLabels(settings));
    return {
      summary,
      total: () => findings.total,
      findings: async (start, end) => findings.findings(start, end),
      minedReading: reading,
    };
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

/** What a report says where there is nothing to judge. */
const EMPTY_LOG = 'the log is empty: nothing was judged';

/** What a report says about a model that judges, and how it reads the log. */
export function modelNotes(profile: Profile, sessionPattern: string, { modelPath, masks }: ScanSettings): string[] {
  return [
    `judged by: the model ${profile.name}, ${modelPath === undefined ? 'which explains this log' : 'as asked for'}`,
    `format: ${profile.format.header}, as the model reads it`,
    `blocks: sessions by ${sessionPattern}`,
    ...(masks?.length ? ['masks: not used, the model has its own templates'] : []),
  ];
}

/** What a report says where no model judges, and why. */
export function whyWithoutLabels({ baselines, logFormat, unsupervised }: ScanSettings): string {
  if (baselines?.length) {
    return 'judged by: comparison with good logs, without labels';
  }
  const why = unsupervised
    ? 'as asked for'
    : logFormat === undefined
      ? 'no bundled model explains this log'
      : 'since a log format was given';
  return `judged by: the log itself, without labels (${why})`;
}

async function close(model: Promise<LoadedModel> | undefined): Promise<void> {
  const loaded = await model?.catch(() => undefined);
  await loaded?.classifier.release();
}

/** @throws InputError if settings are out of range or contradict each other */
export function refuseContradictions(settings: ScanSettings): void {
  if (settings.threshold !== undefined && !(settings.threshold >= 0 && settings.threshold <= 1)) {
    throw new InputError(`The threshold ${settings.threshold} is out of range; give a number from 0 to 1.`);
  }
  if (settings.modelPath !== undefined && settings.logFormat !== undefined) {
    throw new InputError(
      'A log format and a model contradict each other, for a model reads its own; give one of them.',
    );
  }
  if (settings.modelPath !== undefined && settings.baselines?.length) {
    throw new InputError(
      'Good logs and a model contradict each other, for a model has its own idea of what is normal; give one of them.',
    );
  }
}

const SETTING_FAULTS = [
  SessionPatternError,
  HeaderFormatError,
  TimeLayoutError,
  UnknownFormatError,
  ExpressionHeaderError,
  TimeRangeError,
  SuppressionError,
  MaskError,
];

/** Turns the faults of patterns, formats and times, which come from settings or profiles, into InputErrors. */
export async function withInputErrors<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const known = SETTING_FAULTS.some((type) => error instanceof type);
    throw known && error instanceof Error ? new InputError(error.message) : error;
  }
}
