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
  const distances = new Uint32Array(events.length);
  const met = new Uint8Array(templates.length);
  const half = events.length >> 1;
  let last = -1;
  let late = 0;
  events.forEach((event, entry) => {
    if (met[event] < FAMILIAR) {
      met[event]++;
      distances[entry] = entry - last;
      last = entry;
      late += entry >= half ? 1 : 0;
    }
  });
  return { distances, lateShare: late / Math.max(1, events.length - half) };
}

/**
 * The most that an entry can surprise, in nats: if the last new thing stood k entries before, something new was to be
 * expected with a probability of 1/k, whatever it is. Familiar ones can surprise without bound.
 */
export function limitedByNovelty(surprise: number, distance: number): number {
  return distance === 0 ? surprise : Math.min(surprise, Math.log(distance));
}
