import { escapeControls } from '../../core/findings/escapeControls';
import type { Finding } from '../../core/findings/finding';
import type { Translate } from '../base/translate';
import type { ResultMessages } from '../results/resultMessages';

/** How many lines of a block a page shows at most. */
export const PAGE_LINES = 10_000;
/** Characters of a line that a page shows at most. */
export const PAGE_LINE_LENGTH = 2_000;
/** Characters of all its lines: an editor opens as much within a second or two. */
const PAGE_LENGTH = 2_000_000;

/** A block as one page of text. */
export interface BlockPage {
  text: string;
  /** Line of the log that each row of the page shows, counted from 1; 0 for a row that shows none. */
  lines: number[];
  /** Row of the most suspicious line, counted from 0; undefined if the page shows no lines. */
  suspiciousRow: number | undefined;
  /** Column at which the numbers end, counted from 0. */
  numberEnd: number;
}

/** What a page shows of a block. */
export interface ShownLines {
  /** Places `start…end` (without `end`) of the block's lines: all, or those around the most suspicious one. */
  start: number;
  end: number;
  /** Characters after which a line is cut. */
  length: number;
}

/** How much of a block fits on its page. */
export function shownLines({ lines, line }: Finding): ShownLines {
  const start = Math.max(0, Math.min(lines.indexOf(line) - PAGE_LINES / 2, lines.length - PAGE_LINES));
  const end = Math.min(lines.length, start + PAGE_LINES);
  return { start, end, length: Math.min(PAGE_LINE_LENGTH, Math.floor(PAGE_LENGTH / (end - start))) };
}

/**
 * Lays out a block: what it is, and its lines with their numbers in the log.
 * @param path of the log
 * @param labelOf what stands before a line of the log: its number, or its place where the log has several files
 * @param texts of the lines that {@link shownLines} names; each is cut at the length given there
 * @param notes what else is to be said above the lines
 */
export function blockPage(
  finding: Finding,
  path: string,
  labelOf: (line: number) => string,
  texts: readonly string[],
  notes: readonly string[],
  messages: ResultMessages,
  t: Translate,
): BlockPage {
  const { start, end, length } = shownLines(finding);
  const shown = finding.lines.subarray(start, end);
  const labels = Array.from(shown, labelOf);
  const width = Math.max(...labels.map((label) => label.length));
  const rows = [...blockHead(finding, path, messages, t), ...notes, ''];
  const lines = rows.map(() => 0);
  const add = (row: string, line: number): void => {
    rows.push(row);
    lines.push(line);
  };
  const addGap = (text: string): void => add(`${' '.repeat(width + MARK.length)}⋯ ${text}`, 0);
  if (start > 0) {
    addGap(t('the first {0} lines of this block are not shown', messages.number(start)));
  }
  let suspiciousRow: number | undefined;
  shown.forEach((line, i) => {
    const skipped = i === 0 ? 0 : line - shown[i - 1] - 1;
    if (skipped > 0) {
      addGap(skipped === 1 ? t('1 other line') : t('{0} other lines', messages.number(skipped)));
    }
    const isSuspicious = line === finding.line;
    if (isSuspicious) {
      suspiciousRow = rows.length;
    }
    add(`${isSuspicious ? SUSPICIOUS_MARK : MARK}${labels[i].padStart(width)} │ ${clipped(texts[i], length)}`, line);
  });
  if (end < finding.lines.length) {
    addGap(t('the last {0} lines of this block are not shown', messages.number(finding.lines.length - end)));
  }
  return {
    text: rows.join('\n') + '\n',
    lines,
    suspiciousRow,
    numberEnd: MARK.length + width,
  };
}

/** The page of a block whose lines cannot be shown. */
export function pageWithoutLines(rows: readonly string[]): BlockPage {
  return {
    text: rows.join('\n') + '\n',
    lines: rows.map(() => 0),
    suspiciousRow: undefined,
    numberEnd: 0,
  };
}

/** What a block is, above its lines. */
export function blockHead(finding: Finding, path: string, messages: ResultMessages, t: Translate): string[] {
  const { block, firstTime, lastTime } = finding;
  return [
    `${messages.block(block)} · ${t('score {0}', messages.figures(finding))}`,
    escapeControls(path),
    ...(firstTime === null ? [] : [t('{0} to {1}', firstTime, lastTime!)]),
    messages.finding(finding),
  ];
}

const MARK = '  ';
const SUSPICIOUS_MARK = '→ ';

function clipped(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)} […]` : text;
}
