import { basename, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import { RE2JS } from 're2js';
import { UserError } from '../../core/errors/userError';
import { BoundedPattern, PATTERN_LENGTH, patternName } from '../../core/patterns/boundedPattern';

/** File patterns are the same on every system, and nothing but what the documentation names has a meaning in them. */
const SYNTAX = {
  dot: true,
  posix: true,
  windows: false,
  noextglob: true,
  nonegate: true,
  keepQuotes: true,
  strictSlashes: true,
} as const;

/**
 * What picomatch asks of the text ahead, which RE2 cannot: that a wildcard stands for something, and not for the folders
 * `.` and `..`. In the path of a file neither occurs.
 */
const LOOKAHEADS = /\(\?=\.\)|\(\?!(?:\(\?:\^\|\\\/\))?\\\.(?:\{1,2\})?\(\?:\\\/\|\$\)\)/g;

/**
 * The first of some glob patterns that a file has: `*` stands for any characters but `/`, `?` for one of them, `**` for
 * any folders, `{a,b}` for either, `[0-9]` for one of the characters. A pattern without `/` looks at the file's name, any
 * other at its path.
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

/**
 * The pattern as an expression of RE2, which needs linear time: that of picomatch can take for ever on a hostile pattern.
 * So can picomatch itself where backslashes follow each other.
 * @throws UserError if it is too large, or has a backslash
 */
function expressionOf(pattern: string): BoundedPattern {
  if (pattern.length > PATTERN_LENGTH) {
    throw new UserError('pattern-too-long', {
      pattern: patternName('file-pattern', pattern),
      length: pattern.length,
      most: PATTERN_LENGTH,
    });
  }
  if (pattern.includes('\\')) {
    throw new UserError('pattern-backslash', { pattern: patternName('file-pattern', pattern), example: '[*]' });
  }
  const glob = pattern.replace(/^\.?\//, '');
  if (glob === '') {
    return whole('', pattern);
  }
  const { source } = picomatch.makeRe(glob.replace(/[()|]/g, '\\$&'), SYNTAX);
  // Brackets and braces that do not close, of which picomatch makes what matches nothing, stand for themselves.
  return whole(
    source === '$^' ? RE2JS.quote(glob) : source.replace(LOOKAHEADS, '').replace(/\\(?=[^\x20-\x7e])/g, ''),
    pattern,
  );
}

function whole(expression: string, pattern: string): BoundedPattern {
  return new BoundedPattern(`\\A(?:${expression})\\z`, patternName('file-pattern', pattern), undefined, true);
}
