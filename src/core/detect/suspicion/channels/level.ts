import type { Channel } from '../channel';

/** A record that calls itself an error. */
export const level: Channel = {
  kinds: ['stream', 'console'],
  ofTemplates: () => (template) => (template.gravity.isError ? 1 : 0),
};
