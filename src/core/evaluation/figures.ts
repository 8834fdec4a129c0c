import type { LabelledSequences } from '../detect/baselines/simpleDetector';
import { type SessionTable, selectSessions } from '../blocks/sessionTable';
import { type Confusion, confusionAt, f1, precision, recall } from '../numeric/confusion';
import { averagePrecision, rocAuc } from './ranking';
import type { ScoredSamples } from '../numeric/scoredSamples';
import type { Split } from './split';

/** How well scores tell anomalous from normal sessions. Each ratio is NaN where it is not defined. */
export interface Figures {
  precision: number;
  recall: number;
  f1: number;
  auc: number;
  averagePrecision: number;
  confusion: Confusion;
}

/**
 * Lines scores of sequences up with the labels of their sessions: a sequence of both labels becomes two samples of
 * equal score, and counts of 0 become samples of weight 0.
 * @param scores one per sequence; any number where the sequence has no session
 */
export function samplesOf(test: LabelledSequences, scores: ArrayLike<number>): Required<ScoredSamples> {
  const count = test.sequences.length;
  const samples = {
    scores: new Float64Array(2 * count),
    labels: new Uint8Array(2 * count),
    weights: new Float64Array(2 * count),
  };
  for (let i = 0; i < count; i++) {
    samples.scores[2 * i] = samples.scores[2 * i + 1] = scores[i];
    samples.labels[2 * i + 1] = 1;
    samples.weights[2 * i] = test.normal[i];
    samples.weights[2 * i + 1] = test.anomalous[i];
  }
  return samples;
}

/** All figures of some samples at a threshold. */
export function figuresAt(samples: ScoredSamples, threshold: number): Figures {
  const confusion = confusionAt(samples, threshold);
  return {
    precision: precision(confusion),
    recall: recall(confusion),
    f1: f1(confusion),
    auc: rocAuc(samples),
    averagePrecision: averagePrecision(samples),
    confusion,
  };
}

/** The test sessions whose sequence never occurred in training: what remains when learning by heart is of no use. */
export function unseenSessions({ train, test }: Split): SessionTable {
  return selectSessions(test, (session) => {
    const sequence = test.sequenceOf[session];
    return train.normal[sequence] + train.anomalous[sequence] === 0;
  });
}
