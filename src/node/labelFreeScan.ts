import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileSessionPattern, type SessionKeyFinder } from '../core/blocks/sessionKey';
import { sessionKeyOf } from '../core/blocks/sessionSample';
import { CancelledError } from '../core/detectors/imageScorer';
import { judgeWithoutLabels, SEQUENCE_LIMIT } from '../core/detectors/labelFree/labelFree';
import type { ScanSummary } from '../core/findings/finding';
import { LabelFreeFindings } from '../core/findings/labelFreeFindings';
import { NotTextError } from '../core/input/byteDecoder';
import { RecordScan, type RecordLog } from '../core/recordScan';
import { LearningEvents } from '../core/templates/eventSource';
import type { LogSource } from './logSource';
import { openNextEventNet } from './onnxNextEventNet';
import { openTextJudge } from './onnxTextCnn';
import { notText, type ReadingHooks } from './readLog';

/** Name of the judge in summaries. */
const LABEL_FREE = 'label-free';
/** Score from which a block is anomalous if nothing else is asked for: the cut of its kind of log. */
const THRESHOLD = 0.5;
/** Everything that is drawn at random follows from it. */
const SEED = 1;

/** A log that was judged without labels. */
export interface LabelFreeVerdict {
  summary: ScanSummary;
  findings: LabelFreeFindings;
}

/**
 * Judges a log of any kind without labels: by what its records say and by how its events follow each other, learned from
 * the log itself.
 * @param beginning the log's first bytes
 * @param modelsFolder where the bundled models are, among them the text CNN `lexical`
 * @param settings a session pattern in place of the one that is found, and a threshold, 0…1
 * @throws InputError if the log cannot be read or is no text
 * @throws SessionPatternError if the pattern cannot be used
 * @throws CancelledError if the hooks say so
 */
export async function scanWithoutLabels(
  source: LogSource,
  beginning: Uint8Array,
  modelsFolder: string,
  settings: { sessionPattern?: string; threshold?: number },
  hooks: ReadingHooks & { onJudging?: (done: number, total: number) => void },
): Promise<LabelFreeVerdict> {
  const events = new LearningEvents();
  const key = findSessionKey(source, beginning, events, settings.sessionPattern);
  const log = await readRecords(source, new RecordScan(events, key?.finder, undefined), hooks);
  hooks.onJudging?.(0, 1);
  const { eventLog } = log;
  const textJudge =
    eventLog.kind === 'console'
      ? await openTextJudge(await readFile(join(modelsFolder, 'lexical', 'model.onnx')))
      : undefined;
  try {
    const judgement = await judgeWithoutLabels(eventLog, {
      openNextEventNet: async (vocabulary) => {
        const net = await openNextEventNet(vocabulary);
        return { ...net, step: (...args) => (refuseIfCancelled(hooks), net.step(...args)) };
      },
      textJudge,
      seed: SEED,
    });
    refuseIfCancelled(hooks);
    hooks.onJudging?.(1, 1);
    const threshold = settings.threshold ?? THRESHOLD;
    const findings = new LabelFreeFindings(log, judgement, threshold);
    return { summary: summaryOf(log, key, findings, threshold), findings };
  } finally {
    await textJudge?.release();
  }
}

interface FoundKey {
  finder: SessionKeyFinder;
  /** One sentence for the report. */
  description: string;
}

function findSessionKey(
  source: LogSource,
  beginning: Uint8Array,
  events: LearningEvents,
  pattern: string | undefined,
): FoundKey | undefined {
  if (pattern !== undefined) {
    return { finder: compileSessionPattern(pattern), description: `sessions by the given pattern ${pattern}` };
  }
  try {
    const found = sessionKeyOf(beginning, events, undefined);
    return found && { finder: compileSessionPattern(found.pattern), description: found.reason };
  } catch (error) {
    throw error instanceof NotTextError ? notText(source) : error;
  }
}

async function readRecords(source: LogSource, scan: RecordScan, hooks: ReadingHooks): Promise<RecordLog> {
  try {
    for await (const chunk of source.chunks()) {
      refuseIfCancelled(hooks);
      scan.push(chunk);
      hooks.onProgress?.(source.bytesRead(), source.size);
    }
    return scan.finish();
  } catch (error) {
    throw error instanceof NotTextError ? notText(source) : error;
  }
}

function refuseIfCancelled(hooks: ReadingHooks): void {
  if (hooks.isCancelled?.()) {
    throw new CancelledError();
  }
}

function summaryOf(
  log: RecordLog,
  key: FoundKey | undefined,
  findings: LabelFreeFindings,
  threshold: number,
): ScanSummary {
  const formats = log.formats.map(({ title }) => title).join(', ');
  const notes = [
    `format: ${formats === '' ? 'unknown; records by rules' : formats}`,
    `blocks: ${key?.description ?? 'no session key found: windows of the log'}`,
  ];
  if (log.eventLog.events.length > SEQUENCE_LIMIT) {
    notes.push(`more than ${SEQUENCE_LIMIT} records: judged by their words alone, not by their order`);
  }
  return {
    model: LABEL_FREE,
    threshold,
    lines: log.lineCount,
    blocks: log.eventLog.blockCount,
    anomalous: findings.anomalous,
    unknownRecords: 0,
    clippedLines: log.clippedLines,
    notes,
  };
}
