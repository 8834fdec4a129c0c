import { highestByBlock, templateCounts } from '../../src/core/events/eventLog';
import type { BlockDetector } from './blockDetector';

/** The rarest template of a block: −log of its share of the log. */
export const rarity: BlockDetector = {
  name: 'rarity',
  async score(log) {
    const scores = Float64Array.from(templateCounts(log), (count) => -Math.log(count / log.events.length));
    return { blocks: highestByBlock(log, (entry) => scores[log.events[entry]]) };
  },
};
