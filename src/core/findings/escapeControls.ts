/**
 * What acts on whoever shows a text instead of being shown: control characters (C0, DEL, C1), line and paragraph
 * separators, bidirectional controls (Trojan Source, CVE-2021-42574), lone surrogates, and what is invisible (soft hyphen,
 * zero-width space, word joiner, invisible operators, byte order mark, annotation marks, tags). U+200C and U+200D are not
 * among them: honest words and emoji are joined by them.
 */
const CONTROL = String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u{ad}\u{200b}\u{2060}-\u{2064}\u{206a}-\u{206f}\u{feff}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}]`;
const CONTROLS = new RegExp(CONTROL, 'gu');
const IS_CONTROL = new RegExp(`^${CONTROL}$`, 'u');
/** Controls, and what is written like the escape of one. */
const TO_ESCAPE = new RegExp(String.raw`${CONTROL}|\\u[0-9a-f]{4}`, 'gu');
const BACKSLASH = String.raw`\u005c`;

/**
 * A text in which nothing can steer a terminal, forge a line or cell, or turn the direction of what follows: each UTF-16
 * unit of such a character is written as `\u` and four hexadecimal digits, as in JSON. The backslash of a text that looks
 * like such an escape becomes `\u005c`, so the text can be had back. All other text stays as it is.
 */
export function escapeControls(text: string): string {
  return text.replace(TO_ESCAPE, (found) => (found.startsWith('\\') ? escapeLookalike(found) : escapeUnits(found)));
}

/** The text that {@link escapeControls} was given. */
export function unescapeControls(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})/g, (found, code: string) => {
    const character = String.fromCharCode(Number.parseInt(code, 16));
    return IS_CONTROL.test(character) || character === '\\' || character === '#' ? character : found;
  });
}

/** {@link escapeControls} for a line of a log that keeps its tabs. */
export function escapeLine(line: string): string {
  return line.split('\t').map(escapeControls).join('\t');
}

/** {@link escapeControls} for a row of cells: one that begins with `#` begins with `\u0023`, so that it is no comment. */
export function escapeHash(row: string): string {
  return row.replace(/^#/, String.raw`\u0023`);
}

/** A text with blanks in place of what {@link escapeControls} escapes: what it says, not how it is written. */
export function withoutControls(text: string): string {
  return text.replace(CONTROLS, ' ');
}

/**
 * `JSON.stringify` whose text is as harmless as that of {@link escapeControls}, and parses to exactly the same value.
 * @param indent blanks of each level; all on one line if left out
 */
export function jsonText(value: unknown, indent?: number): string {
  // A line end in JSON stands between values, never in one.
  return JSON.stringify(value, null, indent).replace(CONTROLS, (found) =>
    found === '\n' ? found : escapeUnits(found),
  );
}

function escapeUnits(character: string): string {
  let escaped = '';
  for (let i = 0; i < character.length; i++) {
    escaped += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}

/** An escape that stands in a text by itself, if this module could have written it. */
function escapeLookalike(found: string): string {
  const character = String.fromCharCode(Number.parseInt(found.slice(2), 16));
  return IS_CONTROL.test(character) || character === '\\' || character === '#' ? BACKSLASH + found.slice(1) : found;
}
