import { UserError } from '../../core/errors/userError';
import { TimeRange } from '../../core/formats/timeRange';
import { TimeGate } from '../../core/records/timeGate';
import type { LogSource } from '../files/logSource';

/** The stretch of time of which a log's records are scanned; all of them if both are left out. See TimeRange. */
export interface TimeLimits {
  since?: string;
  until?: string;
}

/**
 * The gate that lets a log's records within the limits through; undefined if there are none.
 * @throws UserError if a limit is no time
 */
export function timeGate({ since, until }: TimeLimits): TimeGate | undefined {
  return since === undefined && until === undefined ? undefined : new TimeGate(new TimeRange(since, until));
}

/**
 * What a report says about the limits, once the log has been read.
 * @param records how many were let through
 * @throws UserError if the log has records but no times
 */
export function timeNotes(
  gate: TimeGate | undefined,
  { since, until }: TimeLimits,
  source: LogSource,
  records: number,
): string[] {
  if (gate === undefined) {
    return [];
  }
  if (!gate.hasTimes && records + gate.leftOut > 0) {
    throw new UserError('no-times', { path: source.name });
  }
  const range = [since === undefined ? [] : [`from ${since}`], until === undefined ? [] : [`to ${until}`]].flat();
  const { leftOut } = gate;
  return [`time: ${range.join(' ')}; ${leftOut === 1 ? '1 record was' : `${leftOut} records were`} left out`];
}
