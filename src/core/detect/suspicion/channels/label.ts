import type { Channel } from '../channel';

/** A message that its form labels as a failure, such as `error: …`. */
export const label: Channel = {
  kinds: ['stream'],
  ofTemplates: () => (template) => (template.gravity.hasLabel ? 1 : 0),
};
