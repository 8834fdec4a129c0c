import type { Channel } from '../channel';

/** Nats that the end of a run adds at most. */
const MOST = 5;

/** How near the end of a run a line is, for what makes a run fail stands there: −ln of the share that remains. */
export const position: Channel = {
  kinds: ['console'],
  ofRecord: ({ remaining }) => Math.min(MOST, -Math.log(remaining)),
};
