import { highestByBlock } from '../../src/core/events/eventLog';
import type { BlockDetector } from './blockDetector';

/** A template that was never seen before, the more remarkable the later in the log: the logarithm of the place. */
export const firstSeen: BlockDetector = {
  name: 'first seen',
  async score(log) {
    const seen = new Uint8Array(log.templates.length);
    const blocks = highestByBlock(log, (entry) => {
      const event = log.events[entry];
      const score = seen[event] === 1 ? 0 : Math.log(1 + entry);
      seen[event] = 1;
      return score;
    });
    return { blocks };
  },
};
