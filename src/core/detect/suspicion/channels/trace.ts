import type { Channel } from '../channel';

/** A stack trace. */
export const trace: Channel = {
  kinds: ['console'],
  ofTemplates: () => (template) => (template.gravity.isTrace ? 1 : 0),
};
