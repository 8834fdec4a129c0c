import fc from 'fast-check';

/** Pieces with which a text could act on a terminal, a spreadsheet, a viewer or a reader of lines. */
const PIECES = [
  '\x1b]0;pwned\x07',
  '\x1b[2J',
  '\x9b2J',
  '\x9d0;x\x9c',
  '\0',
  '\b',
  '\x7f',
  '\t',
  '\n',
  '\r',
  '\v',
  '\f',
  '\x85',
  '\u2028',
  '\u2029',
  '\u061c',
  '\u200e',
  '\u200f',
  '\u202e',
  '\u2066',
  '\u2069',
  '\u200b',
  '\ufeff',
  '\u{e0041}',
  '\ud83d',
  '\ude00',
  '😀',
  '\\u001b',
  '\\u005c',
  '\\u0023',
  '\\u00',
  '\\',
  'u001b',
  '#',
  '=',
  '+',
  '-',
  '@',
  '＝',
  "'",
  '"',
  ',',
  ';',
  '|',
  '=cmd|calc!A0',
  '[a](https://evil.example/)',
  '[a](1)',
  '{0}',
  '{{',
  '}',
  '[',
  ']',
  '<',
  '>',
  '`',
  '$(error)',
  '%41',
  '/',
  'blk_-12',
  '1+1',
  ' ',
];

/** Texts as a log, a setting or a path may have them, and worse. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES),
      fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/**
 * The characters of a text that act instead of being shown, but for line ends; found by their numbers, so that a test need
 * not trust the code that it tests.
 */
export function rawControls(text: string): string[] {
  return [...text].filter((character) => {
    const code = character.codePointAt(0)!;
    const isC0 = code < 0x20 && character !== '\n';
    const isC1 = code >= 0x7f && code <= 0x9f;
    const isBidi =
      code === 0x61c ||
      code === 0x200e ||
      code === 0x200f ||
      (code >= 0x202a && code <= 0x202e) ||
      (code >= 0x2066 && code <= 0x2069);
    const isSurrogate = code >= 0xd800 && code <= 0xdfff;
    return (
      isC0 || isC1 || isBidi || isSurrogate || code === 0x2028 || code === 0x2029 || code === 0x200b || code === 0xfeff
    );
  });
}

/** What a text was before it was escaped as the reports' documentation says. */
export function unescaped(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})/g, (escape, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\\#]/u.test(character) ? character : escape;
  });
}
