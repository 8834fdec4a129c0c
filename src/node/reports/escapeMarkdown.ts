import { escapeControls } from '../../core/findings/escapeControls';

/** Of what sites make links or pictures in text that Markdown lets through: names, issues, addresses, commits, emoji. */
const LINKED = /@|#\d|www\.|:\/\/|:(?:[\w+-]*[a-z][\w+-]*|[+-]1|100|1234):|\b[0-9a-f]{7,40}\b/i;
/** What acts in a line of Markdown, and what does at its beginning. */
const MARKS = /[\\`*_{}[\]<>()#|~&!$^]|^[-+=]|(?<=^\d+)\./g;

/**
 * A text for the middle of a line of Markdown (CommonMark and GitHub's), in which nothing acts. One of which a site would make
 * links is shown as code.
 */
export function escapeMarkdown(text: string): string {
  const shown = escapeControls(text).trim();
  return LINKED.test(shown) ? codeSpan(shown) : shown.replace(MARKS, '\\$&');
}

/** A text as code in the middle of a line. */
export function codeSpan(text: string): string {
  const shown = escapeControls(text).trim();
  const fence = '`'.repeat(longestRun(shown) + 1);
  return shown === '' ? '' : `${fence} ${shown} ${fence}`;
}

/** Lines as a block of code. */
export function codeBlock(lines: readonly string[]): string {
  const shown = lines.map((line) => escapeControls(line));
  const fence = '`'.repeat(Math.max(3, 1 + Math.max(...shown.map(longestRun))));
  return `${fence}text\n${shown.join('\n')}\n${fence}\n`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
