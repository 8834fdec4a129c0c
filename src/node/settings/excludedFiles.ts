import { basename, relative, sep } from 'node:path';
import { RE2JS } from 're2js';
import { BoundedPattern, patternName } from '../../core/patterns/boundedPattern';

/**
 * The first of some glob patterns that a file has: `*` stands for any characters but `/`, `?` for one of them, `**` for
 * any folders, `{a,b}` for either. A pattern without `/` looks at the file's name, any other at its path.
 * @param folder at which paths begin
 */
export function excludingPattern(file: string, folder: string, patterns: readonly string[]): string | undefined {
  const path = relative(folder, file).split(sep).join('/');
  return patterns.find((pattern) => matches(pattern, pattern.includes('/') ? path : basename(file)));
}

/**
 * Makes sure that file patterns can be used.
 * @throws UserError if one is too large
 */
export function checkFilePatterns(patterns: readonly string[]): void {
  for (const pattern of patterns) {
    expressionOf(pattern);
  }
}

function matches(pattern: string, path: string): boolean {
  const expression = expressionOf(pattern);
  const bytes = new TextEncoder().encode(path);
  expression.begin(bytes, 0, bytes.length);
  return expression.next();
}

/** @throws UserError if it is too large */
function expressionOf(pattern: string): BoundedPattern {
  const text = pattern
    .replace(/^\.?\//, '')
    .replace(/\*\*\/|\*\*|[*?{},]|[^*?{},]+/g, (part) => PARTS[part] ?? RE2JS.quote(part));
  try {
    return whole(text, pattern);
  } catch {
    // Braces that do not close stand for themselves.
    return whole(RE2JS.quote(pattern), pattern);
  }
}

function whole(expression: string, pattern: string): BoundedPattern {
  return new BoundedPattern(`\\A(?:${expression})\\z`, patternName('file-pattern', pattern), undefined, true);
}

const PARTS: Record<string, string> = {
  '**/': '(?:[^/]+/)*',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
  '{': '(?:',
  '}': ')',
  ',': '|',
};
