import type { Channel } from '../channel';

/** A line that may be a reason, and does not merely say with which outcome something has ended. */
export const reason: Channel = {
  kinds: ['console'],
  ofTemplates: () => (template) => (template.gravity.isOutcome ? 0 : 1),
};
