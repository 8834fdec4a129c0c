import { Drain } from '../../templates/drain';
import { templateCounts, type EventLog, type EventTemplate } from '../../events/eventLog';
import { troubleCount } from '../lexicon/troubleWords';

/** Share of equal tokens from which two templates are variants of each other. */
const SIMILARITY = 0.6;
/** A variant is rare if it has fewer records than this share of the most frequent one's. */
const RARE = 0.1;

/**
 * Reads each rare variant of a frequent template as that template: "pending task (deleting)" beside hundreds of "pending
 * task (spawning)" is the same event with another parameter, and that its word is rare tells nothing about the order
 * of events. Templates of different severity, or with more words of trouble, are never variants of each other; nor
 * are frequent ones, for "started" and "stopped" make the order. Variants are found by Drain over the templates.
 */
export class RareVariants {
  private readonly drains = new Map<string, Drain>();
  private readonly counts: Uint32Array;
  /** Template by kind and cluster of its Drain. */
  private readonly mostFrequent = new Map<string, number>();
  private readonly readAs: Uint32Array;

  constructor(log: EventLog) {
    const { drains, mostFrequent } = this;
    const groups = log.templates.map((template) => {
      const kind = kindOf(template);
      const drain = drains.get(kind) ?? new Drain({ similarity: SIMILARITY, maximumChildren: 60 });
      drains.set(kind, drain);
      return `${kind} ${drain.learn(template.text).index}`;
    });
    const counts = templateCounts(log);
    this.counts = counts;
    groups.forEach((group, template) => {
      const best = mostFrequent.get(group);
      if (best === undefined || counts[template] > counts[best]) {
        mostFrequent.set(group, template);
      }
    });
    this.readAs = Uint32Array.from(groups, (group, template) => {
      const frequent = mostFrequent.get(group) ?? template;
      return counts[template] < RARE * counts[frequent] ? frequent : template;
    });
  }

  /** The log with the same templates, its events replaced. */
  fold(log: EventLog): EventLog {
    const events = new Uint32Array(log.events.length);
    for (let entry = 0; entry < events.length; entry++) {
      events[entry] = this.readAs[log.events[entry]];
    }
    return { ...log, events };
  }

  /** As which template a record is read. */
  readAsOf(template: number): number {
    return this.readAs[template];
  }

  /** The same for a template that the log does not have; undefined if it is no variant of a frequent one. */
  readAsOfLater(template: EventTemplate): number | undefined {
    const kind = kindOf(template);
    const cluster = this.drains.get(kind)?.find(template.text);
    const frequent = cluster && this.mostFrequent.get(`${kind} ${cluster.index}`);
    return frequent !== undefined && RARE * this.counts[frequent] > 1 ? frequent : undefined;
  }
}

function kindOf({ text, severity }: EventTemplate): string {
  return `${severity} ${troubleCount(text)}`;
}
