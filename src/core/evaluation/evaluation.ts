import { BASELINES } from '../detect/baselines/baselines';
import { type Figures, figuresAt, samplesOf, unseenSessions } from './figures';
import {
  type ReliabilityBin,
  brierScore,
  equalMassBins,
  equalWidthBins,
  expectedCalibrationError,
} from './reliability';
import type { Split } from './split';

const RELIABILITY_BINS = 10;

/** What one detector does on the test sessions. */
interface DetectorFigures {
  name: string;
  /** A session is called anomalous if its score is at least this. */
  threshold: number;
  /** On all test sessions. */
  all: Figures;
  /** On those whose sequence never occurred in training. */
  unseen: Figures;
}

/** How many sessions a part of the data has. */
export interface SessionCounts {
  sessions: number;
  anomalous: number;
  /** Distinct event sequences. */
  sequences: number;
}

/** Whether the model's score can be taken for a probability. */
interface Reliability {
  brier: number;
  /** Expected calibration error over ten bins of equal width. */
  calibrationError: number;
  /** Expected calibration error over ten bins of equal mass. */
  calibrationErrorEqualMass: number;
  /** The bins of equal width that are not empty. */
  bins: ReliabilityBin[];
}

/** A model's figures beside those of the baselines on the same sessions. */
export interface Evaluation {
  train: SessionCounts;
  test: SessionCounts;
  /** The part of the test sessions whose sequence never occurred in training. */
  unseen: SessionCounts;
  reliability: Reliability;
  /** The model first. */
  detectors: DetectorFigures[];
}

/** A model's verdicts on the test sessions. */
export interface ModelScores {
  name: string;
  threshold: number;
  /** Probability that a session is anomalous per sequence of the test part; any number for those without sessions. */
  scores: ArrayLike<number>;
}

/** Measures a model on the test part, and beside it every baseline, which learns from the training part. */
export function evaluate(split: Split, model: ModelScores): Evaluation {
  const { train, test } = split;
  const unseen = unseenSessions(split);
  const figures = (name: string, threshold: number, scores: ArrayLike<number>): DetectorFigures => ({
    name,
    threshold,
    all: figuresAt(samplesOf(test, scores), threshold),
    unseen: figuresAt(samplesOf(unseen, scores), threshold),
  });
  const baselines = BASELINES.map((baseline) => {
    const fitted = baseline.fit(train);
    const scores = Float64Array.from(test.sequences, (sequence, i) =>
      test.normal[i] + test.anomalous[i] > 0 ? fitted.score(sequence) : 0,
    );
    return figures(baseline.name, fitted.threshold, scores);
  });
  const samples = samplesOf(test, model.scores);
  const bins = equalWidthBins(samples, RELIABILITY_BINS);
  return {
    train: countsOf(train),
    test: countsOf(test),
    unseen: countsOf(unseen),
    reliability: {
      brier: brierScore(samples),
      calibrationError: expectedCalibrationError(bins),
      calibrationErrorEqualMass: expectedCalibrationError(equalMassBins(samples, RELIABILITY_BINS)),
      bins,
    },
    detectors: [figures(model.name, model.threshold, model.scores), ...baselines],
  };
}

function countsOf({ label, normal, anomalous }: Split['test']): SessionCounts {
  return {
    sessions: label.length,
    anomalous: anomalous.reduce((sum, count) => sum + count, 0),
    sequences: normal.reduce((sum, count, i) => sum + (count + anomalous[i] > 0 ? 1 : 0), 0),
  };
}
