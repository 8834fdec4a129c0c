import { stat } from 'node:fs/promises';
import { refuseIfCancelled, type Hooks } from '../../core/cancellation';
import { UserError } from '../../core/errors/userError';
import type { SessionKeyFinder } from '../../core/blocks/sessionKey';
import type { DetectedFormat } from '../../core/formats/detection';
import { FORMAT_BYTES, joinedFormats } from '../../core/records/joinedFormats';
import { overSameTemplates } from '../../core/events/joinedLogs';
import { BlockTable, MAX_BLOCKS, MAX_KEY_BYTES } from '../../core/blocks/blockTable';
import { FEWEST_ENTRIES, MAX_ENTRIES, UnsupervisedLogScan, type RecordLog } from '../../core/scan/unsupervisedLogScan';
import { FEW } from '../../core/scan/entrySample';
import type { LineWatch } from '../../core/patterns/lineWatch';
import { atOnce, pushSteps } from '../../core/patterns/steps';
import type { LogPreview } from '../../core/records/recordReader';
import type { LearningEvents } from '../../core/templates/eventSource';
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
  /** As many of its first bytes as tell its formats. */
  beginning: Uint8Array;
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
  private readonly scans: UnsupervisedLogScan[] = [];

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
   * @param beginning of the judged log
   * @throws NotTextError if that is no text
   */
  formatsWith(beginning: Uint8Array): DetectedFormat | undefined {
    return joinedFormats(
      beginning,
      this.logs.map((log) => log.beginning),
    );
  }

  /**
   * Reads the logs to their ends.
   * @param events the miner of the judged log
   * @param sessionKey by which the judged log has sessions
   * @param format of the judged log; each is detected by itself if left out
   * @param watch of the judged log
   * @param hooks are told the bytes read from disk of all of them
   * @throws UserError if one cannot be read or is no text
   * @throws CancelledError if the hooks say so
   */
  async read(
    events: LearningEvents,
    sessionKey: SessionKeyFinder | undefined,
    format: DetectedFormat | undefined,
    watch: LineWatch | undefined,
    hooks: Hooks,
  ): Promise<void> {
    let bytesBefore = 0;
    const left = { entries: this.mostEntries, blocks: MAX_BLOCKS, keyBytes: MAX_KEY_BYTES };
    for (const log of this.logs) {
      const preview = format === undefined ? log.preview : { ...log.preview, format };
      const table = new BlockTable(Math.max(FEWEST_BLOCKS, left.blocks), Math.max(FEWEST_KEY_BYTES, left.keyBytes));
      const scan = new UnsupervisedLogScan(
        events,
        sessionKey,
        { format, year: log.year, watch, preview },
        undefined,
        table,
        Math.max(FEWEST_ENTRIES, left.entries),
      );
      this.scans.push(scan);
      const source = await log.open();
      try {
        for await (const chunk of source.chunks()) {
          refuseIfCancelled(hooks);
          hooks.onProgress?.(bytesBefore + source.bytesRead(), this.size);
          await inTurns(pushSteps(scan, chunk, watch), hooks);
        }
        scan.end();
      } catch (error) {
        throw namingLog(error, log);
      }
      bytesBefore += source.bytesRead();
      left.entries -= scan.kept;
      left.blocks -= table.count;
      left.keyBytes -= table.keyBytes;
    }
  }

  /**
   * The judged log and the good ones over the same templates.
   * @param scan of the judged log, which has ended
   */
  finishWith(scan: UnsupervisedLogScan): { log: RecordLog; good: RecordLog[] } {
    const logs = [scan, ...this.scans].map((each) => each.finish());
    const eventLogs = overSameTemplates(logs.flatMap(partsOf).map(({ eventLog }) => eventLog));
    let next = 0;
    const [log, ...good] = logs.map((each) => {
      const eventLog = eventLogs[next++];
      return { ...each, eventLog, outside: each.outside && { ...each.outside, eventLog: eventLogs[next++] } };
    });
    return { log, good };
  }

  /**
   * What a report says about the logs.
   * @param log the judged one, over the same templates as they
   */
  notes(log: RecordLog, good: readonly RecordLog[]): string[] {
    const names = this.logs.map(({ name }) => name);
    const own = new Set(partsOf(log).flatMap(({ eventLog }) => [...new Set(eventLog.events)]));
    const isStrange = (other: RecordLog): boolean =>
      own.size > 0 && !partsOf(other).some(({ eventLog }) => eventLog.events.some((event) => own.has(event)));
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
  const cut = good.filter((log) => partsOf(log).some(({ eventLog }) => eventLog.leftOut !== undefined));
  const kept = cut.flatMap(partsOf).reduce((sum, { eventLog }) => sum + eventLog.events.length, 0);
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

/** A log of sessions, and what of it belongs to none. */
function partsOf(log: RecordLog): RecordLog[] {
  return log.outside === undefined ? [log] : [log, log.outside];
}

async function closeAll(logs: readonly GoodLog[]): Promise<void> {
  await Promise.all(logs.map((log) => log.close()));
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

async function lookAt(path: string, openGoodLog: OpenGoodLog, hooks: Pick<Hooks, 'isCancelled'>): Promise<GoodLog> {
  const { source, beginning, close } = await peek(await openGoodLog(path), hooks);
  try {
    if (beginning.every(isBlank)) {
      throw new UserError('good-log-empty', { path });
    }
    const { name, size, file } = source;
    const { year, preview } = basisOf(source, beginning);
    // A copy, for the slice of a Buffer would keep all of it.
    const looked = {
      name,
      size,
      year,
      preview,
      beginning: Uint8Array.from(beginning.subarray(0, FORMAT_BYTES)),
    };
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

function basisOf(source: LogSource, beginning: Uint8Array): ReadingBasis {
  try {
    // No pattern of the user has a part in it, so that it takes no time.
    return atOnce(readingBasis(source, beginning, undefined));
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
