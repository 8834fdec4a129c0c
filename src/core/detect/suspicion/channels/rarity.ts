import type { Channel } from '../channel';
import { Tail } from '../tail';

/** How few templates of the log are as rare. */
export const rarity: Channel = {
  kinds: ['stream'],
  ofTemplates: ({ templates }) => {
    const tail = new Tail(Float64Array.from(templates, ({ count }) => -count));
    return (template) => tail.of(-Math.max(1, template.count));
  },
};
