import type { EventMatcher } from './eventMatcher';
import { maskMessage, WILDCARD } from './masking';

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
 * literal characters is taken, then the first.
 */
export class WildcardMatcher implements EventMatcher {
  private readonly patterns: Pattern[];

  /** @param templates literal text with `<*>` for the variable parts */
  constructor(templates: readonly string[]) {
    this.patterns = templates.map((template, index) => {
      const literals = maskTemplate(template).split(WILDCARD);
      return { index, literals, weight: literals.reduce((sum, literal) => sum + literal.length, 0) };
    });
    this.patterns.sort((a, b) => b.weight - a.weight || a.index - b.index);
  }

  match(masked: string): number {
    for (const { index, literals } of this.patterns) {
      if (matchesWildcards(literals, masked)) {
        return index;
      }
    }
    return -1;
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
 */
export function matchesWildcards(literals: readonly string[], text: string): boolean {
  const last = literals.length - 1;
  if (last === 0) {
    return text === literals[0];
  }
  if (!text.startsWith(literals[0]) || !text.endsWith(literals[last])) {
    return false;
  }
  let position = literals[0].length;
  const limit = text.length - literals[last].length;
  for (let i = 1; i < last; i++) {
    const found = text.indexOf(literals[i], position);
    if (found < 0) {
      return false;
    }
    position = found + literals[i].length;
  }
  return position <= limit;
}
