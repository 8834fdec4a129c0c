import type { EventLog, EventTemplate } from '../../events/eventLog';
import { troubleCount } from '../lexicon/troubleWords';

/** A template that occurred fewer times before is still new. */
const FAMILIAR = 3;

/** How grave a template is: nothing to worry about, a warning or words of trouble, an error. */
const GRAVE = 1;
const ERROR = 2;
const GRAVITIES = ERROR + 1;

/** Which records of a log are of templates that were hardly met before, and how unusual that was where they stand. */
export interface Novelty {
  /**
   * Of entries whose template was hardly met the most that it can surprisal, in nats. If the last new thing at
   * least as grave, or the beginning of the log, is k entries away, something new was to be expected with a probability of
   * 1/k, whatever it is: a program that starts says one new thing after the other, and what comes after a thousand lines
   * of the usual is news. No error is to be expected at the beginning.
   */
  limits: Map<number, number>;
  /** Of the same entries how many before them were of nothing new. */
  sinceLastNew: Map<number, number>;
  /** Share of the entries of the second half that are of new templates. */
  lateShare: number;
}

/** Looks for what is new in a log. */
export function noveltyOf({ events, templates }: EventLog): Novelty {
  const met = new SeenTemplates(templates, events.length);
  const limits = new Map<number, number>();
  const sinceLastNew = new Map<number, number>();
  const half = events.length >> 1;
  let late = 0;
  events.forEach((event, entry) => {
    const news = met.take(event, templates[event]);
    if (news !== undefined) {
      late += entry >= half ? 1 : 0;
      limits.set(entry, news.limit);
      sinceLastNew.set(entry, news.sinceLastNew);
    }
  });
  return { limits, sinceLastNew, lateShare: late / Math.max(1, events.length - half) };
}

/** Which templates have been met so far, entry by entry: of a log, and of what comes after it. */
export class SeenTemplates {
  private readonly met: Uint8Array;
  private readonly gravities: readonly number[];
  private entry = 0;
  /** Per gravity the last entry of a new template that is at least as grave. */
  private readonly last = new Array<number>(GRAVITIES).fill(-1);

  /**
   * @param templates that can become familiar; a further one is new as often as it comes
   * @param length entries of the log
   */
  constructor(templates: readonly EventTemplate[], length: number) {
    this.met = new Uint8Array(templates.length);
    this.gravities = templates.map(gravityOf);
    // As if a log of the same length without errors had come before.
    this.last[ERROR] = -length;
  }

  /** Takes in the next entry: its limit and the records since the last news, see {@link Novelty}; undefined if it is familiar. */
  take(event: number, template: EventTemplate): { limit: number; sinceLastNew: number } | undefined {
    const { met, last } = this;
    const entry = this.entry++;
    if (met[event] >= FAMILIAR) {
      return undefined;
    }
    if (event < met.length) {
      met[event]++;
    }
    const gravity = this.gravities[event] ?? gravityOf(template);
    const news = { limit: Math.log(entry - last[gravity]), sinceLastNew: entry - last[0] - 1 };
    last.fill(entry, 0, gravity + 1);
    return news;
  }
}

function gravityOf({ text, severity }: EventTemplate): number {
  return severity === 'error' ? ERROR : severity === 'warning' || troubleCount(text) > 0 ? GRAVE : 0;
}
