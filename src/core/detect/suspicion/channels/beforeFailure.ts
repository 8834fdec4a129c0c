import type { Channel } from '../channel';

/** Nats that a line right before it has. */
const MOST = 5;

/** How soon a line is followed by one that says that something failed: what makes it fail stands before it. */
export const beforeFailure: Channel = {
  kinds: ['console'],
  ofRecord: ({ toFailure }) => Math.max(0, MOST - Math.log(1 + toFailure)),
};
