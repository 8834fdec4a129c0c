import type { Channel } from './channel';
import { beforeFailure } from './channels/beforeFailure';
import { fewErrors } from './channels/fewErrors';
import { level } from './channels/level';
import { rarity } from './channels/rarity';
import { reason } from './channels/reason';
import { remarkable } from './channels/remarkable';
import { trace } from './channels/trace';
import { words } from './channels/words';

/** All channels, by the names under which their weights are kept. */
export const CHANNELS = {
  words,
  trace,
  level,
  fewErrors,
  rarity,
  reason,
  remarkable,
  beforeFailure,
} as const satisfies Record<string, Channel>;

export type ChannelName = keyof typeof CHANNELS;

/** Names of the channels that count in a kind of log, in the order of their weights. */
export function channelsOf(kind: 'stream' | 'console'): ChannelName[] {
  return (Object.keys(CHANNELS) as ChannelName[]).filter((name) => CHANNELS[name].kinds.includes(kind));
}
