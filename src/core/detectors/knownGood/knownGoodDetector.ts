import { refuseIfCancelled, type Hooks } from '../../cancellation';
import { knownGoodScores } from '../../detect/knownGood/knownGoodScores';
import { cancellable, type UnsupervisedParts } from '../../detect/unsupervised/unsupervisedScores';
import { sessionsAsStream } from '../../scan/sessionsAsStream';
import type { RecordLog } from '../../scan/recordLog';
import type { Detector, Learned } from '../detector';
import { verdictOfRecords, type RecordSettings } from '../scoredRecords';

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
    const scoresOf = ({ eventLog }: RecordLog, good: readonly RecordLog[]) =>
      knownGoodScores(
        eventLog,
        good.map((each) => each.eventLog),
        parts,
      );
    let read = log;
    let scores = await scoresOf(read, this.good);
    if (read.eventLog.kind === 'sessions' && settings.mayBeUnlike && !scores.usesSequence) {
      read = sessionsAsStream(log);
      scores = await scoresOf(read, this.good.map(sessionsAsStream));
    }
    const goodOutside = this.good.flatMap((each) => each.outside ?? []);
    const outside = read.outside && { log: read.outside, scores: await scoresOf(read.outside, goodOutside) };
    refuseIfCancelled({ isCancelled });
    onProgress?.(1, 1);
    return { verdict: async () => verdictOfRecords({ log: read, scores, outside }, settings) };
  }
}
