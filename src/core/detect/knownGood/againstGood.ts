/** What a template that the good logs do not have counts beside its words. */
const NEW_TEMPLATE = 4;

/** From this score on a record is remarkable: a new template that says anything grave, or is just new and unusual. */
export const AGAINST_GOOD_CUT = 5.5;

/**
 * Scores templates against logs that are believed good: what these do not have is remarkable, the more the graver it
 * sounds; what they have is not, whatever it says, for a healthy log too speaks of errors.
 * @param goodCounts per template how often the good logs have it
 * @param lexical per template, see lexicalScores
 */
export function scoresAgainstGood(goodCounts: ArrayLike<number>, lexical: ArrayLike<number>): Float64Array {
  return Float64Array.from(lexical, (words, template) => (goodCounts[template] > 0 ? 0 : NEW_TEMPLATE + words));
}
