import { withoutControls } from './escapeControls';
import { WILDCARD } from '../templates/masking';

/** Longest template in a reason, in characters. */
const LENGTH_LIMIT = 80;

/**
 * A template as it is shown in a sentence: wildcards stand apart from words, those at the ends and control characters
 * are left out, and a long one is shortened.
 */
export function templateText(template: string): string {
  const words = template
    .split(WILDCARD)
    .map((literal) =>
      withoutControls(literal)
        .replace(/[\s`]+/g, ' ')
        .trim(),
    )
    .map((literal) => (/^[:,;.]?$/.test(literal) ? '' : literal));
  while (words.length > 1 && words[0] === '') {
    words.shift();
  }
  while (words.length > 1 && words.at(-1) === '') {
    words.pop();
  }
  const text = words
    .join(` ${WILDCARD} `)
    .replace(/(?:<\*> +)+<\*>/g, WILDCARD)
    .replace(/^[:,;. ]+/, '')
    .trim();
  if (text === '') {
    return WILDCARD;
  }
  return text.length > LENGTH_LIMIT
    ? `${text
        .slice(0, LENGTH_LIMIT - 1)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()}…`
    : text;
}
