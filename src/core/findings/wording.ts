import type { Finding } from './finding';
import type { FindingKind } from './findingKind';
import { partOf, type FindingPart } from './findingParts';
import { WILDCARD } from '../templates/masking';

/** The kinds in a word or two, as they stand within a sentence. */
export const KIND_SENTENCES = {
  'new-error': 'new error',
  error: 'error',
  'keeps-failing': 'keeps failing',
  burst: 'burst',
  'burst-of-errors': 'burst of errors',
  'burst-of-warnings': 'burst of warnings',
  'new-warning': 'new warning',
  warning: 'warning',
  failure: 'failure',
  silence: 'silence',
  'new-message': 'new message',
  'step-missing': 'step missing',
  'unusual-step': 'unusual step',
  'unusual-course': 'unusual course',
  'unusual-counts': 'unusual counts',
  'rare-message': 'rare message',
  unusual: 'unusual',
  ordinary: 'nothing unusual',
} as const satisfies Record<FindingKind, string>;

/** The sentences about parts, without a full stop; a name in braces is filled in. */
export const PART_SENTENCES = {
  onlyError: 'the only error in this log',
  fewErrors: 'one of {count} errors in this log',
  allErrors: 'all {errors} errors of this log',
  allErrorsWithin: 'all {errors} errors of this log, within {time}',
  someErrors: '{count} of the {errors} errors in this log',
  someErrorsWithin: '{count} of the {errors} errors in this log, within {time}',
  loggedError: 'logged as an error',
  loggedWarning: 'logged as a warning',
  failureWords: 'its words tell of a failure',
  explainingWords: 'it reads like what explains a failure',
  errorWords: 'it sounds like an error',
  burstOfAll: '{count} times within {time}, and at no other time',
  burst: '{count} times within {time}, at other times at most {most} a minute',
  failing: '{count} times, {share} % of the log',
  failingSince: '{count} times since {since}, {share} % of the log',
  failingSinceLine: '{count} times since line {since}, {share} % of the log',
  silenceBefore: 'the first line after {time} of silence, where the log usually pauses at most {usual}',
  silenceAfter: '{time} of silence follow, where the log usually pauses at most {usual}',
  once: 'it is in this log only once',
  few: 'it is in this log only {count} times',
  unseen: 'nothing like it came before',
  seenOnce: 'only one like it came before',
  seenFew: 'only {count} like it came before',
  newsTime: 'nothing new had come for {time}',
  newsRecords: 'nothing new had come in {count} lines',
  notInGoodLog: 'the good log has nothing like it',
  missingBefore: '{usual} usually comes before it, and does not here',
  missingBetween: '{usual} usually follows {previous}, and this came instead',
  insteadOf: '{usual} usually comes here, right after {previous}',
  missingAfter: 'the session ends with it, where {usual} usually follows',
  endsHere: 'the session ends with it, which is unusual',
  after: 'it hardly ever follows {previous}',
  repeated: 'it hardly ever comes twice in a row',
  firstOfSession: 'a session hardly ever begins with it',
  firstOfLog: 'the log begins with it',
  notFirst: 'it usually begins a session, and here follows {previous}',
  afterEnd: 'it follows {previous}, which usually ends a session',
  lacksOne: '{first} is missing, which nearly all others have',
  lacksTwo: '{first} and {second} are missing, which nearly all others have',
  lacksMore: '{first}, {second} and {count} more are missing, which nearly all others have',
  tooManyOnce: '{template} once, where it usually does not occur',
  tooMany: '{template} {count} times, usually at most {usual}',
  tooManyOfNone: '{template} {count} times, where it usually does not occur',
  itselfOnce: 'once, where it usually does not occur',
  itselfTooMany: '{count} times, usually at most {usual}',
  itselfTooManyOfNone: '{count} times, where it usually does not occur',
  unusualStep: 'hardly any normal block has it',
  unusualStepShare: 'only {share} % of the normal blocks have it',
  also: '{template} is unusual here too',
  endsEarly: 'the block ends with it, after {count} events',
  endsAtOnce: 'the block has nothing else',
  order: 'the order or number of the {count} events of its block is unusual, here most of all',
  unknownLine: '1 line has no known form',
  unknownLines: '{count} lines have no known form',
  unlike: 'it is unusual where it stands',
  places: '{finding} in {count} places',
  title: '{kind} {template}',
  withReasons: '{title}: {reasons}',
  inFile: '{file} line {line}: {reason}',
  days: '{count} days',
  hours: '{count} h',
  minutes: '{count} min',
  seconds: '{count} s',
} as const;

type Sentence = keyof typeof PART_SENTENCES;

/** The language in which findings are told. */
export interface Language {
  /** Gives an English sentence in the user's language, with its parameters. */
  translate: (sentence: string) => string;
  number: (value: number) => string;
}

/** That of reports. */
const ENGLISH: Language = {
  translate: (sentence) => sentence,
  number: (value) => value.toLocaleString('en-US'),
};

/** Reasons that are told at most. */
const REASONS = 2;

/** What a finding is, in a word or two, as it stands within a sentence. */
export function kindText(kind: FindingKind, { translate }: Language = ENGLISH): string {
  return translate(KIND_SENTENCES[kind]);
}

/** One plain sentence about a finding, without a full stop: what it is, of which message, and why. */
export function findingText(finding: Finding, language = ENGLISH): string {
  const { kind, template, text = template, count, place } = finding;
  const name = capitalized(kindText(kind, language));
  const titled = text === '' ? name : filled('title', { kind: name, template: quoted(text) }, language);
  const title = count > 1 ? filled('places', { finding: titled, count: language.number(count) }, language) : titled;
  const reasons = reasonsOf(finding, language).join('; ');
  const reason = reasons === '' ? title : filled('withReasons', { title, reasons }, language);
  return place === undefined
    ? reason
    : filled('inFile', { file: place.file, line: String(place.line), reason }, language);
}

/** Why a finding is one: at most two reasons, the most telling first, each without a full stop. */
export function reasonsOf(finding: Pick<Finding, 'kind' | 'parts' | 'template'>, language = ENGLISH): string[] {
  const told = finding.parts
    .filter((part) => !isImplied(part, finding.parts))
    .map((part) => ({ rank: RANKS.indexOf(part.part), part }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ part }) => partText(part, finding.template, language));
  return told.length === 0 && finding.kind === 'unusual'
    ? [filled('unlike', {}, language)]
    : [...new Set(told)].slice(0, REASONS);
}

/** The parts by how much they tell. */
const RANKS: readonly FindingPart['part'][] = [
  'burst',
  'keeps-failing',
  'errors-here',
  'silence',
  'not-in-good-log',
  'level',
  'words',
  'missing-before',
  'missing-between',
  'missing-after',
  'unusual-step',
  'too-many',
  'ends-early',
  'lacks',
  'seen',
  'rare',
  'news',
  'not-first',
  'after-end',
  'first',
  'repeated',
  'instead-of',
  'after',
  'order',
  'also',
  'unknown-lines',
];

/** More errors than these together are a crowd. */
const SEVERAL = 2;

/** Whether a part says nothing beside the others. */
function isImplied(part: FindingPart, parts: readonly FindingPart[]): boolean {
  const has = (name: FindingPart['part']): boolean => partOf(parts, name) !== undefined;
  switch (part.part) {
    case 'level':
      // The kind says it, or it is one of many; where nothing else is known it is all that there is to say.
      return part.errors === undefined
        ? !isAllOf(parts, ['level', 'words'])
        : has('errors-here') || part.errors <= (partOf(parts, 'keeps-failing')?.count ?? 0);
    case 'keeps-failing':
      return has('burst');
    case 'errors-here':
      return part.count <= ((partOf(parts, 'burst') ?? partOf(parts, 'keeps-failing'))?.count ?? 0);
    case 'words':
      return part.of !== 'explanation' && parts.length > 1;
    case 'rare':
      return partOf(parts, 'level')?.errors === 1 || has('burst') || has('keeps-failing');
    case 'missing-between':
    case 'instead-of':
    case 'after':
    case 'repeated':
      // Where there are many at once, each follows what it never did.
      return has('burst') || has('keeps-failing') || (partOf(parts, 'errors-here')?.count ?? 0) > SEVERAL;
    case 'ends-early':
      return has('lacks') && part.events > 1;
    default:
      return false;
  }
}

function isAllOf(parts: readonly FindingPart[], names: readonly FindingPart['part'][]): boolean {
  return parts.every(({ part }) => names.includes(part));
}

function partText(part: FindingPart, own: string, language: Language): string {
  const { number } = language;
  const say = (sentence: Sentence, values: Record<string, string> = {}): string => filled(sentence, values, language);
  const time = (milliseconds: number): string => durationText(milliseconds, language);
  switch (part.part) {
    case 'level':
      return part.errors === undefined
        ? say(part.level === 'error' ? 'loggedError' : 'loggedWarning')
        : part.errors === 1
          ? say('onlyError')
          : say('fewErrors', { count: number(part.errors) });
    case 'errors-here': {
      const isAll = part.count === part.errors;
      const values = { count: number(part.count), errors: number(part.errors) };
      return part.milliseconds === undefined
        ? say(isAll ? 'allErrors' : 'someErrors', values)
        : say(isAll ? 'allErrorsWithin' : 'someErrorsWithin', { ...values, time: time(part.milliseconds) });
    }
    case 'words':
      return say(WORDS[part.of]);
    case 'burst':
      return part.most === undefined
        ? say('burstOfAll', { count: number(part.count), time: time(part.milliseconds) })
        : say('burst', { count: number(part.count), time: time(part.milliseconds), most: number(part.most) });
    case 'keeps-failing': {
      const values = { count: number(part.count), share: String(Math.round(100 * part.share)) };
      if (part.since !== undefined) {
        return say('failingSince', { ...values, since: timeText(part.since) });
      }
      return part.sinceLine === undefined
        ? say('failing', values)
        : say('failingSinceLine', { ...values, since: String(part.sinceLine) });
    }
    case 'silence':
      return say(part.where === 'before' ? 'silenceBefore' : 'silenceAfter', {
        time: time(part.milliseconds),
        usual: time(part.usual),
      });
    case 'rare':
      return part.count === 1 ? say('once') : say('few', { count: number(part.count) });
    case 'seen':
      return part.count === 0
        ? say('unseen')
        : part.count === 1
          ? say('seenOnce')
          : say('seenFew', { count: number(part.count) });
    case 'news':
      return part.milliseconds === undefined
        ? say('newsRecords', { count: number(part.records) })
        : say('newsTime', { time: time(part.milliseconds) });
    case 'not-in-good-log':
      return say('notInGoodLog');
    case 'missing-before':
      return say('missingBefore', { usual: quoted(part.usual) });
    case 'missing-between':
      return say('missingBetween', { usual: quoted(part.usual), previous: quoted(part.previous) });
    case 'instead-of':
      return say('insteadOf', { usual: quoted(part.usual), previous: quoted(part.previous) });
    case 'missing-after':
      return part.usual === undefined ? say('endsHere') : say('missingAfter', { usual: quoted(part.usual) });
    case 'after':
      return say('after', { previous: quoted(part.previous) });
    case 'repeated':
      return say('repeated');
    case 'first':
      return say(part.of === 'session' ? 'firstOfSession' : 'firstOfLog');
    case 'not-first':
      return say('notFirst', { previous: quoted(part.previous) });
    case 'after-end':
      return say('afterEnd', { previous: quoted(part.previous) });
    case 'lacks': {
      const [first, second] = part.templates.map(quoted);
      return second === undefined
        ? say('lacksOne', { first })
        : part.more === 0
          ? say('lacksTwo', { first, second })
          : say('lacksMore', { first, second, count: number(part.more) });
    }
    case 'too-many':
      return tooManyText(part, own, language);
    case 'unusual-step':
      return part.share < RARE_SHARE
        ? say('unusualStep')
        : say('unusualStepShare', { share: number(Math.max(1, Math.round(100 * part.share))) });
    case 'also':
      return say('also', { template: quoted(part.template) });
    case 'ends-early':
      return part.events === 1 ? say('endsAtOnce') : say('endsEarly', { count: number(part.events) });
    case 'order':
      return say('order', { count: number(part.events) });
    case 'unknown-lines':
      return part.count === 1 ? say('unknownLine') : say('unknownLines', { count: number(part.count) });
  }
}

const WORDS = { failure: 'failureWords', explanation: 'explainingWords', error: 'errorWords' } as const;

/** A template in fewer normal blocks than this is hardly ever there. */
const RARE_SHARE = 0.005;

function tooManyText({ template, count, usual }: PartTooMany, own: string, language: Language): string {
  const values = { template: quoted(template), count: language.number(count), usual: language.number(usual) };
  const isOwn = template === own;
  if (usual > 0) {
    return filled(isOwn ? 'itselfTooMany' : 'tooMany', values, language);
  }
  return count === 1
    ? filled(isOwn ? 'itselfOnce' : 'tooManyOnce', values, language)
    : filled(isOwn ? 'itselfTooManyOfNone' : 'tooManyOfNone', values, language);
}

type PartTooMany = Extract<FindingPart, { part: 'too-many' }>;

/** A template, or a message, as it stands in a sentence. */
function quoted(template: string): string {
  return `"${plainTemplate(template).replace(/"/g, "'")}"`;
}

/** A template as people read it: with "…" for what varies, and without the marks of JSON. */
export function plainTemplate(template: string): string {
  const text = template.replaceAll(WILDCARD, '…');
  const plain = /"\s*:/.test(text) ? text.replace(/[{}[\]"]/g, ' ').replace(/\s+([,:])/g, '$1') : text;
  return plain.replace(/\s+/g, ' ').trim();
}

const UNITS: readonly [sentence: Sentence, length: number][] = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1000],
];

/** Milliseconds in the largest unit of which there are at least two, rounded; at least a second. */
export function durationText(milliseconds: number, language = ENGLISH): string {
  const [sentence, length] = UNITS.find(([, unit]) => milliseconds >= 2 * unit) ?? UNITS[UNITS.length - 1];
  return filled(sentence, { count: language.number(Math.max(1, Math.round(milliseconds / length))) }, language);
}

/** An ISO 8601 time without fractions of a second. */
function timeText(time: string): string {
  return time.replace('T', ' ').replace(/\.\d+$/, '');
}

/** What fills a sentence is put in once and not looked at again, so braces in a log stay as they are. */
function filled(sentence: Sentence, values: Readonly<Record<string, string>>, { translate }: Language): string {
  return translate(PART_SENTENCES[sentence]).replace(/\{(\w+)\}/g, (braces, name: string) => values[name] ?? braces);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
