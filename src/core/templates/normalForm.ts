import { WILDCARD } from './masking';

/** Stands for a variable part in a normal form: one character of Latin-1, so that the text stays one byte a character. */
export const VARIABLE = '\x01';

/** Characters of a masked message that are looked at; messages that differ only behind them are one. */
export const LONGEST_TEXT = 1024;

/** A kind of text that is always a value. */
export interface ValueRule {
  /** What it recognises. */
  what: string;
  /** Global; takes time linear in the text. `\x01` is a part that is known to be variable. */
  pattern: RegExp;
  /** In place of the match. */
  replacement: string | ((match: string) => string);
  /** Message texts and what becomes of them, with `<*>` for a variable part; also this rule's test. */
  examples: readonly (readonly [before: string, after: string])[];
}

const UNIT =
  '(?:[KMGTP]i?B(?:/s)?|kB|bytes?|B|ms|us|µs|ns|secs?|seconds?|s|mins?|minutes?|h|hours?|days?|[KMG]?Hz|[KMG]bps)';
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const SOURCE_FILE = /\.(?:java|kt|scala|groovy|cs|cpp|cc|cxx|c|hpp|h|m|py|rb|php|js|ts|mjs|go|rs|swift|pl|sh):/;

/**
 * What is a value wherever it stands, in the order in which it is looked for. The rules know common notations (paths,
 * addresses, times, quantities), no product: what only one log has is left to the statistics of TemplateMiner.
 */
export const VALUE_RULES: readonly ValueRule[] = [
  {
    what: 'URL',
    pattern: /(?<![\w.\x01-])[A-Za-z][\w.+-]{1,40}:\/\/[^\s"'<>()[\]{},;|]*[^\s"'<>()[\]{},;|:.]/g,
    replacement: VARIABLE,
    examples: [
      ['fetch https://a.example/b/c: gone', 'fetch <*>: gone'],
      ['Connecting to driver: spark://CoarseGrained@<*>:<*>', 'Connecting to driver: <*>'],
    ],
  },
  {
    what: 'path of at least three parts, or of two of which one is known to be variable',
    pattern:
      /(?<![\w/.\x01~)\]-])(?:(?:\/+[^\s/"'<>()[\]{},;:=|]+){3,}|\/[\w.\x01-]*\x01[\w.\x01-]*\/[\w.\x01-]+|\/[\w.-]+\/[\w.-]*\x01[\w.\x01-]*)\/?/g,
    replacement: VARIABLE,
    examples: [
      ['file /mnt/data/current is full', 'file <*> is full'],
      ['GET /openstack/<*> now', 'GET <*> now'],
      ['see /proc/kmsg', 'see /proc/kmsg'],
    ],
  },
  {
    what: 'relative path of at least four parts',
    pattern: /(?<![\w/.\x01~-])[\w.\x01$-]+(?:\/[\w.\x01$~-]+){3,}\/?/g,
    replacement: VARIABLE,
    examples: [
      ['open target/site/api/index.html', 'open <*>'],
      ['read/write error', 'read/write error'],
    ],
  },
  {
    what: 'Windows path',
    pattern: /(?<![\w\x01])(?:[A-Za-z]:|\\)\\[^\s"'<>|,;]*/g,
    replacement: VARIABLE,
    examples: [['loaded C:\\Windows\\System\\cbscore.dll, ok', 'loaded <*>, ok']],
  },
  {
    what: 'mail address',
    pattern: /(?<![\w.\x01+-])[\w.\x01+-]+@[\w\x01-]+(?:\.[\w\x01-]+)+/g,
    replacement: VARIABLE,
    examples: [['mail for joe.doe@mail.example.org queued', 'mail for <*> queued']],
  },
  {
    what: 'hexadecimal number that happens to have no digit',
    pattern: /(?<![\w.$-])(?:[a-f]{8,}|[A-F]{8,})(?![\w.$-])/g,
    replacement: VARIABLE,
    examples: [
      ['mask=ffffffff set', 'mask=<*> set'],
      ['facade added', 'facade added'],
    ],
  },
  {
    what: 'MAC or IPv6 address, some of whose groups have no digit',
    pattern: /(?<![\w.:-])(?:\x01|[0-9a-fA-F]{1,4})(?::+(?:\x01|[0-9a-fA-F]{1,4})(?![\w.-])){3,}/g,
    replacement: (match) => (match.includes(VARIABLE) ? VARIABLE : match),
    examples: [['bssid <*>:<*>:ca:db:<*>:cc found', 'bssid <*> found']],
  },
  {
    what: 'weekday before a date',
    pattern: new RegExp(`\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?=${MONTH} \x01|\x01)`, 'g'),
    replacement: VARIABLE + ' ',
    examples: [['since Fri, <*>', 'since <*>']],
  },
  {
    what: 'month before a day',
    pattern: new RegExp(`\\b${MONTH} (?=\x01)`, 'g'),
    replacement: VARIABLE + ' ',
    examples: [['at Fri Jun <*> <*>:<*>:<*> <*>', 'at <*>']],
  },
  {
    what: 'time zone or half of the day after a time',
    pattern: /\x01 (?:UTC|GMT|CES?T|[ECMP][SD]T|AM|PM)\b/g,
    replacement: VARIABLE,
    examples: [['on <*>:<*>:<*> EDT <*>', 'on <*>']],
  },
  {
    what: 'sign or comparison before a number',
    pattern: /(?<=^|[\s(:=,])[<>~+]=?\x01(?!>)/g,
    replacement: VARIABLE,
    examples: [
      ['lifetime <<*> sec', 'lifetime <*>'],
      ['descriptor <<*>> kept', 'descriptor <<*>> kept'],
    ],
  },
  {
    what: 'host with a port',
    pattern: /(?<![\w.-])[\w-]+(?:\.[\w-]+)+:\x01/g,
    replacement: (match) => (SOURCE_FILE.test(match) ? match : VARIABLE),
    examples: [
      ['proxy.example.org:<*> close', '<*> close'],
      ['at Engine.cpp:<*> Close', 'at Engine.cpp:<*> Close'],
    ],
  },
  {
    what: 'unit of size or time after its number: the same quantity may come in another one',
    pattern: new RegExp(`\x01 ?${UNIT}(?![\\w-])`, 'g'),
    replacement: VARIABLE,
    examples: [['free <*> KB, took <*> seconds', 'free <*>, took <*>']],
  },
  {
    what: 'name with a version or checksum joined by a tilde',
    pattern: /(?<![\w.-])[\w.-]+~+(?=\x01)/g,
    replacement: '',
    examples: [['package Tools-Package~<*>~<*>~~<*>, state', 'package <*>, state']],
  },
  {
    what: 'list of values',
    pattern: /\x01(?:[ ,;:/|#~+.@&*\\-]{1,4}\x01)+/g,
    replacement: VARIABLE,
    examples: [['to delete <*> <*> <*>, then <*>:<*>', 'to delete <*>, then <*>']],
  },
  {
    what: 'the same value once more in parentheses, in another form, which may be missing',
    pattern: /\x01 \(\x01?\)/g,
    replacement: VARIABLE,
    examples: [['<*> bytes (<*> KB) sent, from <*> ()', '<*> sent, from <*>']],
  },
];

/**
 * The normal form of a masked message: values of well-known notations as one {@link VARIABLE} each, lists of values
 * as one, white space as single blanks. Only the first 1,024 characters are looked at.
 * @param masked a text of `maskMessage`
 * @param rules what is known to be a value
 */
export function normalForm(masked: string, rules = VALUE_RULES): string {
  let text = masked.slice(0, LONGEST_TEXT).replaceAll(WILDCARD, VARIABLE).replace(/\s+/g, ' ').trim();
  for (const { pattern, replacement } of rules) {
    // Overloads of `replace` do not take the union.
    text = typeof replacement === 'string' ? text.replace(pattern, replacement) : text.replace(pattern, replacement);
  }
  return text;
}
