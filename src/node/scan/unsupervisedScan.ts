import { refuseIfCancelled } from '../../core/cancellation';
import type { Detector } from '../../core/detectors/detector';
import { KnownGoodDetector } from '../../core/detectors/knownGood/knownGoodDetector';
import type { RecordSettings } from '../../core/detectors/judgedRecords';
import { UnsupervisedDetector } from '../../core/detectors/unsupervised/unsupervisedDetector';
import type { LineWatch } from '../../core/patterns/lineWatch';
import type { RecordLog, UnsupervisedLogScan } from '../../core/scan/unsupervisedLogScan';
import { pushSteps } from '../../core/patterns/steps';
import type { Verdict } from '../../core/verdict/verdict';
import { GoodLogs, type OpenGoodLog } from './goodLogs';
import { inTurns } from '../files/inTurns';
import { unsupervisedParts } from '../models/unsupervisedParts';
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
 * @param beginning the log's first bytes
 * @param modelsFolder where the bundled models are, among them the text CNN `lexical`
 * @param settings what is given in place of what would be found
 * @param openGoodLog opens the logs that it is judged against
 * @throws NotTextError if the log is no text
 * @throws UserError if it cannot be read, a setting cannot be used, or the log does not have what it asks for
 * @throws CancelledError if the hooks say so
 */
export async function scanUnsupervised(
  source: LogSource,
  beginning: Uint8Array,
  modelsFolder: string,
  settings: ScanSettings,
  openGoodLog: OpenGoodLog,
  hooks: JudgingHooks,
): Promise<UnsupervisedScan> {
  const good = settings.baseline?.length
    ? await GoodLogs.open(settings.baseline, source, openGoodLog, hooks)
    : undefined;
  try {
    return await scanBeside(good, source, beginning, modelsFolder, settings, hooks);
  } finally {
    await good?.close();
  }
}

async function scanBeside(
  goodLogs: GoodLogs | undefined,
  source: LogSource,
  beginning: Uint8Array,
  modelsFolder: string,
  settings: ScanSettings,
  hooks: JudgingHooks,
): Promise<UnsupervisedScan> {
  const gate = timeGate(settings);
  const reading = await inTurns(
    unsupervisedReading(source, beginning, settings, {
      gate,
      formatBeside: (own) => goodLogs?.formatsWith(own),
      isCancelled: hooks.isCancelled,
    }),
    hooks,
  );
  const { events, key, options, scan } = reading;
  const size = source.size + (goodLogs?.size ?? 0);
  await readRecords(source, scan, options.watch, {
    ...hooks,
    onProgress: (bytesRead) => hooks.onProgress?.(bytesRead, size),
  });
  await goodLogs?.read(events, key?.finder, options.format, options.watch, {
    isCancelled: hooks.isCancelled,
    onProgress: (bytesRead) => hooks.onProgress?.(source.bytesRead() + bytesRead, size),
  });
  const { log, good } = goodLogs?.finishWith(scan) ?? { log: scan.finish(), good: [] };
  const parts = unsupervisedParts(modelsFolder);
  try {
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
        ? new UnsupervisedDetector(parts, detectorSettings)
        : new KnownGoodDetector(good, parts, detectorSettings);
    const { isCancelled, onJudging: onProgress } = hooks;
    const learned = await detector.learn(log, { isCancelled, onProgress });
    return { verdict: await learned.verdict({ isCancelled }), reading: { events, options, gate: timeGate(settings) } };
  } finally {
    await parts.release();
  }
}

async function readRecords(
  source: LogSource,
  scan: UnsupervisedLogScan,
  watch: LineWatch | undefined,
  hooks: ReadingHooks,
): Promise<void> {
  for await (const chunk of source.chunks()) {
    refuseIfCancelled(hooks);
    await inTurns(pushSteps(scan, chunk, watch), hooks);
    hooks.onProgress?.(source.bytesRead(), source.size);
  }
  scan.end();
}
