import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileSessionPattern, type SessionKeyFinder } from '../core/blocks/sessionKey';
import { sessionKeyOf } from '../core/blocks/sessionSample';
import { CancelledError } from '../core/detectors/imageScorer';
import { judgeAgainstGood } from '../core/detectors/labelFree/judgeAgainstGood';
import type { EventLog } from '../core/detectors/labelFree/eventLog';
import {
  judgeWithoutLabels,
  type LabelFreeJudgement,
  type LabelFreeParts,
} from '../core/detectors/labelFree/labelFree';
import { areSessionsAlike } from '../core/detectors/labelFree/sessionRegularity';
import type { DetectedFormat } from '../core/formats/detection';
import type { ScanSummary } from '../core/findings/finding';
import { LabelFreeFindings } from '../core/findings/labelFreeFindings';
import { NotTextError } from '../core/input/byteDecoder';
import { WINDOW_LINES } from '../core/blocks/streamWindows';
import { RecordScan, type RecordLog } from '../core/recordScan';
import { sessionsAsStream } from '../core/sessionsAsStream';
import { LearningEvents } from '../core/templates/eventSource';
import { MaskedEvents } from '../core/templates/maskedEvents';
import { readingBasis } from './formatChoice';
import { GoodLogs } from './goodLogs';
import type { LogSource } from './logSource';
import type { MinedReading } from './minedRecordsWriter';
import { openNextEventNet } from './onnxNextEventNet';
import { openTextJudge } from './onnxTextCnn';
import { notText, type ReadingHooks } from './readLog';
import { sessionLimitNotes, templateLimitNotes } from './scanLimits';
import type { ScanSettings } from './scanLog';
import { timeGate, timeNotes } from './timeLimits';

/** Name of the judge in summaries. */
const LABEL_FREE = 'label-free';
/** Score from which a block is anomalous if nothing else is asked for: the cut of its kind of log. */
const THRESHOLD = 0.5;
/** Everything that is drawn at random follows from it. */
const SEED = 1;

type JudgingHooks = ReadingHooks & { onJudging?: (done: number, total: number) => void };

/** A log that was judged without labels. */
export interface LabelFreeVerdict {
  summary: ScanSummary;
  findings: LabelFreeFindings;
  /** How the log was read. */
  reading: MinedReading;
}

/**
 * Judges a log of any kind without labels: by what its records say and by how its events follow each other, learned from
 * the log itself.
 * @param beginning the log's first bytes
 * @param modelsFolder where the bundled models are, among them the text CNN `lexical`
 * @param settings what is given in place of what would be found
 * @throws InputError if the log cannot be read or is no text, or does not have what the settings ask for
 * @throws SessionPatternError, UnknownFormatError, HeaderFormatError, ExpressionHeaderError or TimeRangeError if a setting
 * cannot be used
 * @throws CancelledError if the hooks say so
 */
export async function scanWithoutLabels(
  source: LogSource,
  beginning: Uint8Array,
  modelsFolder: string,
  settings: ScanSettings,
  hooks: JudgingHooks,
): Promise<LabelFreeVerdict> {
  const good = settings.baselines?.length ? await GoodLogs.open(settings.baselines, source) : undefined;
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
): Promise<LabelFreeVerdict> {
  const { masks = [] } = settings;
  const events = masks.length > 0 ? new MaskedEvents(masks) : new LearningEvents();
  const gate = timeGate(settings);
  const { key, ...basis } = textOrRefuse(source, () => {
    const known = readingBasis(source, beginning, settings.logFormat);
    const format = known.format ?? goodLogs?.formatsWith(beginning);
    return { ...known, format, key: findSessionKey(beginning, events, format, settings.sessionPattern) };
  });
  const scan = new RecordScan(events, key?.finder, basis, gate);
  const size = source.size + (goodLogs?.size ?? 0);
  await readRecords(source, scan, { ...hooks, onProgress: (bytesRead) => hooks.onProgress?.(bytesRead, size) });
  await goodLogs?.read(events, key?.finder, basis.format, (bytesRead) => {
    refuseIfCancelled(hooks);
    hooks.onProgress?.(source.bytesRead() + bytesRead, size);
  });
  const { log: read, good } = goodLogs?.finishWith(scan) ?? { log: scan.finish(), good: [] };
  hooks.onJudging?.(0, 1);
  const textJudge =
    read.eventLog.kind === 'console'
      ? await openTextJudge(await readFile(join(modelsFolder, 'lexical', 'model.onnx')))
      : undefined;
  try {
    const parts: LabelFreeParts = {
      openNextEventNet: async (vocabulary) => {
        const net = await openNextEventNet(vocabulary);
        return { ...net, step: (...args) => (refuseIfCancelled(hooks), net.step(...args)) };
      },
      textJudge,
      seed: SEED,
    };
    const judge = (own: EventLog, goodOnes: readonly EventLog[]): Promise<LabelFreeJudgement> =>
      goodLogs === undefined ? judgeWithoutLabels(own, parts) : judgeAgainstGood(own, goodOnes, parts);
    let log = read;
    let judgement = await judge(
      log.eventLog,
      good.map((each) => each.eventLog),
    );
    // Against good logs these tell whether order and counts mean something.
    const isAlike = goodLogs === undefined ? areSessionsAlike(judgement) : judgement.usesSequence;
    const isUnlike = key?.isFound === true && !isAlike;
    if (isUnlike) {
      log = sessionsAsStream(log);
      judgement = await judge(
        log.eventLog,
        good.map((each) => sessionsAsStream(each).eventLog),
      );
    }
    const { outside } = log;
    const goodOutside = good.flatMap((each) => (each.outside === undefined ? [] : [each.outside.eventLog]));
    const judgedOutside = outside && { log: outside, judgement: await judge(outside.eventLog, goodOutside) };
    refuseIfCancelled(hooks);
    hooks.onJudging?.(1, 1);
    const threshold = settings.threshold ?? THRESHOLD;
    const findings = new LabelFreeFindings(log, judgement, threshold, judgedOutside);
    const summary = summaryOf(log, blocksNote(key, isUnlike), findings, threshold);
    summary.notes.push(...sampleNotes(judgement, judgedOutside?.judgement), ...(goodLogs?.notes(log, good) ?? []));
    if (goodLogs !== undefined) {
      summary.baselines = settings.baselines;
    }
    summary.notes.push(
      ...templateLimitNotes(events.miner),
      ...sessionLimitNotes(log.refusedKeys, 'count as records of no session'),
    );
    summary.notes.push(...maskNotes(masks), ...timeNotes(gate, settings, source, log.records));
    return { summary, findings, reading: { events, options: basis, gate: timeGate(settings) } };
  } finally {
    await textJudge?.release();
  }
}

interface SessionKey {
  finder: SessionKeyFinder;
  /** Whether it was found in the log, and not given. */
  isFound: boolean;
  /** For the report; one sentence if it was found. */
  description: string;
}

function findSessionKey(
  beginning: Uint8Array,
  events: LearningEvents,
  format: DetectedFormat | undefined,
  pattern: string | undefined,
): SessionKey | undefined {
  if (pattern !== undefined) {
    return {
      finder: compileSessionPattern(pattern),
      isFound: false,
      description: `sessions by the given pattern ${pattern}`,
    };
  }
  const found = sessionKeyOf(beginning, events, format);
  return found && { finder: compileSessionPattern(found.pattern), isFound: true, description: found.reason };
}

function textOrRefuse<T>(source: LogSource, look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw error instanceof NotTextError ? notText(source) : error;
  }
}

/** What a report says about the blocks of a log. */
function blocksNote(key: SessionKey | undefined, isUnlike: boolean): string {
  if (key === undefined) {
    return 'no session key found: windows of the log';
  }
  return isUnlike
    ? `windows of the log. ${key.description} But these sessions are too unlike each other to be judged as such.`
    : key.description;
}

/** What a report says about a user's masks. */
function maskNotes(masks: readonly string[]): string[] {
  return masks.length === 0 ? [] : [`masks: ${masks.join('  ')}`];
}

/** What a report says where a log was too large to look at all that came before each of its records. */
function sampleNotes(...judgements: (LabelFreeJudgement | undefined)[]): string[] {
  const shortened = judgements.reduce((sum, judgement) => sum + (judgement?.surprise?.shortened ?? 0), 0);
  return shortened === 0
    ? []
    : [`large log: ${shortened} records judged by the one before them alone instead of the ten before them`];
}

async function readRecords(source: LogSource, scan: RecordScan, hooks: ReadingHooks): Promise<void> {
  try {
    for await (const chunk of source.chunks()) {
      refuseIfCancelled(hooks);
      scan.push(chunk);
      hooks.onProgress?.(source.bytesRead(), source.size);
    }
    scan.end();
  } catch (error) {
    throw error instanceof NotTextError ? notText(source) : error;
  }
}

function refuseIfCancelled(hooks: ReadingHooks): void {
  if (hooks.isCancelled?.()) {
    throw new CancelledError();
  }
}

function summaryOf(log: RecordLog, blocks: string, findings: LabelFreeFindings, threshold: number): ScanSummary {
  const formats = log.formats.map(({ title }) => title).join(', ');
  const format = formats === '' ? 'unknown; records by rules' : formats;
  const notes = [`format: ${format}`, `blocks: ${blocks}`];
  if (log.sourceCount > 1 && log.keyOf === undefined) {
    notes.push(`sources: ${log.sourceCount} hosts, pods or containers, what each wrote taken by itself`);
  }
  if (log.outside !== undefined) {
    notes.push(
      `records of no session: ${log.outside.eventLog.events.length}, judged in windows of ${WINDOW_LINES} lines`,
    );
  }
  return {
    model: LABEL_FREE,
    threshold,
    lines: log.lineCount,
    blocks: log.eventLog.blockCount + (log.outside?.eventLog.blockCount ?? 0),
    anomalous: findings.anomalous,
    unknownRecords: 0,
    clippedLines: log.clippedLines,
    format,
    notes,
  };
}
