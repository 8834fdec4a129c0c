import type { EventTemplate, LogKind, Severity } from '../../events/eventLog';

/** Beginnings and parts of words that speak of trouble in the logs of any system. */
const TROUBLE =
  /error|fail|fatal|panic|exception|denied|refus|timeout|timed out|time-out|abort|crash|invalid|unable|cannot|can't|could not|couldn't|not found|no such|missing|corrupt|lost|unreachable|kill|segfault|segmentation|traceback|critical|severe|illegal|unexpected|dead|overflow|reject|exceeded|broken|bad |violation|unauthori|forbidden|wrong|undefined|not permitted|conflict|exhaust|out of memory|\boom\b|stack trace|core dump|disconnect|down\b|unavailable|unknown|interrupt|assert/gi;

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

/** How the words, the level and the text CNN count in a lexical score. */
interface LexicalWeights {
  /** More words of trouble than this say no more. */
  words: number;
  level: number;
  /** Weight of the text CNN's log odds, clipped to ±3; a text without words has the least. */
  text: number;
}

/**
 * The weights by what the blocks are. In the console output of a run nothing else is to be had, and the text CNN, which
 * learned from such, helps most; on sessions and streams it was found to harm. In a stream the number of words mirrors
 * the length of the message.
 */
export const LEXICAL_WEIGHTS: Readonly<Record<LogKind, LexicalWeights>> = {
  sessions: { words: 3, level: 0.5, text: 0 },
  stream: { words: 1, level: 1, text: 0 },
  console: { words: 3, level: 0.5, text: 0.5 },
};

/**
 * How much each template sounds like trouble: its words of trouble, its level, and what the text CNN says.
 * @param textJudge the text CNN; asked only where it counts
 */
export async function lexicalScores(
  templates: readonly EventTemplate[],
  weights: LexicalWeights,
  textJudge: TextJudge | undefined,
): Promise<Float64Array> {
  const odds = weights.text > 0 ? await textJudge?.logOdds(templates.map(({ text }) => text)) : undefined;
  return Float64Array.from(templates, ({ text, severity }, i) => {
    const read = odds === undefined ? 0 : /[A-Za-z]/.test(text) ? Math.max(-3, Math.min(3, odds[i])) : -3;
    const words = Math.min(troubleCount(text), weights.words);
    return words + weights.level * severityScore(severity) + weights.text * read;
  });
}
