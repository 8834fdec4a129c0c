import type { EventTemplate, Severity } from '../../src/core/events/eventLog';
import { Drain } from '../../src/core/templates/drain';
import { WILDCARD } from '../../src/core/templates/masking';

const TERMINAL = /\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07|travis_(?:time|fold):\S+/g;
const TIME =
  /\d{4}[-/.]\d\d[-/.]\d\d[T -]+\d\d[:.]\d\d[:.]\d\d(?:[.,:]\d+)?(?:Z|[+-]\d\d:?\d\d)?|\d{4}[-/.]\d\d[-/.]\d\d|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2},? (?:\d{4} )?\d\d:\d\d:\d\d(?:[.,]\d+)?(?: \d{4})?|\d{1,2}\/(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\/\d{4}:\d\d:\d\d:\d\d(?: [+-]\d{4})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4} \d\d:\d\d:\d\d(?:[.,]\d+)?|\b\d{1,2}:\d\d:\d\d(?:[.,:]\d+)?|^\d{6} \d{6}|^\d{10,13}(?:\.\d+)?/g;
const SEVERITY: Record<string, Severity> = {};
for (const [severity, words] of [
  ['normal', 'TRACE FINEST FINE FINER DEBUG VERBOSE DBG INFO INFORMATION NOTICE CONFIG INF'],
  ['warning', 'WARN WARNING WRN'],
  ['error', 'ERROR ERR SEVERE CRITICAL CRIT FATAL FAILURE ALERT EMERG PANIC EMERGENCY'],
] as const) {
  words.split(' ').forEach((word) => (SEVERITY[word] = severity));
}
const LEVEL = Object.keys(SEVERITY)
  .sort((a, b) => b.length - a.length)
  .join('|');
const UPPER_LEVEL = new RegExp(`(?<![\\w.=/-])\\[?(${LEVEL})\\]?(?![\\w.=/-])`);
const MARKED_LEVEL = new RegExp(
  `\\[(?:\\w+:)?(${LEVEL})\\]|\\b(?:level|lvl|severity)["']?[=:] ?["']?(${LEVEL})\\b|(?<=, )(${LEVEL})(?= )|^<?(${LEVEL})>?:`,
  'i',
);
const ONE_LETTER = /(?<=\d )([VDIWEF])(?= [\w.$-]+ ?:)/;
const ONE_LETTER_SEVERITY: Record<string, Severity> = { W: 'warning', E: 'error', F: 'error' };
const MASKS: [RegExp, string][] = [
  [/\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b/g, WILDCARD],
  [/(?<![\w.])(?:[A-Za-z]:)?(?:[/\\][\w.+~@%-]+){3,}\/?/g, WILDCARD],
  [/\/?(?:::ffff:)?\b\d{1,3}(?:\.\d{1,3}){3}\b(?::\d+)?/g, WILDCARD],
  [/\b0x[0-9a-fA-F]+\b|\b(?=[0-9a-fA-F]*\d)(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{8,}\b/g, WILDCARD],
  [/\b(?=[\w-]*\d[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9_-]{18,}\b/g, WILDCARD],
  [/(?<![A-Za-z])-?\d+(?:[.,]\d+)*|\d+/g, '0'],
];

/** A line as the masks leave it, its level taken out. */
interface MaskedLine {
  severity: Severity;
  text: string;
}

/** Masks a line: terminal escapes and times go, the level is taken out, variable parts become `<*>` or 0. */
export function maskLine(line: string): MaskedLine {
  let text = line.includes('\x1b') || line.includes('travis_') ? line.replace(TERMINAL, '') : line;
  if (text.includes('\r')) {
    text = text.replace(/\r+$/, '').split('\r').at(-1)!;
  }
  let head = text.slice(0, 160).replace(TIME, ' ');
  let severity: Severity = 'unknown';
  const level = UPPER_LEVEL.exec(head.slice(0, 120)) ?? MARKED_LEVEL.exec(head) ?? ONE_LETTER.exec(head);
  if (level !== null) {
    const word = level.slice(1).find((group) => group !== undefined)!;
    severity = SEVERITY[word.toUpperCase()] ?? ONE_LETTER_SEVERITY[word] ?? 'normal';
    head = `${head.slice(0, level.index)} ${head.slice(level.index + level[0].length)}`;
  }
  text = head + text.slice(160, 600);
  for (const [pattern, replacement] of MASKS) {
    text = text.replace(pattern, replacement);
  }
  return { severity, text: text.replace(/\s+/g, ' ').trim() };
}

/** The templates of a log and the template of each line. */
interface ParsedLines {
  templates: EventTemplate[];
  events: Uint32Array;
}

/** Mines the templates of lines: Drain over the distinct masked lines; lines of different levels have different ones. */
export function parseLines(lines: readonly string[]): ParsedLines {
  const drain = new Drain({ similarity: 0.7, maximumChildren: 60 });
  const known = new Map<string, number>();
  const keys: { severity: Severity; cluster: number; text: string }[] = [];
  const keyOf = Uint32Array.from(lines, (line) => {
    const { severity, text } = maskLine(line);
    const key = `${severity} ${text}`;
    let index = known.get(key);
    if (index === undefined) {
      const cluster = drain.learn(text === '' ? '<empty>' : text).index;
      index = keys.push({ severity, cluster, text }) - 1;
      known.set(key, index);
    }
    return index;
  });
  const generalised = drain.templates();
  const templates: EventTemplate[] = [];
  const templateOf = new Map<string, number>();
  const eventOfKey = keys.map(({ severity, cluster }) => {
    const key = `${severity} ${cluster}`;
    let index = templateOf.get(key);
    if (index === undefined) {
      index = templates.push({ severity, text: generalised[cluster] }) - 1;
      templateOf.set(key, index);
    }
    return index;
  });
  return { templates, events: keyOf.map((key) => eventOfKey[key]) };
}
