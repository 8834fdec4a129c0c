import { highestByBlock, type LabelFreeDetector } from '../eventLog';
import { severityScore } from '../lexicalScore';

/** The gravest level of a block. */
export const level: LabelFreeDetector = {
  name: 'level',
  async score(log) {
    const scores = log.templates.map(({ severity }) => severityScore(severity));
    return { blocks: highestByBlock(log, (entry) => scores[log.events[entry]]), cut: 2 };
  },
};
