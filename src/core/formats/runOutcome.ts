/** How a run, or a step of one, ended by what a line of its output says. */
export type Outcome = 'failed' | 'succeeded';

/** Exit codes, counts and words of what failed. */
const FAILED = [
  String.raw`\bexit(?:ed|s)?\b(?: with| in)?(?: an?)?(?: error)?(?: code| status| value)?:? ?\(?-?[1-9]`,
  String.raw`\bnon-?zero (?:exit|return|status)`,
  String.raw`\b(?:return|exit) ?code:? -?[1-9]`,
  String.raw`\bbuild (?:has )?fail(?:ed|ure)?\b`,
  String.raw`^finished: (?:failure|aborted|unstable)`,
  String.raw`\bjob failed\b`,
  String.raw`\b[1-9]\d*(?: \w+)? (?:failed|failing|failures?|errors?)\b`,
  String.raw`\b(?:fail(?:ed|ures?|s)?|errors?)\b ?[:=] ?[1-9]`,
  String.raw`^\W*fail(?:ed|ures?)?\W+[1-9]\d*\W*$`,
  String.raw`^(?:g?make|ninja)(?:\[\d+\])?: (?:\*\*\*|build stopped)`,
  String.raw`\btest result: failed`,
  String.raw`^fail(?:ed)?\b`,
  String.raw`^failure: `,
  String.raw`##\[error\]`,
  String.raw`\belifecycle\b`,
  String.raw`^npm err(?:!|or) `,
  String.raw`^error: command .* failed`,
];
/** The same of what succeeded. */
const SUCCEEDED = [
  String.raw`\bexit(?:ed|s)?\b(?: with)?(?: code| status| value)?:? ?\(?0\b(?!\.\d)`,
  String.raw`\bbuild (?:success|succeeded\b)`,
  String.raw`^finished: success`,
  String.raw`\bjob succeeded\b`,
  String.raw`\btest result: ok\b`,
  String.raw`\ball (?:\w+ )?(?:tests|checks) passed\b`,
  String.raw`^ok \(\d`,
  String.raw`\bsuccessfully (?:built|completed|finished)\b`,
  String.raw`\b0 (?:failed|failing|failures)\b`,
  String.raw`\bfail(?:ed|ures?)\b ?[:=] ?0\b`,
];
const SAYS_FAILED = new RegExp(FAILED.join('|'), 'i');
const SAYS_SUCCEEDED = new RegExp(SUCCEEDED.join('|'), 'i');

/** Characters of a line that are looked at: an outcome is told in few words. */
export const OUTCOME_LENGTH = 300;

/**
 * What a line of a run's output says of how something ended, by exit codes, counts and words; undefined if it says nothing
 * of it.
 * @param line its message, without the header that a build service puts before it
 */
export function outcomeOf(line: string): Outcome | undefined {
  const beginning = line.slice(0, OUTCOME_LENGTH).trimStart();
  return SAYS_FAILED.test(beginning) ? 'failed' : SAYS_SUCCEEDED.test(beginning) ? 'succeeded' : undefined;
}

/** Whether lines that differ from this one in their numbers alone may say of something how it ended. */
export function mayTellOutcome(line: string): boolean {
  return outcomeOf(line) !== undefined || ['0', '1'].some((digit) => outcomeOf(line.replace(/\d+/g, digit)));
}
