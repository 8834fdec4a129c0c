import { highestByBlock } from '../../src/core/events/eventLog';
import { troubleCount } from '../../src/core/detect/lexicon/troubleWords';
import { severityScore } from '../../src/core/detect/unsupervised/lexicalScore';
import type { BlockDetector } from './blockDetector';

/** What a person does with grep: the most words of trouble in a line of a block, a grave level among them. */
export const keywords: BlockDetector = {
  name: 'keywords',
  async score(log) {
    const counts = log.templates.map(
      ({ text, severity }) => troubleCount(text) + (severityScore(severity) > 1 ? 1 : 0),
    );
    return { blocks: highestByBlock(log, (entry) => counts[log.events[entry]]), cut: 1 };
  },
};
