import type { Hooks } from '../../core/cancellation';
import type { Finding, ScanSummary } from '../../core/findings/finding';
import type { JudgedLog } from '../../core/findings/findings';
import type { Profile } from '../../core/model/profile';
import type { MinedReading } from '../tables/minedRecordsWriter';

/** A scanned log with all its scores; findings are made of it as they are wanted. */
export interface LogVerdict {
  summary: ScanSummary;
  /** How many findings there are with the blocks that are not anomalous. */
  total: () => number;
  /**
   * The findings of the ranks `start…end`, highest score first; those that are anomalous come first.
   * @throws CancelledError if the hooks say so
   */
  findings: (start: number, end: number, hooks?: Hooks) => Promise<Finding[]>;
  /** The model that judged, and its scores; undefined where the log was judged without labels. */
  byModel?: { profile: Profile; judged: JudgedLog };
  /** How the log was read; undefined where a model read it. */
  minedReading?: MinedReading;
}
