import type { Channel } from '../channel';

/** A line that may be a reason: it does not merely say with which outcome something has ended, or that it passed. */
export const reason: Channel = {
  kinds: ['console'],
  ofTemplates: () => (template) => (template.gravity.isOutcome ? 0 : 1),
};
