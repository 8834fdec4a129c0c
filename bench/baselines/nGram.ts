import { highestByBlock, type EventLog } from '../../src/core/events/eventLog';
import type { BlockDetector } from './blockDetector';

/** Weight of the shorter context's estimate against counts of the longer one. */
const BACK_OFF = 1;

/**
 * A trigram model of the log, each estimate smoothed by the next shorter one (Witten & Bell 1991 with a fixed weight):
 * the surprisal of a block's most surprising event. An entry does not count itself.
 */
export const nGram: BlockDetector = {
  name: '3-gram',
  async score(log) {
    const contexts = contextsOf(log);
    const counts = new Map<string, number>();
    const keys = (entry: number): string[] => {
      const [a, b] = contexts[entry];
      const event = log.events[entry];
      return ['', `${b}`, `${a} ${b}`].flatMap((context) => [context, `${context}>${event}`]);
    };
    for (let entry = 0; entry < log.events.length; entry++) {
      keys(entry).forEach((key) => counts.set(key, (counts.get(key) ?? 0) + 1));
    }
    const blocks = highestByBlock(log, (entry) => {
      let probability = 1 / log.templates.length;
      const list = keys(entry);
      for (let i = 0; i < list.length; i += 2) {
        const [context, both] = [counts.get(list[i])! - 1, counts.get(list[i + 1])! - 1];
        probability = (both + BACK_OFF * probability) / (context + BACK_OFF);
      }
      return -Math.log(probability);
    });
    return { blocks };
  },
};

/** Per entry the two events before it in its sequence; −1 before the first. */
function contextsOf(log: EventLog): [number, number][] {
  const last = Array.from({ length: log.sequenceCount }, (): [number, number] => [-1, -1]);
  return Array.from(log.events, (event, entry) => {
    const sequence = log.sequences[entry];
    const context = last[sequence];
    last[sequence] = [context[1], event];
    return context;
  });
}
