import type { EventLog, EventTemplate } from './eventLog';
import { troubleCount } from './lexicalScore';

/** A template that occurred fewer times before is still new. */
const FAMILIAR = 3;

/** How grave a template is: nothing to worry about, a warning or words of trouble, an error. */
const GRAVE = 1;
const ERROR = 2;
const GRAVITIES = ERROR + 1;

/** Which records of a log are of templates that were hardly met before, and how unusual that was where they stand. */
export interface Novelty {
  /**
   * Per entry the most that it can surprise, in nats; Infinity where its template is familiar. If the last new thing at
   * least as grave, or the beginning of the log, is k entries away, something new was to be expected with a probability of
   * 1/k, whatever it is: a program that starts says one new thing after the other, and what comes after a thousand lines
   * of the usual is news. No error is to be expected at the beginning.
   */
  limits: Float64Array;
  /** Per entry how many entries before it were of nothing new; 0 where its template is familiar. */
  quiet: Uint32Array;
  /** Share of the entries of the second half that are of new templates. */
  lateShare: number;
}

/** Looks for what is new in a log. */
export function noveltyOf({ events, templates }: EventLog): Novelty {
  const gravities = templates.map(gravityOf);
  const limits = new Float64Array(events.length).fill(Infinity);
  const quiet = new Uint32Array(events.length);
  const met = new Uint8Array(templates.length);
  const half = events.length >> 1;
  // Per gravity the last entry of a new template that is at least as grave.
  const last = new Array<number>(GRAVITIES).fill(-1);
  // As if a log of the same length without errors had come before.
  last[ERROR] = -events.length;
  let late = 0;
  events.forEach((event, entry) => {
    if (met[event] < FAMILIAR) {
      met[event]++;
      late += entry >= half ? 1 : 0;
      limits[entry] = Math.log(entry - last[gravities[event]]);
      quiet[entry] = entry - last[0] - 1;
      last.fill(entry, 0, gravities[event] + 1);
    }
  });
  return { limits, quiet, lateShare: late / Math.max(1, events.length - half) };
}

function gravityOf({ text, severity }: EventTemplate): number {
  return severity === 'error' ? ERROR : severity === 'warning' || troubleCount(text) > 0 ? GRAVE : 0;
}
