import { refuseIfCancelled } from '../../core/cancellation';
import { judgeAgainstGood } from '../../core/detect/knownGood/judgeAgainstGood';
import type { EventLog } from '../../core/events/eventLog';
import {
  cancellable,
  judgeUnsupervised,
  type UnsupervisedJudgement,
} from '../../core/detect/unsupervised/unsupervised';
import { areSessionsAlike } from '../../core/detect/unsupervised/sessionRegularity';
import type { ScanSummary } from '../../core/findings/finding';
import { UnsupervisedFindings } from '../../core/findings/unsupervisedFindings';
import type { LineWatch } from '../../core/patterns/lineWatch';
import { pushSteps } from '../../core/patterns/steps';
import type { UnsupervisedLogScan } from '../../core/scan/unsupervisedLogScan';
import { sessionsAsStream } from '../../core/scan/sessionsAsStream';
import { GoodLogs, type OpenGoodLog } from './goodLogs';
import { inTurns } from '../files/inTurns';
import { unsupervisedParts } from '../models/unsupervisedParts';
import { describeLog, unsupervisedReading, sampleNotes } from './unsupervisedReading';
import type { LogSource } from '../files/logSource';
import type { MinedReading } from '../tables/minedRecordsWriter';
import type { ReadingHooks } from './readLog';
import type { ScanSettings } from '../settings/scanSettings';
import { thresholdInForce } from '../settings/thresholdInForce';
import { timeGate, timeNotes } from '../settings/timeLimits';

/** Score from which a block is anomalous if nothing else is asked for: the cut of its kind of log. */
export const LABEL_FREE_THRESHOLD = 0.5;

type JudgingHooks = ReadingHooks & { onJudging?: (done: number, total: number) => void };

/** A log that was judged without labels. */
export interface UnsupervisedVerdict {
  summary: ScanSummary;
  findings: UnsupervisedFindings;
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
): Promise<UnsupervisedVerdict> {
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
): Promise<UnsupervisedVerdict> {
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
  const { log: read, good } = goodLogs?.finishWith(scan) ?? { log: scan.finish(), good: [] };
  hooks.onJudging?.(0, 1);
  const opened = unsupervisedParts(modelsFolder);
  const parts = cancellable(opened, () => hooks.isCancelled?.() === true);
  try {
    const judge = (own: EventLog, goodOnes: readonly EventLog[]): Promise<UnsupervisedJudgement> =>
      goodLogs === undefined ? judgeUnsupervised(own, parts) : judgeAgainstGood(own, goodOnes, parts);
    let log = read;
    let judgement = await judge(
      log.eventLog,
      good.map((each) => each.eventLog),
    );
    // Against good logs these tell whether order and counts mean something.
    const isAlike = goodLogs === undefined ? areSessionsAlike(judgement) : judgement.usesSequence;
    if (key?.isFound === true && !isAlike) {
      log = sessionsAsStream(log);
      judgement = await judge(
        log.eventLog,
        good.map((each) => sessionsAsStream(each).eventLog),
      );
    }
    const { eventLog, outside } = log;
    const goodOutside = good.flatMap((each) => (each.outside === undefined ? [] : [each.outside.eventLog]));
    const judgedOutside = outside && { log: outside, judgement: await judge(outside.eventLog, goodOutside) };
    refuseIfCancelled(hooks);
    hooks.onJudging?.(1, 1);
    const threshold = thresholdInForce(settings, LABEL_FREE_THRESHOLD);
    const findings = new UnsupervisedFindings(log, judgement, threshold, judgedOutside);
    const shortened = [judgement, judgedOutside?.judgement].reduce(
      (sum, each) => sum + (each?.surprisal?.shortened ?? 0),
      0,
    );
    const judged = [...sampleNotes(shortened), ...(goodLogs?.notes(log, good) ?? [])];
    const { notes, ...described } = describeLog(log, reading, settings, judged);
    const summary: ScanSummary = {
      ...described,
      threshold,
      lines: log.lineCount,
      // A stretch that is a finding by itself is a block, however many of them lie in one window.
      blocks: Math.max(eventLog.blockCount + (outside?.eventLog.blockCount ?? 0), findings.anomalous),
      anomalous: findings.anomalous,
      unknownRecords: 0,
      clippedLines: log.clippedLines,
      notes: [...notes, ...timeNotes(gate, settings, source, log.records)],
    };
    if (goodLogs !== undefined) {
      summary.baselines = settings.baseline;
    }
    return { summary, findings, reading: { events, options, gate: timeGate(settings) } };
  } finally {
    await opened.release();
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
