import { refuseIfCancelled } from '../../core/cancellation';
import type { Detector } from '../../core/detectors/detector';
import { KnownGoodDetector } from '../../core/detectors/knownGood/knownGoodDetector';
import type { RecordSettings } from '../../core/detectors/scoredRecords';
import { UnsupervisedDetector } from '../../core/detectors/unsupervised/unsupervisedDetector';
import type { LineWatch } from '../../core/patterns/lineWatch';
import type { RecordLog } from '../../core/scan/recordLog';
import { UnsupervisedLogScan, type EndedLog } from '../../core/scan/unsupervisedLogScan';
import type { LogProbe } from '../../core/scan/logProbe';
import { pushSteps } from '../../core/patterns/steps';
import type { Verdict } from '../../core/verdict/verdict';
import { GoodLogs, type OpenGoodLog } from './goodLogs';
import { inTurns } from '../files/inTurns';
import { UNSUPERVISED_PARTS } from '../models/unsupervisedParts';
import { describeLog, unsupervisedReading, sampleNotes } from './unsupervisedReading';
import type { LogSource } from '../files/logSource';
import type { MinedReading } from '../tables/minedRecordsWriter';
import { EMPTY_LOG, whyUnsupervised } from './judgeNotes';
import type { ReadingHooks } from './readLog';
import type { ScanSettings } from '../settings/scanSettings';
import { thresholdInForce } from '../settings/thresholdInForce';
import { timeGate, timeNotes } from '../settings/timeLimits';

/** Score from which a block is anomalous if nothing else is asked for: the cut of its kind of log. */
export const UNSUPERVISED_THRESHOLD = 0.5;

type JudgingHooks = ReadingHooks & { onJudging?: (done: number, total: number) => void };

/** A log that was judged without labels. */
export interface UnsupervisedScan {
  verdict: Verdict;
  /** How the log was read. */
  reading: MinedReading;
}

/**
 * Judges a log of any kind without labels: by what its records say and by how its events follow each other, learned from
 * the log itself.
 * @param probe of the log's beginning
 * @param settings what is given in place of what would be found
 * @param openGoodLog opens the logs that it is judged against
 * @throws NotTextError if the log is no text
 * @throws UserError if it cannot be read, a setting cannot be used, or the log does not have what it asks for
 * @throws CancelledError if the hooks say so
 */
export async function scanUnsupervised(
  source: LogSource,
  probe: LogProbe,
  settings: ScanSettings,
  openGoodLog: OpenGoodLog,
  hooks: JudgingHooks,
): Promise<UnsupervisedScan> {
  const good = settings.baseline?.length
    ? await GoodLogs.open(settings.baseline, source, openGoodLog, hooks)
    : undefined;
  try {
    return await scanBeside(good, source, probe, settings, hooks);
  } finally {
    await good?.close();
  }
}

async function scanBeside(
  goodLogs: GoodLogs | undefined,
  source: LogSource,
  probe: LogProbe,
  settings: ScanSettings,
  hooks: JudgingHooks,
): Promise<UnsupervisedScan> {
  const gate = timeGate(settings);
  const reading = await inTurns(
    unsupervisedReading(source, probe, settings, {
      gate,
      formatBeside: (own) => goodLogs?.formatsWith(own),
      isCancelled: hooks.isCancelled,
    }),
    hooks,
  );
  const { events, key, options } = reading;
  const size = source.size + (goodLogs?.size ?? 0);
  const own = await readRecords(source, new UnsupervisedLogScan(reading), options.watch, {
    ...hooks,
    onProgress: (bytesRead) => hooks.onProgress?.(bytesRead, size),
  });
  const beside = await goodLogs?.read(reading, {
    isCancelled: hooks.isCancelled,
    onProgress: (bytesRead) => hooks.onProgress?.(source.bytesRead() + bytesRead, size),
  });
  const { log, good } = beside?.(own) ?? { log: own.log(), good: [] };
  const detectorSettings: RecordSettings = {
    threshold: thresholdInForce(settings, UNSUPERVISED_THRESHOLD),
    mayBeUnlike: key?.isFound === true,
    describe: (judged, { shortened }) => {
      const how = [...sampleNotes(shortened), ...(goodLogs?.notes(judged, good) ?? [])];
      const { notes, ...described } = describeLog(judged, reading, settings, how);
      return {
        ...described,
        notes: [
          ...(settings.notes ?? []),
          judged.lineCount === 0 ? EMPTY_LOG : whyUnsupervised(settings),
          ...notes,
          ...timeNotes(gate, settings, source, judged.records),
        ],
        baselines: goodLogs && settings.baseline,
      };
    },
  };
  const detector: Detector<RecordLog> =
    goodLogs === undefined
      ? new UnsupervisedDetector(UNSUPERVISED_PARTS, detectorSettings)
      : new KnownGoodDetector(good, UNSUPERVISED_PARTS, detectorSettings);
  const { isCancelled, onJudging: onProgress } = hooks;
  const learned = await detector.learn(log, { isCancelled, onProgress });
  return { verdict: await learned.verdict({ isCancelled }), reading: { events, options, gate: timeGate(settings) } };
}

/** Reads a log to its end. */
export async function readRecords(
  source: LogSource,
  scan: UnsupervisedLogScan,
  watch: LineWatch | undefined,
  hooks: ReadingHooks,
): Promise<EndedLog> {
  for await (const chunk of source.chunks()) {
    refuseIfCancelled(hooks);
    await inTurns(pushSteps(scan, chunk, watch), hooks);
    hooks.onProgress?.(source.bytesRead(), source.size);
  }
  return scan.end();
}
