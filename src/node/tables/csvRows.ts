import { stringify } from 'csv-stringify/sync';
import { escapeControls } from '../../core/findings/escapeControls';

/** What a spreadsheet takes for the beginning of a formula, also behind blanks, and behind apostrophes that are text. */
const FORMULA = /^['\s]*[=+\-@＝＋－＠]/;
/** A number is no formula, whatever its sign: keys of sessions may be negative. */
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * Rows of CSV whose texts are of a log, to be opened by people too: what would steer a terminal is escaped
 * ({@link escapeControls}), and a text that a spreadsheet would compute gets an apostrophe before it, as one that begins
 * with an apostrophe and such a text does, so that `^'(['\s]*[=+\-@…])` → `$1` gives back what was there. Numbers stay numbers.
 */
export function csvRows(rows: readonly (readonly (string | number)[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { cast: { string: textCell } },
  );
}

function textCell(text: string): string {
  const shown = escapeControls(text);
  return FORMULA.test(shown) && !NUMBER.test(shown) ? `'${shown}` : shown;
}
