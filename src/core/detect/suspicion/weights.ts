import type { Outcome } from '../../formats/runOutcome';
import type { ChannelName } from './channels';

/** How the channels count in a kind of log. */
export interface SuspicionWeights {
  /** What a unit of each channel adds, in nats. */
  channels: Readonly<Partial<Record<ChannelName, number>>>;
  /** What nothing in a log reaches by itself: the score that stands for "there is nothing to find". */
  nothing: number;
  /** What that score gains where a run says last that it, or a step of it, failed or succeeded. */
  ofOutcome: Readonly<Record<Outcome, number>>;
  /**
   * A finding has at least so many nats more than `nothing`: the least margin, in halves, with which nine of ten healthy
   * logs of systems left out have no finding and one of a hundred has more than two.
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
    channels: { words: 0.72, level: 0.9, fewErrors: 0.55, rarity: 0.88, remarkable: 0.25 },
    nothing: 1.42,
    ofOutcome: { failed: 0, succeeded: 0 },
    margin: 0.5,
    share: 0.05,
  },
  console: {
    channels: { words: 0.81, trace: 2.2, level: 2.36, reason: 1.97, beforeFailure: 0.8 },
    nothing: 6.89,
    ofOutcome: { failed: -2.33, succeeded: 2.02 },
    margin: 0,
    share: 0.05,
  },
};
