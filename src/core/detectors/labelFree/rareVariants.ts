import { Drain } from '../../templates/drain';
import { templateCounts, type EventLog } from './eventLog';
import { troubleCount } from './lexicalScore';

/** Share of equal tokens from which two templates are variants of each other. */
const SIMILARITY = 0.6;
/** A variant is rare if it has fewer records than this share of the most frequent one's. */
const RARE = 0.1;

/**
 * Reads each rare variant of a frequent template as that template: "pending task (deleting)" beside hundreds of "pending
 * task (spawning)" is the same event with another parameter, and that its word is rare tells nothing about the order
 * of events. Templates of different severity, or with more words of trouble, are never variants of each other; nor
 * are frequent ones, for "started" and "stopped" make the order. Variants are found by Drain over the templates.
 * @returns the log with the same templates, its events replaced
 */
export function foldRareVariants(log: EventLog): EventLog {
  const drains = new Map<string, Drain>();
  const groups = log.templates.map(({ text, severity }) => {
    const kind = `${severity} ${troubleCount(text)}`;
    const drain = drains.get(kind) ?? new Drain({ similarity: SIMILARITY, maximumChildren: 60 });
    drains.set(kind, drain);
    return `${kind} ${drain.learn(text).index}`;
  });
  const counts = templateCounts(log);
  const mostFrequent = new Map<string, number>();
  groups.forEach((group, template) => {
    const best = mostFrequent.get(group);
    if (best === undefined || counts[template] > counts[best]) {
      mostFrequent.set(group, template);
    }
  });
  const eventOf = Uint32Array.from(groups, (group, template) => {
    const frequent = mostFrequent.get(group) ?? template;
    return counts[template] < RARE * counts[frequent] ? frequent : template;
  });
  const events = new Uint32Array(log.events.length);
  for (let entry = 0; entry < events.length; entry++) {
    events[entry] = eventOf[log.events[entry]];
  }
  return { ...log, events };
}
