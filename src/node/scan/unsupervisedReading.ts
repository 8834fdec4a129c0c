import { compileSessionPattern, type SessionKeyFinder } from '../../core/blocks/sessionKey';
import { discoverSessionKey, type SampleRecord } from '../../core/blocks/keyDiscovery';
import { WINDOW_LINES } from '../../core/blocks/streamWindows';
import type { Description } from '../../core/verdict/verdict';
import type { DetectedFormat } from '../../core/formats/detection';
import type { Hooks } from '../../core/cancellation';
import type { TimeGate } from '../../core/records/timeGate';
import { FEW } from '../../core/scan/entrySample';
import { SEGMENT } from '../../core/scan/segmentSample';
import type { LogProbe } from '../../core/scan/logProbe';
import type { RecordLog, RecordReading } from '../../core/scan/recordLog';
import { limitedLinesNotes } from '../../core/patterns/limitedLinesNotes';
import { LineWatch } from '../../core/patterns/lineWatch';
import type { Steps } from '../../core/patterns/steps';
import { LearningEvents } from '../../core/templates/eventSource';
import { MaskedEvents } from '../../core/templates/maskedEvents';
import { readingBasis } from './formatChoice';
import type { LogSource } from '../files/logSource';
import { sessionLimitNotes, templateLimitNotes } from './scanLimits';
import type { ScanSettings } from '../settings/scanSettings';

/** Name of the judge in summaries. */
const LABEL_FREE = 'label-free';

interface SessionKey {
  finder: SessionKeyFinder;
  /** Whether it was found in the log, and not given. */
  isFound: boolean;
  /** For the report; one sentence if it was found. */
  description: string;
}

/** How a log is read that is judged without labels. */
export interface UnsupervisedReading extends RecordReading {
  /** None if there is none. */
  key: SessionKey | undefined;
}

/** What the reading of a log depends on beside its settings. */
export interface ReadingContext extends Pick<Hooks, 'isCancelled'> {
  /** Lets the records of a time range through; all if left out. */
  gate?: TimeGate;
  /** The formats of this log, and of others that are read beside it. */
  formatBeside?: (own: DetectedFormat) => DetectedFormat | undefined;
}

/**
 * Finds out how a log is to be read.
 * @param probe of its beginning
 * @param settings what is given in place of what would be found
 * @throws NotTextError if the log is no text
 * @throws UserError if a setting cannot be used, or the log does not have what it asks for
 * @throws CancelledError if the context says so
 */
export function* unsupervisedReading(
  source: LogSource,
  probe: LogProbe,
  { mask = [], logFormat, sessionKey }: ScanSettings,
  { gate, formatBeside, isCancelled }: ReadingContext,
): Steps<UnsupervisedReading> {
  const watch = new LineWatch({ isCancelled });
  const events = mask.length > 0 ? new MaskedEvents(mask, watch) : new LearningEvents();
  const { sample, ...known } = yield* readingBasis(source, probe, {
    logFormat,
    formatBeside,
    watch,
    events: sessionKey === undefined ? events : undefined,
  });
  const key = sessionKey === undefined ? foundKey(sample) : givenKey(sessionKey, watch);
  return { events, key, sessionKey: key?.finder, options: { ...known, watch }, gate };
}

/**
 * What a report says of a log beside its counts.
 * @param judged notes about how it was judged
 */
export function describeLog(
  log: RecordLog,
  { events, key }: UnsupervisedReading,
  { mask = [] }: ScanSettings,
  judged: readonly string[],
): Omit<Description, 'threshold' | 'baselines'> {
  const formats = log.formats.map(({ title }) => title).join(', ');
  const format = formats === '' ? 'unknown; records by rules' : formats;
  const notes = [`format: ${format}`, `blocks: ${blocksNote(log, key)}`];
  if (log.sourceCount > 1 && log.keyOf === undefined) {
    notes.push(`sources: ${log.sourceCount - 1} hosts, pods or containers, what each wrote taken by itself`);
  }
  notes.push(...leftOutNotes(log));
  if (log.outside !== undefined) {
    const { events, leftOut } = log.outside.eventLog;
    notes.push(
      `records of no session: ${leftOut?.entries ?? events.length}, judged in windows of ${WINDOW_LINES} ${log.sourceCount > 1 ? 'records of a host, pod or container' : 'lines'}`,
    );
  }
  notes.push(
    ...judged,
    ...templateLimitNotes(events.miner),
    ...sessionLimitNotes(log.refusedKeys),
    ...limitedLinesNotes(log.limitedLines),
    ...(log.isTorn === true ? ['last line: it has no end and is cut off, so it was not judged'] : []),
    ...(mask.length === 0 ? [] : [`masks: ${mask.join('  ')}`]),
  );
  return { model: LABEL_FREE, format, notes };
}

/** What a report says of a log of which records were left out, see UnsupervisedLogScan. */
function leftOutNotes({ eventLog, outside, records }: RecordLog): string[] {
  const samples = [eventLog, ...(outside === undefined ? [] : [outside.eventLog])];
  const kept = samples.flatMap(({ leftOut }) => {
    if (leftOut === undefined || leftOut.step === 1) {
      return [];
    }
    return leftOut.unit === 'session'
      ? [`every ${leftOut.step}th of the sessions, very long ones in part`]
      : [
          `of every ${SEGMENT * leftOut.step} records ${outside === undefined ? '' : 'of no session '}the first ${SEGMENT}`,
        ];
  });
  if (kept.length === 0) {
    return [];
  }
  const judged = samples.reduce((sum, { events }) => sum + events.length, 0);
  return [
    `large log: ${judged} of ${records} records were judged: ${kept.join(', ')}, and the first ${FEW} of each form of message wherever they stand; what came more often was not looked at elsewhere`,
  ];
}

/** What a report says about the blocks of a log. */
function blocksNote({ keyOf }: RecordLog, key: SessionKey | undefined): string {
  if (key === undefined) {
    return 'no session key found: windows of the log';
  }
  return keyOf === undefined
    ? `windows of the log. ${key.description} But these sessions are too unlike each other to be judged as such.`
    : key.description;
}

/** What a report says where a log was too large to look at all that came before each of its records. */
export function sampleNotes(shortened: number): string[] {
  return shortened === 0
    ? []
    : [`large log: ${shortened} records judged by the one before them alone instead of the ten before them`];
}

function givenKey(pattern: string, watch: LineWatch): SessionKey {
  return {
    finder: compileSessionPattern(pattern, watch),
    isFound: false,
    description: `sessions by the given pattern ${pattern}`,
  };
}

function foundKey(sample: readonly SampleRecord[]): SessionKey | undefined {
  const found = discoverSessionKey(sample);
  return found && { finder: compileSessionPattern(found.pattern), isFound: true, description: found.reason };
}
