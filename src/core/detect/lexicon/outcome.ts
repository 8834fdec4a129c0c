/** With which outcome a run, a step or a program has ended. */
const OUTCOME =
  /\bexit(?:ed)?\b.{0,12}\b(?:code|status|value)\b|\bexited with\b|\bnon-?zero\b|\bbuild (?:failed|failure)\b|\bfinished: |\*\*\* \[.*\] error\b|\bnpm err!|\bjob failed\b|\bsee above\b|^\W*(?:fail(?:ed|ures?)?|errors?)\W+(?:<\*>|\d+)\W*$|^\W*(?:<\*>|\d+) (?:failing|failed|failures?|errors?)\b/i;

/**
 * Whether a message merely says with which outcome something has ended, such as `Process completed with exit code 1` or
 * `BUILD FAILURE`: the reason stands elsewhere.
 * @param text a message or a template, without time and level
 */
export function saysOutcome(text: string): boolean {
  return OUTCOME.test(text);
}

/** Marks of what went well, or was not expected to: `✓ adds`, `ok 3 - parses`, `… PASSED [ 12%]`, `XFAIL REASON: …`. */
const PASSED =
  /^\W{0,6}(?:ok\b|pass(?:ed)?\b|[✓✔․√])|\bXFAIL\b|\.\.\. ?ok$|\b(?:passed|ok|skipped|skip)\b\W*(?:<\*>|\d+)?\W*$/i;

/**
 * Whether a line marks a test or a step as passed, skipped, or known to fail, whatever words its name has.
 * @param text a message or a template, without time and level
 */
export function saysPassed(text: string): boolean {
  return PASSED.test(text);
}
