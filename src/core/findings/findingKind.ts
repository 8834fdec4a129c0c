import { partOf, type FindingPart } from './findingParts';

/** What has happened, in a word. The list is open: who reads one that it does not know shows it as it is. */
export const FINDING_KINDS = [
  'new-error',
  'error',
  'keeps-failing',
  'burst',
  'burst-of-errors',
  'burst-of-warnings',
  'new-warning',
  'warning',
  'failure',
  'silence',
  'new-message',
  'step-missing',
  'unusual-step',
  'unusual-course',
  'unusual-counts',
  'rare-message',
  'unusual',
  'ordinary',
] as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

/** How grave a record calls itself, as far as that makes a kind. */
type Grave = 'error' | 'warning' | 'failure';

/** The parts that make a kind, the most telling first; behind what a record says of itself and that it is new. */
const BY_PART: readonly [FindingPart['part'], FindingKind][] = [
  ['silence', 'silence'],
  ['missing-before', 'step-missing'],
  ['missing-between', 'step-missing'],
  ['missing-after', 'step-missing'],
  ['ends-early', 'step-missing'],
  ['unusual-step', 'unusual-step'],
  ['instead-of', 'unusual-course'],
  ['after', 'unusual-course'],
  ['repeated', 'unusual-course'],
  ['first', 'unusual-course'],
  ['not-first', 'unusual-course'],
  ['after-end', 'unusual-course'],
  ['order', 'unusual-course'],
  ['too-many', 'unusual-counts'],
  ['lacks', 'step-missing'],
  ['rare', 'rare-message'],
  ['seen', 'rare-message'],
];

/** The kind of a finding with these parts. */
export function kindOf(parts: readonly FindingPart[]): FindingKind {
  const grave = graveOf(parts);
  if (partOf(parts, 'burst') !== undefined || isBurstOfErrors(parts)) {
    return grave === 'error' ? 'burst-of-errors' : grave === 'warning' ? 'burst-of-warnings' : 'burst';
  }
  if (partOf(parts, 'keeps-failing') !== undefined) {
    return 'keeps-failing';
  }
  const isNew = isNewIn(parts);
  switch (grave) {
    case 'error':
      return isNew ? 'new-error' : 'error';
    case 'warning':
      return isNew ? 'new-warning' : 'warning';
    case 'failure':
      return 'failure';
    case undefined:
      return otherKind(parts, isNew);
  }
}

/** The kind where the records do not call themselves grave. */
function otherKind(parts: readonly FindingPart[], isNew: boolean): FindingKind {
  if (isNew && partOf(parts, 'silence') === undefined) {
    return 'new-message';
  }
  return BY_PART.find(([part]) => partOf(parts, part) !== undefined)?.[1] ?? 'unusual';
}

function graveOf(parts: readonly FindingPart[]): Grave | undefined {
  const level = partOf(parts, 'level')?.level;
  return level ?? (['failure', 'explanation'].includes(partOf(parts, 'words')?.of ?? '') ? 'failure' : undefined);
}

/** So many errors are a burst where they come at least as fast, in errors a millisecond. */
const BURST_ERRORS = 10;
const BURST_RATE = BURST_ERRORS / 60_000;

function isBurstOfErrors(parts: readonly FindingPart[]): boolean {
  const here = partOf(parts, 'errors-here');
  return here !== undefined && here.count >= BURST_ERRORS && here.count >= BURST_RATE * (here.milliseconds ?? Infinity);
}

/** Whether nothing like it was there before, as far as is known. */
function isNewIn(parts: readonly FindingPart[]): boolean {
  return (
    partOf(parts, 'rare')?.count === 1 ||
    partOf(parts, 'seen')?.count === 0 ||
    partOf(parts, 'level')?.errors === 1 ||
    partOf(parts, 'news') !== undefined ||
    partOf(parts, 'not-in-good-log') !== undefined
  );
}
