import { stat } from 'node:fs/promises';
import type { SessionKeyFinder } from '../core/blocks/sessionKey';
import type { DetectedFormat } from '../core/formats/detection';
import { joinedFormats } from '../core/formats/joinedFormats';
import { NotTextError } from '../core/input/byteDecoder';
import { overSameTemplates } from '../core/detectors/labelFree/joinedLogs';
import { RecordScan, type RecordLog } from '../core/recordScan';
import type { LineWatch } from '../core/patterns/lineWatch';
import type { LearningEvents } from '../core/templates/eventSource';
import { readingBasis } from './formatChoice';
import { InputError } from './inputError';
import { openLog, STANDARD_INPUT, type LogSource } from './logSource';
import { peek, type PeekedLog } from './modelChoice';
import { notText } from './readLog';

interface OpenedLog extends PeekedLog {
  /** Of its first record, where its format does not name it. */
  year: number;
}

/** Logs that are believed good, opened to be read beside the log that is judged against them. */
export class GoodLogs {
  private readonly scans: RecordScan[] = [];

  private constructor(private readonly logs: readonly OpenedLog[]) {}

  /**
   * Opens the logs and reads their beginnings.
   * @param judged the log that is to be judged against them
   * @throws InputError that names the one that cannot be read, is no text, holds nothing, or is the judged log itself
   */
  static async open(paths: readonly string[], judged: LogSource): Promise<GoodLogs> {
    const logs: OpenedLog[] = [];
    try {
      for (const path of paths) {
        if (await isSame(path, judged)) {
          throw new InputError(
            `${judged.name} is given as a good log for itself, in which nothing could be found; give the log of another run that went well.`,
          );
        }
        const log = await peek(await openLog(path));
        logs.push({ ...log, year: yearOf(log) });
        if (log.beginning.every(isBlank)) {
          throw new InputError(`The good log ${path} is empty; give the log of a run that went well.`);
        }
      }
      return new GoodLogs(logs);
    } catch (error) {
      await closeAll(logs);
      throw error;
    }
  }

  /** Size of all logs on disk in bytes. */
  get size(): number {
    return this.logs.reduce((sum, { source }) => sum + source.size, 0);
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
   * @param onChunk called before every chunk with the bytes read from disk
   * @throws InputError if one cannot be read or is no text
   */
  async read(
    events: LearningEvents,
    sessionKey: SessionKeyFinder | undefined,
    format: DetectedFormat | undefined,
    watch: LineWatch | undefined,
    onChunk: (bytesRead: number) => void,
  ): Promise<void> {
    for (const { source, year } of this.logs) {
      const scan = new RecordScan(events, sessionKey, { format, year, watch });
      this.scans.push(scan);
      try {
        for await (const chunk of source.chunks()) {
          onChunk(this.logs.reduce((sum, log) => sum + log.source.bytesRead(), 0));
          scan.push(chunk);
        }
        scan.end();
      } catch (error) {
        throw error instanceof NotTextError ? notText(source) : error;
      }
    }
  }

  /**
   * The judged log and the good ones over the same templates.
   * @param scan of the judged log, which has ended
   */
  finishWith(scan: RecordScan): { log: RecordLog; good: RecordLog[] } {
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
    const names = this.logs.map(({ source }) => source.name);
    const own = new Set(partsOf(log).flatMap(({ eventLog }) => [...new Set(eventLog.events)]));
    const isStrange = (other: RecordLog): boolean =>
      own.size > 0 && !partsOf(other).some(({ eventLog }) => eventLog.events.some((event) => own.has(event)));
    const strange = names.filter((_, i) => isStrange(good[i]));
    return [
      `judged against logs believed good: ${names.map((name, i) => `${name} (${good[i].lineCount} lines)`).join(', ')}`,
      ...strange.map((name) => `no message of ${name} occurs in this log: it seems to be a log of another kind`),
    ];
  }

  /** Gives the files back. */
  async close(): Promise<void> {
    await closeAll(this.logs);
  }
}

/** A log of sessions, and what of it belongs to none. */
function partsOf(log: RecordLog): RecordLog[] {
  return log.outside === undefined ? [log] : [log, log.outside];
}

async function closeAll(logs: readonly PeekedLog[]): Promise<void> {
  await Promise.all(logs.map((log) => log.close()));
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function yearOf({ source, beginning }: PeekedLog): number {
  try {
    return readingBasis(source, beginning, undefined).year;
  } catch (error) {
    throw error instanceof NotTextError ? notText(source) : error;
  }
}

/** Whether a path leads to the file that is judged. */
async function isSame(path: string, judged: LogSource): Promise<boolean> {
  if (path === STANDARD_INPUT) {
    return judged.name === 'standard input';
  }
  const [one, other] = await Promise.all([path, judged.name].map((each) => stat(each).catch(() => undefined)));
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
}
