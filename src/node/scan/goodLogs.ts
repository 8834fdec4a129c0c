import { stat } from 'node:fs/promises';
import { refuseIfCancelled, type Hooks } from '../../core/cancellation';
import { UserError } from '../../core/errors/userError';
import type { DetectedFormat } from '../../core/formats/detection';
import { joinedFormats } from '../../core/records/joinedFormats';
import { overSameTemplates } from '../../core/events/joinedLogs';
import { BlockTable, MAX_BLOCKS, MAX_KEY_BYTES } from '../../core/blocks/blockTable';
import { FEW } from '../../core/scan/entrySample';
import type { LogProbe } from '../../core/scan/logProbe';
import { FEWEST_ENTRIES, MAX_ENTRIES } from '../../core/scan/recordCollector';
import type { RecordLog, RecordReading } from '../../core/scan/recordLog';
import { UnsupervisedLogScan, type EndedLog } from '../../core/scan/unsupervisedLogScan';
import { atOnce, pushSteps } from '../../core/patterns/steps';
import type { LogPreview } from '../../core/records/logPreview';
import { isSameFile } from '../files/fileChange';
import { readingBasis, type ReadingBasis } from './formatChoice';
import type { LogSource } from '../files/logSource';
import { inTurns } from '../files/inTurns';
import { peek } from './modelChoice';
import { STANDARD_INPUT } from '../files/openInput';
import { namingLog } from '../files/notText';
import { sessionLimitNotes } from './scanLimits';

/** A good log of which the beginning has been looked at. */
interface GoodLog {
  name: string;
  size: number;
  /** Of its first record, where its format does not name it. */
  year: number;
  /** What its beginning says of all of it. */
  preview: LogPreview;
  /** Opens it for reading, once. */
  open: () => Promise<LogSource>;
  /** Gives it back, where it was not read to its end. */
  close: () => Promise<void>;
}

/** Sessions, and bytes of their keys, that each good log may have although there are too many of all of them. */
const FEWEST_BLOCKS = 1 << 12;
const FEWEST_KEY_BYTES = 1 << 17;

/** Opens a good log. */
export type OpenGoodLog = (path: string) => Promise<LogSource>;

/** Logs that are believed good, looked at to be read beside the log that is judged against them. */
export class GoodLogs {
  /** @param mostEntries of all logs together; once there are more, each further log keeps the fewest that it may */
  private constructor(
    private readonly logs: readonly GoodLog[],
    private readonly mostEntries: number,
  ) {}

  /**
   * Looks at the beginnings of the logs. Files are closed until they are read, for there may be more of them than can be
   * open.
   * @param judged the log that is to be judged against them
   * @param mostEntries that are kept of all of them together, about
   * @throws UserError that names the one that cannot be read, is no text, holds nothing, or is the judged log itself
   */
  static async open(
    paths: readonly string[],
    judged: LogSource,
    openGoodLog: OpenGoodLog,
    hooks: Pick<Hooks, 'isCancelled'>,
    mostEntries = MAX_ENTRIES,
  ): Promise<GoodLogs> {
    const logs: GoodLog[] = [];
    try {
      for (const path of paths) {
        if (await isSame(path, judged)) {
          throw new UserError('good-log-is-judged', { path: judged.name });
        }
        logs.push(await lookAt(path, openGoodLog, hooks));
      }
      return new GoodLogs(logs, mostEntries);
    } catch (error) {
      await closeAll(logs);
      throw error;
    }
  }

  /** Size of all logs on disk in bytes. */
  get size(): number {
    return this.logs.reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * The formats in which the judged log and the good ones are read.
   * @param own those of the judged log
   */
  formatsWith(own: DetectedFormat): DetectedFormat | undefined {
    return joinedFormats(
      own,
      this.logs.map(({ preview }) => preview.format),
    );
  }

  /**
   * Reads the logs to their ends.
   * @param judged how the judged log is read: they have the same templates and session keys, and its format if that is given
   * @param hooks are told the bytes read from disk of all of them
   * @returns given the judged log, it and the good ones over the same templates
   * @throws UserError if one cannot be read or is no text
   * @throws CancelledError if the hooks say so
   */
  async read(
    { events, sessionKey, options: { preview: judged, watch } }: RecordReading,
    hooks: Hooks,
  ): Promise<(judged: EndedLog) => { log: RecordLog; good: RecordLog[] }> {
    const ended: EndedLog[] = [];
    let bytesBefore = 0;
    const left = { entries: this.mostEntries, blocks: MAX_BLOCKS, keyBytes: MAX_KEY_BYTES };
    for (const log of this.logs) {
      const preview = judged.isGiven ? { ...log.preview, format: judged.format, isGiven: true } : log.preview;
      const options = { preview, year: log.year, watch };
      const table = new BlockTable(Math.max(FEWEST_BLOCKS, left.blocks), Math.max(FEWEST_KEY_BYTES, left.keyBytes));
      const entries = Math.max(FEWEST_ENTRIES, left.entries);
      const scan = new UnsupervisedLogScan({ events, sessionKey, options }, { entries, table });
      const source = await log.open();
      try {
        for await (const chunk of source.chunks()) {
          refuseIfCancelled(hooks);
          hooks.onProgress?.(bytesBefore + source.bytesRead(), this.size);
          await inTurns(pushSteps(scan, chunk, watch), hooks);
        }
        ended.push(scan.end());
      } catch (error) {
        throw namingLog(error, log);
      }
      bytesBefore += source.bytesRead();
      left.entries -= ended[ended.length - 1].kept;
      left.blocks -= table.count;
      left.keyBytes -= table.keyBytes;
    }
    return (own) => together(own, ended);
  }

  /**
   * What a report says about the logs.
   * @param log the judged one, over the same templates as they
   */
  notes(log: RecordLog, good: readonly RecordLog[]): string[] {
    const names = this.logs.map(({ name }) => name);
    const own = new Set(withOutside(log).flatMap(({ eventLog }) => [...new Set(eventLog.events)]));
    const isStrange = (other: RecordLog): boolean =>
      own.size > 0 && !withOutside(other).some(({ eventLog }) => eventLog.events.some((event) => own.has(event)));
    const strange = names.filter((_, i) => isStrange(good[i]));
    return [
      `judged against logs believed good: ${names.map((name, i) => `${name} (${good[i].lineCount} lines)`).join(', ')}`,
      ...limitNotes(good),
      ...strange.map((name) => `no message of ${name} occurs in this log: it seems to be a log of another kind`),
    ];
  }

  /** Gives the files back. */
  async close(): Promise<void> {
    await closeAll(this.logs);
  }
}

/** What a report says where the good logs have more records or sessions than are kept. */
function limitNotes(good: readonly RecordLog[]): string[] {
  const cut = good.filter((log) => withOutside(log).some(({ eventLog }) => eventLog.leftOut !== undefined));
  const kept = cut.flatMap(withOutside).reduce((sum, { eventLog }) => sum + eventLog.events.length, 0);
  const all = cut.reduce((sum, { records }) => sum + records, 0);
  const refused = good.reduce((sum, { refusedKeys }) => sum + refusedKeys, 0);
  return [
    ...(cut.length === 0
      ? []
      : [
          `large good logs: of ${cut.length} of them a sample was compared with, ${kept} of ${all} records, and the first ${FEW} of each form of message wherever they stand`,
        ]),
    ...sessionLimitNotes(refused).map((note) => `good logs: ${note}`),
  ];
}

/** The judged log and the good ones over the same templates. */
function together(judged: EndedLog, others: readonly EndedLog[]): { log: RecordLog; good: RecordLog[] } {
  const logs = [judged, ...others].map((each) => each.log());
  const eventLogs = overSameTemplates(logs.flatMap(withOutside).map(({ eventLog }) => eventLog));
  let next = 0;
  const [log, ...good] = logs.map((each) => {
    const eventLog = eventLogs[next++];
    return { ...each, eventLog, outside: each.outside && { ...each.outside, eventLog: eventLogs[next++] } };
  });
  return { log, good };
}

/** A log of sessions, and what of it belongs to none. */
function withOutside(log: RecordLog): RecordLog[] {
  return log.outside === undefined ? [log] : [log, log.outside];
}

async function closeAll(logs: readonly GoodLog[]): Promise<void> {
  await Promise.all(logs.map((log) => log.close()));
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

async function lookAt(path: string, openGoodLog: OpenGoodLog, hooks: Pick<Hooks, 'isCancelled'>): Promise<GoodLog> {
  const { source, probe, close } = await peek(await openGoodLog(path), hooks);
  try {
    if (probe.beginning.every(isBlank)) {
      throw new UserError('good-log-empty', { path });
    }
    const { name, size, file } = source;
    const { year, preview } = basisOf(source, probe);
    const looked = { name, size, year, preview };
    if (file === undefined) {
      return { ...looked, open: async () => source, close };
    }
    await close();
    const open = async (): Promise<LogSource> => {
      const again = await openGoodLog(path);
      if (again.file === undefined || !isSameFile(again.file.status, file.status)) {
        await again.close();
        throw new UserError('replaced', { path });
      }
      return again;
    };
    return { ...looked, open, close: async () => undefined };
  } catch (error) {
    await close();
    throw error;
  }
}

function basisOf(source: LogSource, probe: LogProbe): ReadingBasis {
  try {
    // No pattern of the user has a part in it, so that it takes no time.
    return atOnce(readingBasis(source, probe));
  } catch (error) {
    throw namingLog(error, source);
  }
}

/** Whether a path leads to the file that is judged. */
async function isSame(path: string, judged: LogSource): Promise<boolean> {
  if (path === STANDARD_INPUT) {
    return judged.name === 'standard input';
  }
  const [one, other] = await Promise.all(
    [path, judged.name].map((each) => stat(each, { bigint: true }).catch(() => undefined)),
  );
  return one !== undefined && other !== undefined && isSameFile(one, other);
}
