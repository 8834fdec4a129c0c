import { basename, relative, sep } from 'node:path';
import { RE2JS } from 're2js';
import { BoundedPattern, PatternError, quoted } from '../../core/patterns/boundedPattern';

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
 * @throws PatternError if one is too large; the message is one sentence
 */
export function checkFilePatterns(patterns: readonly string[]): void {
  for (const pattern of patterns) {
    try {
      expressionOf(pattern);
    } catch (error) {
      throw error instanceof PatternError
        ? new PatternError(`The file pattern ${quoted(pattern)} ${error.message}`)
        : error;
    }
  }
}

function matches(pattern: string, path: string): boolean {
  const expression = expressionOf(pattern);
  const bytes = new TextEncoder().encode(path);
  expression.begin(bytes, 0, bytes.length);
  return expression.next();
}

/** @throws PatternError if it is too large */
function expressionOf(pattern: string): BoundedPattern {
  const text = pattern
    .replace(/^\.?\//, '')
    .replace(/\*\*\/|\*\*|[*?{},]|[^*?{},]+/g, (part) => PARTS[part] ?? RE2JS.quote(part));
  try {
    return whole(text);
  } catch {
    // Braces that do not close stand for themselves.
    return whole(RE2JS.quote(pattern));
  }
}

function whole(expression: string): BoundedPattern {
  return new BoundedPattern(`\\A(?:${expression})\\z`, undefined, true);
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
