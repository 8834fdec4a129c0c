import type { Finding, ScanSummary } from '../../core/findings/finding';

/** What a report is made of. */
export interface ReportSource {
  /** The scanned file as the user named it. */
  input: string;
  summary: ScanSummary;
  /** The findings, highest score first, in batches as they are made. */
  findings: AsyncIterable<Finding[]>;
  /** Where nothing reaches the threshold: the most suspicious blocks below it, to be listed apart. */
  mostSuspicious?: readonly Finding[];
  /**
   * Gives the exact texts of lines of the log, ascending; left out where the log cannot be read again, and gives undefined
   * where it can no longer.
   */
  textsOf?: (lines: readonly number[]) => Promise<readonly string[] | undefined>;
}

/** A report as pieces of text. */
export type Report = AsyncGenerator<string, void>;
