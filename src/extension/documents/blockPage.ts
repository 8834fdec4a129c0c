import { durationText } from '../base/durationText';
import { escapeControls } from '../../core/findings/escapeControls';
import type { Finding } from '../../core/findings/finding';
import type { Translate } from '../base/translate';
import type { ShownLine } from '../results/logPlaces';
import type { ResultMessages } from '../results/resultMessages';
import { isSilence } from './silences';

/** How many lines of a block a page shows at most, and how many around its most suspicious one on each side. */
export const PAGE_LINES = 10_000;
/** Characters of a line that a page shows at most. */
export const PAGE_LINE_LENGTH = 2_000;
/** Characters of all its lines: an editor opens as much within a second or two. */
const PAGE_LENGTH = 2_000_000;

/** A side of the most suspicious line. */
export type Side = 'before' | 'after';

/** How many lines of the log around the most suspicious one a page shows. */
export type Surroundings = Record<Side, number>;

/** What a page has of the surroundings when it is opened, and how many lines come with each further step. */
export const FIRST_SURROUNDINGS: Surroundings = { before: 50, after: 50 };
export const MORE_LINES = 100;

/** A part of a row, in columns counted from 0. */
export interface RowPart {
  row: number;
  start: number;
  end: number;
}

/** A block in the log around it, as one page of text. */
export interface BlockPage {
  text: string;
  /** Line of the log that each row of the page shows, counted from 1; 0 for a row that shows none. */
  lines: number[];
  /** Row of the most suspicious line, counted from 0; undefined if the page shows no lines. */
  suspiciousRow: number | undefined;
  /** Rows of the other lines of the block. */
  ownRows: number[];
  /** What stands before the messages. */
  headers: RowPart[];
  /** What is followed to see more of the log. */
  more: (RowPart & { side: Side })[];
  /** Column at which the numbers end, counted from 0. */
  numberEnd: number;
}

/** What a page shows of a log. */
export interface ShownLines {
  /** Lines of the log, ascending. */
  lines: number[];
  /** Of the block's lines: how many are left out at its beginning and its end. */
  leftOut: Surroundings;
  /** Characters after which a line is cut. */
  length: number;
}

/**
 * How much of a block fits on its page, and the lines around its most suspicious one.
 * @param lineCount lines of the log
 */
export function shownLines(
  { lines, line }: Pick<Finding, 'lines' | 'line'>,
  around: Surroundings,
  lineCount: number,
): ShownLines {
  const start = Math.max(0, Math.min(lines.indexOf(line) - PAGE_LINES / 2, lines.length - PAGE_LINES));
  const own = lines.subarray(start, start + PAGE_LINES);
  const all = new Set(own);
  const last = Math.min(Math.max(lineCount, line), line + Math.min(around.after, PAGE_LINES));
  for (let near = Math.max(1, line - Math.min(around.before, PAGE_LINES)); near <= last; near++) {
    all.add(near);
  }
  const shown = [...all].sort((a, b) => a - b);
  return {
    lines: shown,
    leftOut: { before: start, after: lines.length - start - own.length },
    length: Math.min(PAGE_LINE_LENGTH, Math.floor(PAGE_LENGTH / shown.length)),
  };
}

/** What a page is made of beside its lines. */
export interface PageSource {
  finding: Finding;
  /** Of the log. */
  path: string;
  /** Lines of the log. */
  lineCount: number;
  around: Surroundings;
  /** What stands before a line of the log: its number, or its place where the log has several files. */
  labelOf: (line: number) => string;
  /** What else is to be said above the lines. */
  notes: readonly string[];
}

/**
 * Lays out a block in the log around it: what it is, and the lines with their numbers in the log. What the page adds is
 * ASCII, since VS Code draws boxes around other characters where a workspace is not trusted.
 * @param texts of the lines that {@link shownLines} names; each is cut at the length given there
 */
export function blockPage(
  { finding, path, lineCount, around, labelOf, notes }: PageSource,
  texts: readonly ShownLine[],
  messages: ResultMessages,
  t: Translate,
): BlockPage {
  const { lines: shown, leftOut, length } = shownLines(finding, around, lineCount);
  const own = new Set(finding.lines);
  const labels = Array.from(shown, labelOf);
  const width = Math.max(...labels.map((label) => label.length));
  const rows = [...blockHead(finding, path, messages, t), ...notes, ''];
  const page: Omit<BlockPage, 'text'> = {
    lines: rows.map(() => 0),
    suspiciousRow: undefined,
    ownRows: [],
    headers: [],
    more: [],
    numberEnd: MARK.length + width,
  };
  const addNote = (text: string, side?: Side): void => {
    const row = `${' '.repeat(width + MARK.length)} ... ${text}`;
    if (side === undefined || around[side] >= PAGE_LINES) {
      rows.push(row);
    } else {
      const link = t('show {0} more', MORE_LINES);
      page.more.push({ row: rows.length, side, start: row.length + 2, end: row.length + 2 + link.length });
      rows.push(`${row}, ${link}`);
    }
    page.lines.push(0);
  };
  const otherLines = (count: number): string =>
    count === 1 ? t('1 other line') : t('{0} other lines', messages.number(count));
  const [near, far] = nearLines(finding.line, around, lineCount);
  if (leftOut.before > 0) {
    addNote(t('the first {0} lines of this block are not shown', messages.number(leftOut.before)));
  }
  let written = NaN;
  const silence = isSilence(texts.map(({ time }) => time));
  shown.forEach((line, i) => {
    const { text, messageStart, time } = texts[i];
    const skipped = line - (shown[i - 1] ?? 0) - 1;
    const side = line === near ? 'before' : shown[i - 1] === far ? 'after' : undefined;
    const passed = time - written;
    const later = passed >= 1000 ? t('{0} later', durationText(passed, t)) : '';
    if (skipped > 0 && (i > 0 || side !== undefined)) {
      addNote([otherLines(skipped), later].filter((part) => part !== '').join(', '), side);
    } else if (i > 0 && skipped === 0 && silence(passed)) {
      addNote(later);
    }
    written = Number.isNaN(time) ? written : time;
    const isSuspicious = line === finding.line;
    if (isSuspicious) {
      page.suspiciousRow = rows.length;
    } else if (own.has(line)) {
      page.ownRows.push(rows.length);
    }
    const mark = isSuspicious ? SUSPICIOUS_MARK : own.has(line) ? OWN_MARK : MARK;
    const head = `${mark}${labels[i].padStart(width)} | `;
    if (messageStart > 0) {
      page.headers.push({ row: rows.length, start: head.length, end: head.length + Math.min(messageStart, length) });
    }
    page.lines.push(line);
    rows.push(head + clipped(text, length));
  });
  if (shown.at(-1) === far && far < lineCount) {
    addNote(otherLines(lineCount - far), 'after');
  }
  if (leftOut.after > 0) {
    addNote(t('the last {0} lines of this block are not shown', messages.number(leftOut.after)));
  }
  return { text: rows.join('\n') + '\n', ...page };
}

/** The first and the last line of the surroundings. */
function nearLines(line: number, { before, after }: Surroundings, lineCount: number): [number, number] {
  return [Math.max(1, line - before), Math.min(Math.max(lineCount, line), line + after)];
}

/** The page of a block whose lines cannot be shown. */
export function pageWithoutLines(rows: readonly string[]): BlockPage {
  return {
    text: rows.join('\n') + '\n',
    lines: rows.map(() => 0),
    suspiciousRow: undefined,
    ownRows: [],
    headers: [],
    more: [],
    numberEnd: 0,
  };
}

/** What a block is, above its lines. */
export function blockHead(finding: Finding, path: string, messages: ResultMessages, t: Translate): string[] {
  const { block, lines, firstTime, lastTime } = finding;
  return [
    [block, t('score {0}', messages.score(finding.score)), messages.lineCount(lines.length)].join(', '),
    escapeControls(path),
    ...(firstTime === null ? [] : [t('{0} to {1}', firstTime, lastTime!)]),
    messages.finding(finding),
  ];
}

const MARK = '  ';
const OWN_MARK = '* ';
const SUSPICIOUS_MARK = '> ';

function clipped(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)} [...]` : text;
}
