import { readFileSync } from 'node:fs';
import { logChunks, readLines } from '../anylog/dataSets';
import { maskLine } from '../anylog/parseLines';
import { labelledLogs } from '../systems/labelledFolder';

/** A text of a log, its level taken out, and whether a person called a line with it the trouble. */
interface LabelledText {
  text: string;
  grave: boolean;
}

/** Fields of a line of Blue Gene/L before its message. */
const BGL_FIELDS = 6;

/** Logs whose lines people labelled: of each the distinct texts, grave if any line with the text is. */
export function labelledLines(): { name: string; logs: LabelledText[][] }[] {
  const bgl = readLines('bgl/BGL_dev.log.gz').map((line) => line.split(' '));
  const inRanges = (lines: readonly string[], ranges: readonly { first: number; last: number }[]): LabelledText[] =>
    distinct(lines.map((line, i) => [line, ranges.some(({ first, last }) => i >= first && i <= last)]));
  const logs = {
    'BGL_dev alerts': [distinct(bgl.map((fields) => [fields.slice(BGL_FIELDS).join(' '), fields[0] !== '-']))],
    'ci_travis causes': logChunks().map(({ lines, first, last }) => inRanges(lines, [{ first, last }])),
    'minecraft problems': labelledLogs({ name: 'minecraft' }).map(({ file, causes }) =>
      inRanges(
        readFileSync(file, 'utf8').split(/\r\n|\r|\n/),
        causes.map(({ first, last }) => ({ first: first - 1, last: last - 1 })),
      ),
    ),
  };
  return Object.entries(logs).map(([name, found]) => ({
    name,
    logs: found.filter((texts) => texts.some(({ grave }) => grave) && texts.some(({ grave }) => !grave)),
  }));
}

function distinct(lines: readonly (readonly [line: string, grave: boolean])[]): LabelledText[] {
  const found = new Map<string, boolean>();
  for (const [line, grave] of lines) {
    // The masks write 0 for any number; "0 errors" would then say that there were none.
    const text = maskLine(line).text.replace(/\b0\b/g, '<*>');
    if (/[A-Za-z]{2}/.test(text)) {
      found.set(text, grave || found.get(text) === true);
    }
  }
  return [...found].map(([text, grave]) => ({ text, grave }));
}
