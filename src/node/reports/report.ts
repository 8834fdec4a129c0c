import type { Finding, ScanSummary } from '../../core/findings/finding';
import { csvReport } from './csvReport';
import { jsonReport } from './jsonReport';
import { sarifReport } from './sarifReport';
import { textReport } from './textReport';

/** What a report is made of. */
export interface ReportSource {
  /** The scanned file as the user named it. */
  input: string;
  summary: ScanSummary;
  /** The findings, highest score first, in batches as they are made. */
  findings: AsyncIterable<Finding[]>;
  /** Where nothing reaches the threshold: the most suspicious blocks below it, to be listed apart. */
  mostSuspicious?: readonly Finding[];
}

/** A report as pieces of text. */
export type Report = AsyncGenerator<string, void>;

/** The forms of a report. */
export const REPORTS = {
  text: textReport,
  json: jsonReport,
  csv: csvReport,
  sarif: sarifReport,
} satisfies Record<string, (source: ReportSource) => Report>;

/** Name of a form. */
export type ReportFormat = keyof typeof REPORTS;

/** The form that a file's name asks for; text if it asks for none. */
export function formatByName(path: string): ReportFormat {
  const extension = /\.([a-z]+)$/i.exec(path)?.[1].toLowerCase();
  return extension !== undefined && Object.hasOwn(REPORTS, extension) ? (extension as ReportFormat) : 'text';
}
