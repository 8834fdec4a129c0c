import { refuseIfCancelled, type Hooks } from '../../cancellation';
import { judgeAgainstGood } from '../../detect/knownGood/judgeAgainstGood';
import { cancellable, type UnsupervisedParts } from '../../detect/unsupervised/unsupervised';
import { sessionsAsStream } from '../../scan/sessionsAsStream';
import type { RecordLog } from '../../scan/recordLog';
import type { Detector, Learned } from '../detector';
import { verdictOfRecords, type RecordSettings } from '../judgedRecords';

/** Judges a log against logs that are believed good. That is done with whole logs, so such a log cannot be followed. */
export class KnownGoodDetector implements Detector<RecordLog> {
  /**
   * @param good the logs that are believed good, of the same kind as the judged one and over the same templates
   * @param parts networks with which it is judged
   */
  constructor(
    private readonly good: readonly RecordLog[],
    private readonly parts: UnsupervisedParts,
    private readonly settings: RecordSettings,
  ) {}

  /** The good logs tell whether order and counts mean something; sessions that were found are a stream if they do not. */
  async learn(log: RecordLog, { isCancelled = () => false, onProgress }: Hooks = {}): Promise<Learned> {
    onProgress?.(0, 1);
    const { settings } = this;
    const parts = cancellable(this.parts, isCancelled);
    const judgementOf = ({ eventLog }: RecordLog, good: readonly RecordLog[]) =>
      judgeAgainstGood(
        eventLog,
        good.map((each) => each.eventLog),
        parts,
      );
    let read = log;
    let judgement = await judgementOf(read, this.good);
    if (read.eventLog.kind === 'sessions' && settings.mayBeUnlike && !judgement.usesSequence) {
      read = sessionsAsStream(log);
      judgement = await judgementOf(read, this.good.map(sessionsAsStream));
    }
    const goodOutside = this.good.flatMap((each) => each.outside ?? []);
    const outside = read.outside && { log: read.outside, judgement: await judgementOf(read.outside, goodOutside) };
    refuseIfCancelled({ isCancelled });
    onProgress?.(1, 1);
    return { verdict: async () => verdictOfRecords({ log: read, judgement, outside }, settings) };
  }
}
