import type { LineWatch } from '../patterns/lineWatch';
import { OPEN_BRACE, isSpace } from '../input/bytes';
import { isContinuation } from '../input/continuationLine';
import { CATALOGUE } from './catalogue';
import { GENERAL_FORMATS } from './catalogue/general';
import { Chronology } from './chronology';
import { EntryReader } from './entryReader';
import { isConsoleMark } from './consoleMarks';
import type { FormatEntry } from './formatEntry';
import { FormatReader } from './formatReader';
import { GENERAL_FORMAT, GeneralHeader, MAXIMUM_LEADS, type GeneralRules } from './generalHeader';
import { UNKNOWN_LEVEL } from './level';
import { RecordHeader, type HeaderReader } from './recordHeader';
import { requestLevel } from './requestLevel';
import { isRest, joinedObjects } from './spreadObject';

/** A format found in a log. */
export interface FoundFormat {
  /** Name as of the catalogue, or `general` where only rules are known. */
  name: string;
  /** Name for people. */
  title: string;
  /** Share of the sampled lines that begin with its header, 0…1. */
  share: number;
}

/** The formats of a log. */
export interface DetectedFormat {
  /** The most frequent first; empty if no line begins with a header that is known. */
  formats: readonly FoundFormat[];
  /**
   * A reader of these formats, to be used for one log.
   * @param year of the first record, for formats that do not name it
   */
  reader: (year?: number, watch?: LineWatch) => FormatReader;
}

/** Lines that are looked at; of a longer sample as many from its beginning, middle and end. */
const MAXIMUM_LINES = 1000;
/** Share of the lines that makes a format one of the log's own: the first in the catalogue is taken. */
const OWN_SHARE = 0.2;
/** Share from which a further format is taken, the most frequent first, and how many. */
const FURTHER_SHARE = 0.01;
const MAXIMUM_FURTHER = 4;
/** In a sample of so few lines one of a format is enough. */
const FEW_LINES = 50;
/** Share of headers among the lines that begin at the margin, below which the other lines are records of their own. */
const TIGHT_SHARE = 0.8;

/** Lines that must all be indented to show that their log is. */
const LEAST_INDENTED = 3;

/** Share of the lines with something before their times from which it belongs to their header. */
const MOST_LEADS = 0.5;
/** Share of the records of which more must be JSON objects for those to be put together that are spread over several lines. */
const MOST_OBJECTS = 0.5;
/** Share of the lines without a level from which they tell of requests. */
const MOST_REQUESTS = 0.5;

const ISO_LEVEL = GENERAL_FORMATS.filter(({ name }) => name === 'iso-level')[0];

interface Choice {
  entry: FormatEntry;
  count: number;
  preferred: Set<number>;
  inner: Inner;
}

/** How the lines are read that another format wraps. */
interface Inner {
  choices: readonly Choice[];
  /** How many of the rest have a header by rules, 0 if those are not used. */
  general: number;
  generalRules: GeneralRules;
}

const NO_INNER: Inner = { choices: [], general: 0, generalRules: { leads: 0, requests: false } };

/** Share of the lines up to which those with a time are few, so that the log may be what a run wrote to its console. */
const FEW_TIMES = 0.1;
/** Lines in colour, or written by a build tool, that show it: so many, or this share of the lines where that is more. */
const MIN_MARKS = 2;
const MARKS_SHARE = 0.01;
/** Name, as a format, of console output that no build service has marked. */
export const CONSOLE_OUTPUT = 'console';

/**
 * Detects the formats of a log by a sample of its lines, without line ends and escape sequences. Formats that fit a
 * fifth of the lines are taken in the order of the catalogue, from the specific to the general, then the most frequent
 * of the rest. Within formats that wrap the lines of others the wrapped lines are sampled in the same way. Lines that
 * hardly ever have a time, but colours or what build tools write, are the console output of a run.
 * @param coloured how many lines of the sample were coloured by escape sequences
 */
export function detectFormat(sample: readonly Uint8Array[], coloured = 0): DetectedFormat {
  const written = sample.filter((line) => line.some((byte) => !isSpace(byte)));
  const margin = marginOf(written);
  const { lines, areSpread } = objectsOf(written.map((line) => line.subarray(Math.min(margin, indentOf(line)))));
  const { choices, rest } = choose(lines, CATALOGUE, true);
  const { general, generalRules } = generalHeaders(rest);
  const useGeneral = choices.length === 0 || (general >= 2 && general >= 0.1 * rest.length);
  const headers = lines.length - rest.length + (useGeneral ? general : 0);
  const atMargin = lines.filter((line) => !isContinuation(line, 0, line.length)).length;
  const main = choices.reduce<Choice | undefined>(
    (best, choice) => (best === undefined || choice.count > best.count ? choice : best),
    undefined,
  );
  const isMarked = choices.some(
    ({ entry }) => entry.loose === true && (entry.ambiguous !== true || hasMarks(lines, [entry])),
  );
  const console = isMarked || isConsole(lines, choices, general / atMargin, coloured / sample.length);
  const rules = {
    console,
    margin,
    objects: areSpread,
    multiline: main?.entry.multiline === true && main.count >= general,
    loose: console || headers < TIGHT_SHARE * atMargin,
  };
  const found: { name: string; title: string; count: number }[] = [];
  for (const { entry, count } of choices.flatMap((choice) => [choice, ...choice.inner.choices])) {
    const same = found.find(({ name }) => name === entry.name);
    if (same === undefined) {
      found.push({ name: entry.name, title: entry.title, count });
    } else {
      same.count += count;
    }
  }
  if (useGeneral && general > 0) {
    found.push({ name: GENERAL_FORMAT, title: 'Time and text', count: general });
  }
  if (console && !isMarked) {
    found.push({ name: CONSOLE_OUTPUT, title: 'Console output', count: rest.length - (useGeneral ? general : 0) });
  }
  return {
    formats: found
      .sort((a, b) => b.count - a.count)
      .map(({ name, title, count }) => ({ name, title, share: count / lines.length })),
    reader: (year) => {
      const chronology = new Chronology(year);
      const readers: HeaderReader[] = choices.map((choice) => readerOf(choice, chronology));
      // A rare line that begins with time and level is a record whatever the others look like.
      readers.push(new EntryReader(ISO_LEVEL, chronology));
      return new FormatReader(
        chronology,
        useGeneral ? [...readers, new GeneralHeader(chronology, generalRules)] : readers,
        rules,
      );
    },
  };
}

/**
 * The lines with each JSON object on one, if most records are such objects and some are spread over several lines; else the
 * lines as they are, for an object may be what a record says.
 */
function objectsOf(written: readonly Uint8Array[]): { lines: readonly Uint8Array[]; areSpread: boolean } {
  const { lines: joined, spread } = joinedObjects(written);
  const records = joined.filter((line) => !isRest(line, 0, line.length));
  const objects = records.filter((line) => line[0] === OPEN_BRACE).length;
  const areSpread = spread > 0 && objects > MOST_OBJECTS * records.length;
  return { lines: thin(areSpread ? records : written), areSpread };
}

/** How far all lines are indented, as copies from elsewhere are; 0 if most of them are parts of stack traces. */
function marginOf(lines: readonly Uint8Array[]): number {
  const margin = lines.reduce((least, line) => Math.min(least, indentOf(line)), Infinity);
  if (lines.length < LEAST_INDENTED || margin === 0) {
    return 0;
  }
  const inner = lines.map((line) => line.subarray(Math.min(margin, indentOf(line))));
  return inner.filter((line) => isContinuation(line, 0, line.length)).length < 0.5 * lines.length ? margin : 0;
}

function indentOf(line: Uint8Array): number {
  let indent = 0;
  while (indent < line.length && isSpace(line[indent])) {
    indent++;
  }
  return indent;
}

/**
 * How many lines have a header by rules, and what most of these have in common: how many parts stand before the times, none
 * unless most of the lines that continue no other have them, since times are met in any text; and whether those without a
 * level tell of requests.
 */
function generalHeaders(lines: readonly Uint8Array[]): { general: number; generalRules: GeneralRules } {
  const own = lines.filter((line) => !isContinuation(line, 0, line.length));
  const counts = Array.from({ length: MAXIMUM_LEADS + 1 }, (_, leads) => {
    const reader = new GeneralHeader(new Chronology(), { leads, requests: false });
    return lines.filter((line) => matches(reader, line)).length;
  });
  const usual = counts.findIndex((count) => count >= MOST_LEADS * counts[MAXIMUM_LEADS]);
  const leads = counts[usual] - counts[0] >= MOST_LEADS * own.length ? usual : 0;
  return { general: counts[leads], generalRules: { leads, requests: areRequests(lines, leads) } };
}

/** Whether most of the lines that have a header by rules and no level tell of requests. */
function areRequests(lines: readonly Uint8Array[], leads: number): boolean {
  const reader = new GeneralHeader(new Chronology(), { leads, requests: false });
  const header = new RecordHeader();
  const contents = lines.flatMap((line) =>
    reader.match(line, 0, line.length, header) && header.level === UNKNOWN_LEVEL
      ? [line.subarray(header.contentStart)]
      : [],
  );
  const requests = contents.filter((content) => requestLevel(content, 0, content.length) !== UNKNOWN_LEVEL);
  return requests.length > 0 && requests.length >= MOST_REQUESTS * contents.length;
}

/**
 * Whether lines without a mark of a build service are the output of one run.
 * @param general share of the lines that begin with a time, of those that continue no other
 * @param coloured share of the lines
 */
function isConsole(
  lines: readonly Uint8Array[],
  choices: readonly Choice[],
  general: number,
  coloured: number,
): boolean {
  if (choices.some(({ entry, count }) => entry.multiline === true || count >= OWN_SHARE * lines.length)) {
    return false;
  }
  const own = lines.filter((line) => !isContinuation(line, 0, line.length));
  const header = new RecordHeader();
  const isTimed = (line: Uint8Array): boolean =>
    choices.some(({ entry }) => readerFor(entry).match(line, 0, line.length, header) && !Number.isNaN(header.time));
  if (general + own.filter(isTimed).length / own.length > FEW_TIMES) {
    return false;
  }
  return coloured * lines.length >= leastMarks(lines) || hasMarks(lines);
}

/** Lines that must be marks of a console. */
function leastMarks(lines: readonly Uint8Array[]): number {
  return Math.max(MIN_MARKS, MARKS_SHARE * lines.length);
}

/**
 * Whether build tools have written enough of the lines.
 * @param wrappers formats behind whose headers they may have written too
 */
function hasMarks(lines: readonly Uint8Array[], wrappers: readonly FormatEntry[] = []): boolean {
  const decoder = new TextDecoder();
  const header = new RecordHeader();
  const isMark = (line: Uint8Array): boolean =>
    isConsoleMark(decoder.decode(line)) ||
    wrappers.some(
      (entry) =>
        readerFor(entry).match(line, 0, line.length, header) &&
        isConsoleMark(decoder.decode(line.subarray(header.contentStart, header.contentEnd))),
    );
  return lines.filter(isMark).length >= leastMarks(lines);
}

function readerOf({ entry, preferred, inner }: Choice, chronology: Chronology): EntryReader {
  const inners: HeaderReader[] = inner.choices.map((choice) => readerOf(choice, chronology));
  if (inner.general > 0) {
    inners.push(new GeneralHeader(chronology, inner.generalRules));
  }
  const rules = { multiline: false, loose: false, margin: 0, objects: false, console: false };
  return new EntryReader(
    entry,
    chronology,
    inners.length > 0 ? new FormatReader(chronology, inners, rules) : undefined,
    preferred,
  );
}

function choose(
  lines: readonly Uint8Array[],
  entries: readonly FormatEntry[],
  outermost: boolean,
): { choices: Choice[]; rest: Uint8Array[] } {
  const choices: Choice[] = [];
  let rest = [...lines];
  // What is left only gets less, so each format is tried once.
  const tried = new Map<FormatEntry, readonly Match[]>();
  const matchingOf = (entry: FormatEntry): readonly Match[] => {
    const before = tried.get(entry) ?? matchesOf(readerFor(entry), rest);
    const left = before.length > 0 ? new Set(rest) : undefined;
    const matching = left === undefined ? before : before.filter(({ line }) => left.has(line));
    tried.set(entry, matching);
    return matching;
  };
  const take = (entry: FormatEntry, matching: readonly Match[]): void => {
    const taken = new Set(matching.map(({ line }) => line));
    rest = rest.filter((line) => !taken.has(line));
    choices.push({
      entry,
      count: matching.length,
      preferred: new Set(matching.map(({ pattern }) => pattern)),
      inner: outermost && entry.wraps === true ? innerFormats(readerFor(entry), matching) : NO_INNER,
    });
  };
  for (const entry of entries) {
    const matching = matchingOf(entry);
    if (matching.length > 0 && matching.length >= OWN_SHARE * lines.length) {
      take(entry, matching);
      if (rest.length === 0) {
        break;
      }
    }
  }
  for (let i = 0; i < MAXIMUM_FURTHER && outermost && rest.length > 0; i++) {
    let best: { entry: FormatEntry; matching: readonly Match[] } | undefined;
    for (const entry of entries) {
      const matching = matchingOf(entry);
      const least = entry.loose !== true && lines.length <= FEW_LINES ? 1 : 2;
      const enough =
        matching.length >= least && (entry.loose === true || matching.length >= FURTHER_SHARE * lines.length);
      if (enough && matching.length > (best?.matching.length ?? 0)) {
        best = { entry, matching };
      }
    }
    if (best === undefined) {
      break;
    }
    take(best.entry, best.matching);
  }
  return { choices: inOrder(choices), rest };
}

/** Formats of lines that others wrap, and rules for the rest; what is loose cannot be told from text there. */
function innerFormats(reader: EntryReader, matching: readonly Match[]): Inner {
  const header = new RecordHeader();
  const payloads = matching
    .map(({ line }) => {
      reader.match(line, 0, line.length, header);
      return line.subarray(header.contentStart, header.contentEnd);
    })
    .filter((payload) => payload.length > 0);
  const candidates = CATALOGUE.filter(
    (other) => other.wraps !== true && other.loose !== true && other.next === undefined,
  );
  const { choices, rest } = choose(payloads, candidates, false);
  const { general, generalRules } = generalHeaders(rest);
  const useGeneral = general > 0 && general >= OWN_SHARE * payloads.length;
  return { choices, general: useGeneral ? general : 0, generalRules };
}

/** Choices in the order of the catalogue, in which they are tried on each line. */
function inOrder(choices: readonly Choice[]): Choice[] {
  return [...choices].sort((a, b) => CATALOGUE.indexOf(a.entry) - CATALOGUE.indexOf(b.entry));
}

interface Match {
  line: Uint8Array;
  /** Index of the pattern that it has. */
  pattern: number;
}

/** Readers of the entries, compiled when they are first needed; what they know of a log's times is not looked at. */
const readers = new Map<FormatEntry, EntryReader>();

function readerFor(entry: FormatEntry): EntryReader {
  let reader = readers.get(entry);
  if (reader === undefined) {
    reader = new EntryReader(entry, new Chronology());
    readers.set(entry, reader);
  }
  return reader;
}

function matchesOf(reader: EntryReader, lines: readonly Uint8Array[]): Match[] {
  const matching: Match[] = [];
  for (const line of lines) {
    const pattern = reader.patternOf(line);
    if (pattern >= 0 && hasMembers(reader.entry, line)) {
      matching.push({ line, pattern });
    }
  }
  return matching;
}

/** Whether a JSON line has all members that show the format. */
function hasMembers({ json }: FormatEntry, line: Uint8Array): boolean {
  if (json === undefined || json.requires.length === 0) {
    return true;
  }
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(line));
    return json.requires.every((path) => hasMember(value, path));
  } catch {
    return false;
  }
}

/** Whether the path leads to a member, by names with dots in them or by nested objects. */
function hasMember(value: unknown, path: string): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  if (path in value) {
    return true;
  }
  const dot = path.indexOf('.');
  return dot > 0 && hasMember((value as Record<string, unknown>)[path.slice(0, dot)], path.slice(dot + 1));
}

function matches(reader: HeaderReader, line: Uint8Array): boolean {
  return reader.match(line, 0, line.length, new RecordHeader());
}

function thin(lines: readonly Uint8Array[]): readonly Uint8Array[] {
  if (lines.length <= MAXIMUM_LINES) {
    return lines;
  }
  const third = Math.floor(MAXIMUM_LINES / 3);
  const middle = Math.floor((lines.length - third) / 2);
  return [...lines.slice(0, third), ...lines.slice(middle, middle + third), ...lines.slice(-third)];
}
