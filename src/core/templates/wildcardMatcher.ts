import { LINE_UNITS } from '../patterns/boundedPattern';
import { LineWatch } from '../patterns/lineWatch';
import type { EventMatcher } from './eventMatcher';
import { maskMessage, WILDCARD } from './masking';

/** Characters that are compared in the time of one unit of work, see BoundedPattern. */
const CHARACTERS_PER_UNIT = 8;
/** What it costs to begin with a template or a literal text, in characters. */
const BEGIN_CHARACTERS = 16;
/**
 * Characters of a literal text that are looked for at once: a search may compare all of them at each place, and only so many
 * times more than it passes is harmless.
 */
const HEAD_CHARACTERS = 32;

/** What searches may still cost, in characters. */
interface Budget {
  characters: number;
}

interface Pattern {
  index: number;
  /** Literal texts between the wildcards. */
  literals: string[];
  /** Characters of all literals: the more, the more specific. */
  weight: number;
}

/**
 * Matches messages against templates in which `<*>` stands for any text, also none and also several words: the form of
 * template lists that were made by hand or published with a data set. Of several that match, the one with the most
 * literal characters is taken, then the first. A message has a share of work, as lines have of patterns: one that has used it
 * up has no template.
 */
export class WildcardMatcher implements EventMatcher {
  private readonly patterns: Pattern[];

  /**
   * @param templates literal text with `<*>` for the variable parts
   * @param watch is told what they cost
   */
  constructor(
    templates: readonly string[],
    private readonly watch = new LineWatch(),
  ) {
    this.patterns = templates.map((template, index) => {
      const literals = maskTemplate(template).split(WILDCARD);
      return { index, literals, weight: literals.reduce((sum, literal) => sum + literal.length, 0) };
    });
    this.patterns.sort((a, b) => b.weight - a.weight || a.index - b.index);
  }

  match(masked: string): number {
    const budget = { characters: LINE_UNITS * CHARACTERS_PER_UNIT };
    const found = this.patterns.find(
      ({ literals }) => budget.characters < 0 || matchesWildcards(literals, masked, budget),
    );
    this.watch.spend(LINE_UNITS - Math.floor(budget.characters / CHARACTERS_PER_UNIT));
    return budget.characters < 0 ? -1 : (found?.index ?? -1);
  }
}

/** The template's own words with digits are masked as the message's are, or else they could never be equal. */
function maskTemplate(template: string): string {
  const encoder = new TextEncoder();
  return template
    .split(WILDCARD)
    .map((literal) => {
      const bytes = encoder.encode(literal);
      return maskMessage(bytes, 0, bytes.length);
    })
    .join(WILDCARD);
}

/**
 * Wildcard matching in linear time: each literal is taken at its first place, the last one at the end.
 * @param literals the texts between the wildcards
 * @param budget what it costs is taken off; where it is used up, the text does not match
 */
export function matchesWildcards(
  literals: readonly string[],
  text: string,
  budget: Budget = { characters: Infinity },
): boolean {
  const last = literals.length - 1;
  budget.characters -= BEGIN_CHARACTERS + Math.min(text.length, literals[0].length + literals[last].length);
  if (last === 0) {
    return text === literals[0];
  }
  if (!text.startsWith(literals[0]) || !text.endsWith(literals[last])) {
    return false;
  }
  let position = literals[0].length;
  const limit = text.length - literals[last].length;
  for (let i = 1; i < last; i++) {
    const found = search(text, literals[i], position, budget);
    if (found < 0) {
      return false;
    }
    position = found + literals[i].length;
  }
  return position <= limit;
}

/** Where a literal text comes next; −1 if it does not, or if the budget is used up. */
function search(text: string, literal: string, from: number, budget: Budget): number {
  const head = literal.length > HEAD_CHARACTERS ? literal.slice(0, HEAD_CHARACTERS) : literal;
  for (;;) {
    const found = text.indexOf(head, from);
    budget.characters -= BEGIN_CHARACTERS + (found < 0 ? text.length : found) - from;
    if (found < 0 || budget.characters < 0) {
      return -1;
    }
    if (head === literal) {
      return found;
    }
    budget.characters -= literal.length;
    if (text.startsWith(literal, found)) {
      return found;
    }
    from = found + 1;
  }
}
