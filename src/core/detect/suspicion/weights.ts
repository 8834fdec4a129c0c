import type { ChannelName } from './channels';

/** How the channels count in a kind of log. */
export interface SuspicionWeights {
  /** What a unit of each channel adds, in nats. */
  channels: Readonly<Partial<Record<ChannelName, number>>>;
  /** What nothing in a log reaches by itself: the score that stands for "there is nothing to find". */
  nothing: number;
  /**
   * A finding has at least so many nats more than `nothing`: the least margin, in halves, with which nine of ten healthy
   * streams of systems left out have no finding. In consoles 0, with which three of four have none: with ½ everyday failed
   * builds had none either.
   */
  margin: number;
  /** A finding has at least this share of the suspicion in its log, `nothing` included. */
  share: number;
}

/**
 * The weights, as `npm run train:judge` prints them, and a cut that was chosen from the table of cuts that it prints: a conditional logit (McFadden: "Conditional logit analysis of
 * qualitative choice behavior", 1973) of which template a reader looks for, "nothing" among the choices, over logs of which
 * it is known. docs/method/figures.md has what each kind of log reaches with the weights that were learned without it.
 */
export const SUSPICION_WEIGHTS: Readonly<Record<'stream' | 'console', SuspicionWeights>> = {
  stream: {
    channels: { words: 0.72, label: 0.74, level: 0.58, fewErrors: 0.34, rarity: 0.87, remarkable: 0.36 },
    nothing: 1.02,
    margin: 0.5,
    share: 0.05,
  },
  console: {
    channels: { words: 0.95, label: 1.29, level: 2.27, reason: 1.09, position: 0.37 },
    nothing: 5.13,
    margin: 0,
    share: 0.05,
  },
};
