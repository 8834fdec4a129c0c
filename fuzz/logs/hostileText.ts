import { binaryOf } from '../binary';

/** Texts that do harm where something takes them for more than text, one character a byte. */
export const HOSTILE_TEXTS: readonly string[] = [
  // A terminal obeys these: titles, colours, the clipboard, links, a cleared screen.
  '\x1b]0;title\x07',
  '\x1b[2J\x1b[H',
  '\x1b]52;c;cm0gLXJm\x07',
  '\x1b]8;;https://evil.example/\x1b\\link\x1b]8;;\x1b\\',
  '\x1b[31mred\x1b[0m',
  '\x1bP+q544e\x1b\\',
  '\x1b',
  '\x07\x08\x0b\x0c\x0e\x7f',
  '\x00',
  '\rover',
  // The same as single characters of C1, in UTF-8 and as bytes.
  '\u009b2J\u0090\u009d0;t\u009c',
  binaryOf('\u009b31mred\u0085next'),
  // Characters that change the order in which others are shown, or are not seen.
  binaryOf('\u202ecod.exe\u202c'),
  binaryOf('\u2066\u2069\u200f\u200e\u061c'),
  binaryOf('a\u200bb\u00adc\ufeffd\u2060'),
  binaryOf('\u2028line\u2029paragraph'),
  binaryOf('e\u0301\u0323'.repeat(20)),
  // A spreadsheet computes these.
  '=cmd|calc!A0',
  '@SUM(1+1)*cmd',
  '+1+cmd|calc!A0',
  '-2+3+cmd|calc!A0',
  '\t=1+1',
  '"=1+1"',
  // Markdown and HTML, as hovers and viewers of reports draw them.
  '[Sign-in](https://evil.example/login)',
  '![x](https://evil.example/x.png)',
  '[run](command:workbench.action.terminal.new)',
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '`code` **bold** __under__ ~~strike~~ # title',
  '| a | b |\n|---|---|',
  // Placeholders of SARIF and others.
  '{0} {1} {{2}} [0](1)',
  '${env:HOME} $(id) `id` %s%n%x %COMSPEC%',
  // What the reports use themselves.
  '# anomalous blocks: 0',
  'block\tscore\tlines',
  '<*> <*><*>',
  'a,b;"c""d",\'e\'',
  // Names that objects have anyway.
  '__proto__ constructor hasOwnProperty',
  '{"__proto__":{"x":1},"constructor":null}',
  // Paths.
  '../../../../etc/passwd',
  '\\\\evil.example\\share\\x',
  'file:///etc/passwd',
  // Broken encodings: cut sequences, overlong forms, surrogates, beyond Unicode.
  '\xc3',
  '\xe2\x82',
  '\xc0\xaf\xe0\x80\xaf',
  '\xed\xa0\x80\xed\xb0\x80',
  '\xf4\x90\x80\x80\xf8\x88\x80\x80\x80',
  '\xff\xfe\xfd',
  binaryOf('\ufffd\uffff\u{10ffff}\u{1f600}'),
];
