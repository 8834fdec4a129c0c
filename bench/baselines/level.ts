import { highestByBlock, type UnsupervisedDetector } from '../../src/core/events/eventLog';
import { severityScore } from '../../src/core/detect/unsupervised/lexicalScore';

/** The gravest level of a block. */
export const level: UnsupervisedDetector = {
  name: 'level',
  async score(log) {
    const scores = log.templates.map(({ severity }) => severityScore(severity));
    return { blocks: highestByBlock(log, (entry) => scores[log.events[entry]]), cut: 2 };
  },
};
