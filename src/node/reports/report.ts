import { csvReport } from './csvReport';
import { jsonReport } from './jsonReport';
import type { Report, ReportSource } from './reportSource';
import { sarifReport } from './sarifReport';
import { textReport } from './textReport';

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
