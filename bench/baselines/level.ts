import { highestByBlock } from '../../src/core/events/eventLog';
import { severityScore } from '../../src/core/detect/unsupervised/lexicalScore';
import type { BlockDetector } from './blockDetector';

/** The gravest level of a block. */
export const level: BlockDetector = {
  name: 'level',
  async score(log) {
    const scores = log.templates.map(({ severity }) => severityScore(severity));
    return { blocks: highestByBlock(log, (entry) => scores[log.events[entry]]), cut: 2 };
  },
};
