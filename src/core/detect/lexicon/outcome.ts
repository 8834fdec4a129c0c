/** With which outcome a run, a step or a program has ended. */
const OUTCOME =
  /\bexit(?:ed)?\b.{0,12}\b(?:code|status|value)\b|\bexited with\b|\bnon-?zero\b|\bbuild (?:failed|failure)\b|\bfinished: |\*\*\* \[.*\] error\b|\bnpm err!|\bjob failed\b|\bsee above\b/i;

/**
 * Whether a message merely says with which outcome something has ended, such as `Process completed with exit code 1` or
 * `BUILD FAILURE`: the reason stands elsewhere.
 * @param text a message or a template, without time and level
 */
export function saysOutcome(text: string): boolean {
  return OUTCOME.test(text);
}
