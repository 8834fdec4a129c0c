import type { EventTemplate, Severity } from '../../events/eventLog';
import { troubleCount } from '../lexicon/troubleWords';

/** Weight of a level; unknown ones count as normal. */
export function severityScore(severity: Severity): number {
  return severity === 'error' ? 2 : severity === 'warning' ? 1 : 0;
}

/** How the words and the level count in a lexical score. */
interface LexicalWeights {
  /** More words of trouble than this say no more. */
  words: number;
  level: number;
}

/**
 * The weights by what is judged. In a stream the number of words mirrors the length of the message. What is said besides,
 * and the output of runs, is up to Suspicion.
 */
export const LEXICAL_WEIGHTS = {
  sessions: { words: 3, level: 0.5 },
  stream: { words: 1, level: 1 },
  console: { words: 3, level: 0.5 },
} as const satisfies Record<string, LexicalWeights>;

/** How much each template sounds like trouble: its words of trouble and its level. */
export function lexicalScores(templates: readonly EventTemplate[], weights: LexicalWeights): Float64Array {
  return Float64Array.from(
    templates,
    ({ text, severity }) => Math.min(troubleCount(text), weights.words) + weights.level * severityScore(severity),
  );
}
