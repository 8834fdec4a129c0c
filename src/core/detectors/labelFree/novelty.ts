import type { EventLog } from './eventLog';

/** A template that occurred fewer times before is still new. */
const FAMILIAR = 3;

/** Which records of a log are of templates that were hardly met before, and how unusual that was where they stand. */
export interface Novelty {
  /**
   * Per entry: 0 where its template is familiar, else how many entries ago the last one of a new template stood, the
   * beginning of the log counting as one. A program that starts says one new thing after the other; what comes after a
   * thousand lines of the usual is news.
   */
  distances: Uint32Array;
  /** Share of the entries of the second half that are of new templates. */
  lateShare: number;
}

/** Looks for what is new in a log. */
export function noveltyOf({ events, templates }: EventLog): Novelty {
  const half = events.length >> 1;
  const met = new MetTemplates(templates.length);
  const distances = events.map((event) => met.distanceOf(event));
  const late = distances.subarray(half).reduce((sum, distance) => sum + (distance > 0 ? 1 : 0), 0);
  return { distances, lateShare: late / Math.max(1, events.length - half) };
}

/** Which templates have been met so far, entry by entry. */
export class MetTemplates {
  private readonly met: Uint8Array;
  private entries = 0;
  /** How many entries there were up to the last new one. */
  private last = 0;

  /** @param templates how many can become familiar; a further one is new as often as it comes */
  constructor(templates: number) {
    this.met = new Uint8Array(templates);
  }

  /** Takes in the next entry: see {@link Novelty.distances}. */
  distanceOf(template: number): number {
    this.entries++;
    if (this.met[template] >= FAMILIAR) {
      return 0;
    }
    if (template < this.met.length) {
      this.met[template]++;
    }
    const distance = this.entries - this.last;
    this.last = this.entries;
    return distance;
  }
}

/**
 * The most that an entry can surprise, in nats: if the last new thing stood k entries before, something new was to be
 * expected with a probability of 1/k, whatever it is. Familiar ones can surprise without bound.
 */
export function limitedByNovelty(surprise: number, distance: number): number {
  return distance === 0 ? surprise : Math.min(surprise, Math.log(distance));
}
