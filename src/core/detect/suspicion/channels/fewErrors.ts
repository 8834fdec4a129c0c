import type { Channel } from '../channel';

/** An error where the log has few: −ln of the share of its records that are errors. */
export const fewErrors: Channel = {
  kinds: ['stream'],
  ofTemplates: ({ length, errors }) => {
    const rarity = Math.log(Math.max(1, length) / Math.max(1, errors));
    return (template) => (template.gravity.isError ? rarity : 0);
  },
};
