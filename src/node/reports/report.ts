import { csvReport } from './csvReport';
import { githubReport } from './githubReport';
import { htmlReport } from './htmlReport';
import { jsonReport } from './jsonReport';
import { markdownReport } from './markdownReport';
import type { Report, ReportSource } from './reportSource';
import { sarifReport } from './sarifReport';
import { textReport } from './textReport';

/** The forms of a report. */
export const REPORTS = {
  text: textReport,
  json: jsonReport,
  csv: csvReport,
  sarif: sarifReport,
  html: htmlReport,
  markdown: markdownReport,
  github: githubReport,
} satisfies Record<string, (source: ReportSource) => Report>;

/** Name of a form. */
export type ReportFormat = keyof typeof REPORTS;

/** Forms by the ends of names. */
const FORM_OF_END: ReadonlyMap<string, ReportFormat> = new Map([
  ['json', 'json'],
  ['csv', 'csv'],
  ['sarif', 'sarif'],
  ['html', 'html'],
  ['htm', 'html'],
  ['md', 'markdown'],
  ['markdown', 'markdown'],
]);

/** The form that a file's name asks for; text if it asks for none. */
export function formatByName(path: string): ReportFormat {
  const end = /\.([a-z]+)$/i.exec(path)?.[1].toLowerCase() ?? '';
  return FORM_OF_END.get(end) ?? 'text';
}
