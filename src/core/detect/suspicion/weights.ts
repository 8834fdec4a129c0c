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
    channels: { words: 0.68, label: 0.4, trace: 0.01, level: 0.46, fewErrors: 0.4, rarity: 0.87, remarkable: 0.37 },
    nothing: 1.05,
    ofOutcome: { failed: 0, succeeded: 0 },
    margin: 0.5,
    share: 0.05,
  },
  console: {
    channels: { words: 0.89, trace: 2.16, level: 2.2, reason: 1.86, beforeFailure: 0.69 },
    nothing: 6.46,
    ofOutcome: { failed: -2.34, succeeded: 2.1 },
    margin: 0,
    share: 0.05,
  },
};
