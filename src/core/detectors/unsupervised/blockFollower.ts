import type { Finding } from '../../findings/finding';
import type { Hooks } from '../../cancellation';
import type { RecordLog } from '../../scan/recordLog';

/** An anomalous block of a growing log, of which a finding is made when it is wanted. */
export interface FoundBlock {
  /** 0…1. */
  score: number;
  /** By the lines of the file that is read now; the same object as long as it is the same. */
  finding(): Finding;
}

/** Judges the blocks of a growing log without labels: its sessions, or the windows of its records that belong to none. */
export interface BlockFollower {
  /** Blocks that have records in this file. */
  readonly blockCount: number;
  /**
   * Judges what has come.
   * @param log all of it, see GrowingRecordLog.soFar
   * @throws CancelledError if the hooks say so
   */
  take(log: RecordLog, hooks: Pick<Hooks, 'isCancelled'>): Promise<void>;
  /**
   * Says that a new file has begun: only what stands there is reported from now on.
   * @param log all of it, with what has not been judged yet
   * @param linesBefore lines before the new file
   */
  beginFile(log: RecordLog, linesBefore: number): void;
  /** Drops all records, as the scan has done; the new file has none yet. */
  forget(): void;
  /** What is anomalous in this file, highest score first. */
  found(): FoundBlock[];
  release(): Promise<void>;
}
