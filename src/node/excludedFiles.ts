import { basename, relative, sep } from 'node:path';
import { RE2JS } from 're2js';

/**
 * The first of some glob patterns that a file has: `*` stands for any characters but `/`, `?` for one of them, `**` for
 * any folders, `{a,b}` for either. A pattern without `/` looks at the file's name, any other at its path.
 * @param folder at which paths begin
 */
export function excludingPattern(file: string, folder: string, patterns: readonly string[]): string | undefined {
  const path = relative(folder, file).split(sep).join('/');
  return patterns.find((pattern) => expressionOf(pattern).matches(pattern.includes('/') ? path : basename(file)));
}

/** In RE2JS, whose time is linear whatever the pattern. */
function expressionOf(pattern: string): RE2JS {
  const text = pattern
    .replace(/^\.?\//, '')
    .replace(/\*\*\/|\*\*|[*?{},]|[^*?{},]+/g, (part) => PARTS[part] ?? RE2JS.quote(part));
  try {
    return RE2JS.compile(text);
  } catch {
    // Braces that do not close stand for themselves.
    return RE2JS.compile(RE2JS.quote(pattern));
  }
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
