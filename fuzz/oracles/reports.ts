import { parse } from 'csv-parse/sync';
import { REPORTS, type ReportFormat } from '../../src/node/reports/report';
import type { ReportSource } from '../../src/node/reports/reportSource';
import { COLUMNS } from '../../src/node/reports/textReport';
import { demand, Fault, shown } from '../fault';
import { CONTROL } from './controls';
import type { WholeVerdict } from './findings';

/** Findings are given to a report in batches of so many. */
const BATCH = 100;
/** How cells begin that a spreadsheet takes for a formula (OWASP, CSV injection). */
const FORMULA = /^[\s\u0000]*[=+\-@\t\r＝＋－＠]/;
/** A plain number computes nothing, whatever its sign, and is to stay a number: keys of sessions may be negative. */
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** The text of a report in one of its forms. */
export async function reportText(
  form: ReportFormat,
  input: string,
  { summary, findings }: WholeVerdict,
  mostSuspicious: ReportSource['mostSuspicious'] = [],
): Promise<string> {
  async function* batches(): AsyncGenerator<WholeVerdict['findings'][number][], void> {
    for (let start = 0; start < findings.length; start += BATCH) {
      yield findings.slice(start, start + BATCH);
    }
  }
  let text = '';
  for await (const piece of REPORTS[form]({ input, summary, findings: batches(), mostSuspicious })) {
    text += piece;
  }
  return text;
}

/** How many findings each form of a report must hold, and what it says of them. */
export type Expected = Pick<WholeVerdict, 'summary' | 'findings'>;

/** Checks of a report's text by its form. */
export const REPORT_CHECKS: Record<ReportFormat, (text: string, expected: Expected) => void> = {
  text: checkText,
  json: checkJson,
  csv: checkCsv,
  sarif: checkSarif,
  html: checkHtml,
  markdown: checkMarkdown,
  github: checkGithub,
};

/**
 * Writes a verdict in all forms.
 * @throws Fault if one cannot be read back, says something else than the verdict, or would harm who opens it
 */
export async function checkReports(input: string, verdict: WholeVerdict): Promise<void> {
  for (const form of Object.keys(REPORTS) as ReportFormat[]) {
    REPORT_CHECKS[form](await reportText(form, input, verdict), verdict);
  }
}

function checkText(text: string, { findings }: Expected): void {
  checkPlain('text', text);
  demand('text report: last line without end', text.endsWith('\n'), () => shown(text.slice(-100)));
  const lines = text.slice(0, -1).split('\n');
  const header = lines.indexOf(COLUMNS.join('\t'));
  demand('text report: no header', header > 0, () => shown(text));
  demand(
    'text report: totals without #',
    lines.slice(0, header).every((line) => line.startsWith('# ')),
    () => shown(lines.slice(0, header).join('\n')),
  );
  const rows = lines.slice(header + 1);
  const taken = rows.filter((row) => row.startsWith('#'));
  demand('text report: a finding that is taken for a comment', taken.length === 0, () => shown(taken[0]));
  checkRows(
    'text',
    rows.map((row) => row.split('\t')),
    findings,
  );
}

function checkCsv(text: string, { findings }: Expected): void {
  checkPlain('csv', text);
  const [header, ...rows] = parsed('csv', () => parse(text)) as string[][];
  demand('csv report: no header', header.join() === COLUMNS.join(), () => shown(header.join()));
  checkRows('csv', rows, findings);
  const formula = rows.flat().find((cell) => FORMULA.test(cell) && !NUMBER.test(cell));
  demand('csv report: a cell that is a formula', formula === undefined, () => shown(formula ?? ''));
}

function checkRows(form: string, rows: readonly (readonly string[])[], findings: Expected['findings']): void {
  demand(
    `${form} report: not a row a finding`,
    rows.length === findings.length,
    () => `${rows.length} of ${findings.length}`,
  );
  rows.forEach((row, i) => {
    demand(`${form} report: a row that has not ${COLUMNS.length} cells`, row.length === COLUMNS.length, () =>
      shown(row.join('|')),
    );
    const { score, lines, line } = findings[i];
    const [, ...cells] = row;
    const wanted = [score, lines.length, lines[0], lines[lines.length - 1], line].map(String);
    demand(
      `${form} report: other numbers than the finding's`,
      wanted.every((number, k) => cells[k] === number || (number === '0' && cells[k] === '')),
      () => `${cells.slice(0, 5).join()} for ${wanted.join()}`,
    );
  });
}

interface JsonReport {
  lines: number;
  blocks: number;
  anomalous: number;
  findings: { score: unknown; lines: number[]; line: number | null; block: string }[];
}

function checkJson(text: string, { summary, findings }: Expected): void {
  checkPlain('json', text);
  const report = parsed('json', () => JSON.parse(text)) as JsonReport;
  demand(
    'json report: other totals than the scan',
    report.lines === summary.lines && report.blocks === summary.blocks && report.anomalous === summary.anomalous,
    () => shown(text),
  );
  demand(
    'json report: other findings',
    report.findings.length === findings.length,
    () => `${report.findings.length} of ${findings.length}`,
  );
  report.findings.forEach(({ score, lines, line }, i) => {
    demand('json report: a score that is no number', typeof score === 'number', () => String(score));
    demand(
      "json report: other lines than the finding's",
      lines.join() === Array.from(findings[i].lines).join() && (line ?? 0) === findings[i].line,
      () => shown(JSON.stringify(report.findings[i])),
    );
  });
}

interface SarifReport {
  version: string;
  runs: { results: { message: { text: string }; rank: unknown; locations: unknown[] }[] }[];
}

function checkSarif(text: string, { findings }: Expected): void {
  checkPlain('sarif', text);
  const report = parsed('sarif', () => JSON.parse(text)) as SarifReport;
  const { results } = report.runs[0];
  demand(
    'sarif report: other findings',
    results.length === findings.length,
    () => `${results.length} of ${findings.length}`,
  );
  for (const { message, rank, locations } of results) {
    demand('sarif report: a rank from 0 to 100 is wanted', typeof rank === 'number' && rank >= 0 && rank <= 100, () =>
      String(rank),
    );
    demand('sarif report: one location is wanted', locations.length === 1, () => String(locations.length));
    // SARIF 2.1.0, 3.11.5 and 3.11.6: placeholders in braces, links as [text](target), a backslash takes them back.
    const unescaped = message.text.replace(/\\[^]/g, '').replace(/\{\{|\}\}/g, '');
    demand('sarif report: a link from the log', !/\[[^\]]*\]\(/.test(unescaped), () => shown(message.text));
    demand('sarif report: a placeholder from the log', !/\{\d+\}/.test(unescaped), () => shown(message.text));
  }
}

/** Elements that a page may have; whatever else begins with `<` is of the log. */
const ELEMENTS =
  /^\/?(?:a|body|dd|dl|dt|g|h[123]|head|html|li|line|main|meta|p|path|pre|rect|section|span|style|svg|text|title|ul)\b/;

function checkHtml(text: string): void {
  checkPlain('html', text);
  demand('html report: no policy', text.includes(`content="default-src 'none'; style-src 'sha256-`), () =>
    shown(text.slice(0, 500)),
  );
  const strange = [...text.matchAll(/<([^>]*)/g)]
    // What stands in quotes is a value, whatever it says.
    .map(([, tag]) => tag.replace(/"[^"]*"/g, '""'))
    .find((tag) => tag !== '!DOCTYPE html' && (!ELEMENTS.test(tag) || /\son\w+\s*=|javascript:/i.test(tag)));
  demand('html report: markup of the log', strange === undefined, () => shown(strange ?? ''));
}

function checkMarkdown(text: string): void {
  checkPlain('markdown', text);
  let fence = '';
  for (const line of text.split('\n')) {
    if (fence !== '') {
      fence = line === fence ? '' : fence;
    } else if (/^`{3,}text$/.test(line)) {
      fence = line.slice(0, -'text'.length);
    } else {
      const plain = line
        .replace(/\\`/g, '')
        .replace(/(`+) .*? \1(?!`)/g, '')
        .replace(/\\[!-/:-@[-`{-~]/g, '');
      demand('markdown report: markup of the log', !/[<[\]!`]|@\w|:\/\//.test(plain), () => shown(line));
    }
  }
  demand('markdown report: a block of code without end', fence === '', () => shown(text));
}

function checkGithub(text: string, { findings }: Expected): void {
  checkPlain('github', text);
  const lines = text.trimEnd().split('\n');
  demand('github report: not a line a finding', lines.length === findings.length + 1, () => shown(text));
  const other = lines.find((line) => !/^::(?:warning|notice) (?:\w+=[^,:]*,?)+::/.test(line));
  demand('github report: no annotation', other === undefined, () => shown(other ?? ''));
}

function checkPlain(form: string, text: string): void {
  const match = CONTROL.exec(text);
  demand(`${form} report: control characters`, match === null, () =>
    shown(text.slice(Math.max(0, match!.index - 60), match!.index + 60)),
  );
}

function parsed(form: string, parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    throw new Fault(`${form} report: cannot be parsed`, String(error));
  }
}
