import type { EventTemplate, Severity } from './eventLog';

/** Beginnings and parts of words that speak of trouble in the logs of any system. */
const TROUBLE =
  /error|fail|fatal|panic|exception|denied|refus|timeout|timed out|time-out|abort|crash|invalid|unable|cannot|can't|could not|couldn't|not found|no such|missing|corrupt|lost|unreachable|kill|segfault|segmentation|traceback|critical|severe|illegal|unexpected|dead|overflow|reject|exceeded|broken|bad |violation|unauthori|forbidden|wrong|undefined|not permitted|conflict|exhaust|out of memory|oom|stack trace|core dump|disconnect|down\b|unavailable|unknown|interrupt|assert/gi;

/** Where such a word says that there was none. */
const NO_TROUBLE =
  /\b(?:0|no|without|zero) (?:error|fail|warning|exception)|errors?[:=] ?0\b|fail(?:ed|ures?)?[:=] ?0\b/gi;

/** How many words of trouble a text holds, "0 errors" and the like not counted. */
export function troubleCount(text: string): number {
  return text.replace(NO_TROUBLE, ' ').match(TROUBLE)?.length ?? 0;
}

/** Weight of a level; unknown ones count as normal. */
export function severityScore(severity: Severity): number {
  return severity === 'error' ? 2 : severity === 'warning' ? 1 : 0;
}

/** Reads texts of templates and says how much each sounds like trouble, as log odds; a text CNN. */
export interface TextJudge {
  logOdds(texts: readonly string[]): Promise<Float64Array>;
}

/**
 * How much each template sounds like trouble: words of trouble (three at most), the level, and with a small weight what
 * the text CNN says, which helps on most systems but must not decide alone.
 */
export async function lexicalScores(
  templates: readonly EventTemplate[],
  textJudge: TextJudge | undefined,
): Promise<Float64Array> {
  const odds = await textJudge?.logOdds(templates.map(({ text }) => text));
  return Float64Array.from(templates, ({ text, severity }, i) => {
    const read = odds === undefined ? 0 : Math.max(-3, Math.min(3, odds[i]));
    return Math.min(troubleCount(text), 3) + 0.5 * severityScore(severity) + 0.3 * read;
  });
}
