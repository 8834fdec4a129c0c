import { areSessionsAlike } from '../../src/core/detect/unsupervised/sessionRegularity';
import { unsupervisedScores } from '../../src/core/detect/unsupervised/unsupervisedScores';
import { UserError } from '../../src/core/errors/userError';
import { NotTextError } from '../../src/core/input/byteDecoder';
import { atOnce } from '../../src/core/patterns/steps';
import { sessionsAsStream } from '../../src/core/scan/sessionsAsStream';
import type { RecordLog } from '../../src/core/scan/recordLog';
import { UnsupervisedLogScan } from '../../src/core/scan/unsupervisedLogScan';
import { openLog } from '../../src/node/files/logSource';
import { UNSUPERVISED_PARTS } from '../../src/node/models/unsupervisedParts';
import { peek } from '../../src/node/scan/modelChoice';
import { unsupervisedReading } from '../../src/node/scan/unsupervisedReading';
import { readRecords } from '../../src/node/scan/unsupervisedScan';

/** A log as the programs read it to judge it without labels; undefined if they refuse it, or judge it as sessions. */
export async function streamOrConsole(file: string): Promise<RecordLog | undefined> {
  const input = await openLog(file);
  try {
    const { probe, source } = await peek(input, {});
    const reading = atOnce(unsupervisedReading(source, probe, {}, {}));
    const log = (await readRecords(source, new UnsupervisedLogScan(reading), reading.options.watch, {})).log();
    if (log.eventLog.kind !== 'sessions') {
      return log;
    }
    return areSessionsAlike(await unsupervisedScores(log.eventLog, UNSUPERVISED_PARTS))
      ? undefined
      : sessionsAsStream(log);
  } catch (error) {
    if (error instanceof UserError || error instanceof NotTextError) {
      return undefined;
    }
    throw error;
  } finally {
    await input.close();
  }
}
