import type { EventLog } from '../events/eventLog';
import type { FindingPart } from './findingParts';

/** A template that has fewer others beside it has no usual ones. */
const MIN_OCCURRENCES = 10;
/** Share of a template's occurrences beside which another stands, to be the usual one. */
const USUAL = 0.9;
/** How many entries before or after are looked through for the usual one. */
const NEAR = 10;

/** Stands for the beginning or the end of a sequence. */
const BORDER = -1;

/** What usually stands before and after each template in the sequences of a log. */
export class UsualNeighbours {
  readonly links: SequenceLinks;
  private before: NeighbourOf | undefined;
  private after: NeighbourOf | undefined;

  constructor(readonly log: EventLog) {
    this.links = linksOf(log);
  }

  /** The template that usually stands before a template, or {@link BORDER}; undefined if none does usually. */
  beforeOf(template: number): number | undefined {
    this.before ??= usualNeighbours(this.log, this.links.previous);
    return this.before.get(template);
  }

  /** The same for what stands after it. */
  afterOf(template: number): number | undefined {
    this.after ??= usualNeighbours(this.log, this.links.next);
    return this.after.get(template);
  }
}

/** Where the entries of a log are out of the usual order. */
export class TypicalOrder {
  /**
   * @param usual of this log, or of the one that it goes on with
   * @param links of this log's entries
   */
  constructor(
    private readonly log: EventLog,
    private readonly usual = new UsualNeighbours(log),
    private readonly links = log === usual.log ? usual.links : linksOf(log),
  ) {}

  /** Whether an entry is the last one of its sequence. */
  isLast(entry: number): boolean {
    return this.links.next(entry) < 0;
  }

  /**
   * How an entry is out of order.
   * @param shown how a template is shown
   */
  violation(entry: number, shown: (template: number) => string): FindingPart {
    const { events, kind } = this.log;
    const { previous: previousOf } = this.links;
    const own = events[entry];
    const before = previousOf(entry);
    const usual = this.usual.beforeOf(own);
    if (usual !== undefined && usual !== BORDER && usual !== own && !this.isNear(entry, usual, previousOf)) {
      return { part: 'missing-before', usual: shown(usual) };
    }
    if (before < 0) {
      return { part: 'first', of: kind === 'sessions' ? 'session' : 'log' };
    }
    const previous = events[before];
    if (previous === own) {
      return { part: 'repeated' };
    }
    if (usual === BORDER && kind === 'sessions') {
      return { part: 'not-first', previous: shown(previous) };
    }
    const expected = this.usual.afterOf(previous);
    if (expected === BORDER && kind === 'sessions') {
      return { part: 'after-end', previous: shown(previous) };
    }
    if (expected === undefined || expected === BORDER || expected === previous) {
      return { part: 'after', previous: shown(previous) };
    }
    const part = this.comesLater(before, expected) ? 'instead-of' : 'missing-between';
    return { part, previous: shown(previous), usual: shown(expected) };
  }

  /** What usually follows the last entry of a session but does not; undefined if nothing does usually. */
  missingAfter(entry: number): number | undefined {
    const usual = this.usual.afterOf(this.log.events[entry]);
    return usual === BORDER ? undefined : usual;
  }

  /** Whether a template follows an entry soon, but not right after another entry like that one, to which it would belong. */
  private comesLater(entry: number, template: number): boolean {
    const { events } = this.log;
    let last = entry;
    let at = this.links.next(entry);
    for (let i = 0; i < NEAR && at >= 0; i++) {
      if (events[at] === template && events[last] !== events[entry]) {
        return true;
      }
      last = at;
      at = this.links.next(at);
    }
    return false;
  }

  /** Whether a template stands among the entries that follow each other from one on, itself left out. */
  private isNear(entry: number, template: number, nextOf: Link): boolean {
    let at = nextOf(entry);
    for (let i = 0; i < NEAR && at >= 0; i++, at = nextOf(at)) {
      if (this.log.events[at] === template) {
        return true;
      }
    }
    return false;
  }
}

/** The entry beside another in its sequence; negative at its ends. */
type Link = (entry: number) => number;

/** How the entries of a log follow each other in their sequences. */
export interface SequenceLinks {
  previous: Link;
  next: Link;
}

function linksOf({ events, sequences, sequenceCount, leftOut }: EventLog): SequenceLinks {
  const gaps = new Set(leftOut?.gaps);
  if (sequenceCount <= 1) {
    return {
      previous: (entry) => (gaps.has(entry) ? -1 : entry - 1),
      next: (entry) => (entry + 1 < events.length && !gaps.has(entry + 1) ? entry + 1 : -1),
    };
  }
  const previous = new Int32Array(events.length);
  const next = new Int32Array(events.length).fill(-1);
  const last = new Int32Array(sequenceCount).fill(-1);
  sequences.forEach((sequence, entry) => {
    if (gaps.has(entry)) {
      last.fill(-1);
    }
    const before = last[sequence];
    previous[entry] = before;
    if (before >= 0) {
      next[before] = entry;
    }
    last[sequence] = entry;
  });
  return { previous: (entry) => previous[entry], next: (entry) => next[entry] };
}

/** Per template that has one the template that usually stands beside it, or {@link BORDER}. */
type NeighbourOf = Map<number, number>;

/** The majority of each template's neighbours (Boyer & Moore 1981), where it is large enough. */
function usualNeighbours({ templates, events }: EventLog, link: Link): NeighbourOf {
  const candidates = new Int32Array(templates.length);
  const lead = new Uint32Array(templates.length);
  const neighbourOf = (entry: number): number => (link(entry) < 0 ? BORDER : events[link(entry)]);
  for (let entry = 0; entry < events.length; entry++) {
    const template = events[entry];
    const neighbour = neighbourOf(entry);
    if (lead[template] === 0) {
      candidates[template] = neighbour;
    }
    lead[template] += candidates[template] === neighbour ? 1 : -1;
  }
  const all = new Uint32Array(templates.length);
  const same = new Uint32Array(templates.length);
  for (let entry = 0; entry < events.length; entry++) {
    const template = events[entry];
    all[template]++;
    same[template] += candidates[template] === neighbourOf(entry) ? 1 : 0;
  }
  const usual: NeighbourOf = new Map();
  all.forEach((count, template) => {
    if (count >= MIN_OCCURRENCES && same[template] >= USUAL * count) {
      usual.set(template, candidates[template]);
    }
  });
  return usual;
}
