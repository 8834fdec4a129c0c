import { distinctCounts, type DistinctCounts, type EventCounts } from '../events/eventCounts';
import type { EventLog } from '../events/eventLog';
import type { FindingPart } from './findingParts';

/** A log of fewer sessions has nothing usual. */
const MIN_SESSIONS = 20;
/** Share of the sessions that have a template, for it to be missed in the others. */
const USUAL = 0.95;
/** Share of the sessions with a template that have it at most so often as is usual. */
const MOST = 0.99;
/** Times what is usual from which a count is too many, and the least such count. */
const EXCESS = 3;
const MIN_EXCESS = 5;
/** Templates named at most. */
const NAMED = 2;

/** How often the sessions of a log usually have each template. */
export class TypicalCounts {
  private readonly all: DistinctCounts;
  /** Templates that hardly any session lacks, the most frequent first. */
  private readonly common: number[];
  /** Per template how often the sessions with it have it at most, with few exceptions. */
  private readonly most: Float64Array;

  constructor(private readonly log: EventLog) {
    this.all = distinctCounts(log);
    const { vectors, blocksWith } = this.all;
    const counts: { count: number; blocks: number }[][] = log.templates.map(() => []);
    vectors.forEach((vector, i) =>
      vector.events.forEach((event, k) => counts[event].push({ count: vector.counts[k], blocks: blocksWith[i] })),
    );
    const sessionsWith = counts.map((each) => each.reduce((sum, { blocks }) => sum + blocks, 0));
    this.common = Array.from(sessionsWith.keys())
      .filter((event) => sessionsWith[event] >= USUAL * log.blockCount)
      .sort((a, b) => sessionsWith[b] - sessionsWith[a] || a - b);
    this.most = Float64Array.from(counts, (each, event) => {
      let below = 0;
      each.sort((a, b) => a.count - b.count);
      return each.find(({ blocks }) => (below += blocks) >= MOST * sessionsWith[event])?.count ?? 0;
    });
  }

  /** The event counts of the sessions of this log, or of one over its templates and further ones. */
  countsIn(log: EventLog): DistinctCounts {
    return log === this.log ? this.all : distinctCounts(log);
  }

  /**
   * What a session lacks, and what it has too often; none if there is no such.
   * @param session how often it has each template
   * @param shown how a template is shown
   */
  deviations({ events, counts }: EventCounts, shown: (template: number) => string): FindingPart[] {
    if (this.all.vectorOf.length < MIN_SESSIONS) {
      return [];
    }
    const own = new Set(events);
    const missing = this.common.filter((event) => !own.has(event));
    const tooMany = Array.from(events.keys())
      .filter((i) => events[i] < this.most.length && counts[i] >= Math.max(MIN_EXCESS, EXCESS * this.most[events[i]]))
      .sort((a, b) => counts[b] / this.most[events[b]] - counts[a] / this.most[events[a]] || events[a] - events[b]);
    const lacks: FindingPart[] =
      missing.length === 0
        ? []
        : [
            {
              part: 'lacks',
              templates: missing.slice(0, NAMED).map(shown),
              more: Math.max(0, missing.length - NAMED),
            },
          ];
    return [
      ...lacks,
      ...tooMany.slice(0, NAMED).map((i): FindingPart => ({
        part: 'too-many',
        template: shown(events[i]),
        count: counts[i],
        usual: this.most[events[i]],
      })),
    ];
  }
}
