import type { Channel } from '../channel';

/** What the words say, by what authors log as errors. */
export const words: Channel = {
  kinds: ['stream', 'console'],
  ofTemplates: () => (template) => template.gravity.odds,
};
