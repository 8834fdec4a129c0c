import type { Channel } from '../channel';

/** Nats beyond which it makes no difference how remarkable a record is. */
const MOST = 5;

/** How remarkable a record is by the order of events, its words, and that it is new after a long time. */
export const remarkable: Channel = {
  kinds: ['stream'],
  ofRecord: ({ margin }) => Math.max(-MOST, Math.min(MOST, margin)),
};
