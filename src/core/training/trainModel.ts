import { SequenceScorer } from '../detectors/sequenceScorer';
import { imageSize, BlockImager, type ImageSpec } from '../features/blockImage';
import type { Classifier } from '../model/classifier';
import { forwardGraph, type LogCnnShape } from '../model/logCnn';
import { calibrate, calibrateParameters, type CalibrationSample } from './calibration';
import {
  trainNetwork,
  type TrainingRuntime,
  type TrainingSamples,
  type TrainingSchedule,
  type Validation,
} from './networkTrainer';
import { Random } from './random';
import type { SessionTable } from './sessionTable';
import { makeTrainingSet, usualEvents, type ImageSettings, type TrainingSet, type UsualEvents } from './trainingSet';

/** How a model is trained. */
export interface ModelSettings {
  image: ImageSettings;
  schedule: TrainingSchedule;
  /** Share of the distinct blocks that are held back to validate and calibrate the network. */
  validationShare: number;
  /**
   * A distinct block with n sessions weighs n to this power: 1 would let the hundred most frequent ones drown the rare
   * patterns, 0 would neglect those that matter most often.
   */
  weightPower: number;
}

/** A network with everything that is needed to use it. */
export interface TrainedModel {
  /** Event numbers of the image's columns. */
  vocabulary: number[];
  spec: ImageSpec;
  /** Content of model.onnx: logits of calibrated probabilities. */
  onnx: Uint8Array;
  threshold: number;
  usual: UsualEvents;
  /** The calibrated network on the blocks held back. */
  validation: Validation & { blocks: number; sessions: number };
}

/**
 * Trains a model on labelled sessions: equal blocks are one sample with a weight, some distinct blocks are held back, a
 * network is trained with early stopping on those, and its scores are calibrated on them.
 * @param ignored event numbers that the network does not look at
 * @throws RangeError if the sessions are too few or too uniform to learn from
 * @throws CancelledError if the runtime says so
 */
export async function trainModel(
  sessions: SessionTable,
  ignored: ReadonlySet<number>,
  settings: ModelSettings,
  runtime: TrainingRuntime,
): Promise<TrainedModel> {
  const set = makeTrainingSet(sessions, ignored, settings.image);
  const shape: LogCnnShape = { ...imageSize(set.spec), classes: 2 };
  const { learning, heldBack } = holdBack(set, settings.validationShare, settings.schedule.seed);
  const imager = new BlockImager(set.spec);
  const sessionsOf = (block: number): number => set.normal[block] + set.anomalous[block];
  const samples: TrainingSamples = {
    count: learning.length,
    draw(i, target, offset) {
      const columns = set.columns[learning[i]];
      imager.draw(columns, 0, columns.length, target, offset);
    },
    weight: Float64Array.from(learning, (block) => sessionsOf(block) ** settings.weightPower),
    anomalous: Float64Array.from(learning, (block) => set.anomalous[block] / sessionsOf(block)),
  };
  const judge = async (classifier: Classifier): Promise<CalibrationSample[]> => {
    const scores = await new SequenceScorer(set.spec, classifier).score(
      heldBack.length,
      (i) => set.columns[heldBack[i]],
    );
    return Array.from(scores, (score, i) => ({
      logOdds: logOdds(score),
      normal: set.normal[heldBack[i]],
      anomalous: set.anomalous[heldBack[i]],
    }));
  };
  const validate = async (classifier: Classifier): Promise<Validation> => validationOf(await judge(classifier));

  const raw = await trainNetwork(shape, samples, settings.schedule, validate, runtime);
  const rawClassifier = await runtime.openClassifier(forwardGraph(shape, raw), shape);
  const calibration = calibrate(await judge(rawClassifier).finally(() => rawClassifier.release()));
  const onnx = forwardGraph(shape, calibrateParameters(shape, raw, calibration));
  const classifier = await runtime.openClassifier(onnx, shape);
  const judged = await judge(classifier).finally(() => classifier.release());
  const bestF1 = highestF1(judged);
  return {
    vocabulary: set.vocabulary,
    spec: set.spec,
    onnx,
    // For calibrated scores the threshold of the highest F1 is half of that F1 (Lipton, Elkan & Naryanaswamy, "Optimal
    // Thresholding of Classifiers to Maximize F1 Measure", 2014): less prone to chance than the best cut in few errors.
    threshold: bestF1 / 2,
    usual: usualEvents(set),
    validation: {
      ...validationOf(judged),
      blocks: heldBack.length,
      sessions: heldBack.reduce((sum, block) => sum + sessionsOf(block), 0),
    },
  };
}

/** Splits the distinct blocks at random, normal and anomalous ones in proportion. */
function holdBack(set: TrainingSet, share: number, seed: number): { learning: Uint32Array; heldBack: Uint32Array } {
  const random = new Random(seed);
  const held = new Set<number>();
  for (const anomalous of [false, true]) {
    const blocks = Uint32Array.from(
      [...set.columns.keys()].filter((block) => set.anomalous[block] > set.normal[block] === anomalous),
    );
    random.shuffle(blocks);
    blocks.subarray(0, Math.ceil(share * blocks.length)).forEach((block) => held.add(block));
  }
  const all = Uint32Array.from(set.columns.keys());
  return { learning: all.filter((block) => !held.has(block)), heldBack: all.filter((block) => held.has(block)) };
}

/** Scores are kept this far from 0 and 1, beyond which a double sigmoid tells nothing apart. */
const LOWEST_SCORE = 1e-15;

function logOdds(score: number): number {
  const p = Math.min(1 - LOWEST_SCORE, Math.max(LOWEST_SCORE, score));
  return Math.log(p / (1 - p));
}

function validationOf(samples: readonly CalibrationSample[]): Validation {
  let [truePositives, falsePositives, falseNegatives, loss, sessions] = [0, 0, 0, 0, 0];
  for (const { logOdds: z, normal, anomalous } of samples) {
    if (z >= 0) {
      truePositives += anomalous;
      falsePositives += normal;
    } else {
      falseNegatives += anomalous;
    }
    const certain = Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    loss += normal * certain + anomalous * (certain - z);
    sessions += normal + anomalous;
  }
  const errors = falsePositives + falseNegatives;
  return { f1: (2 * truePositives) / Math.max(1, 2 * truePositives + errors), loss: loss / sessions };
}

/** The highest F1 that any threshold gives. */
function highestF1(samples: readonly CalibrationSample[]): number {
  const positives = samples.reduce((sum, { anomalous }) => sum + anomalous, 0);
  const ranked = [...samples].sort((a, b) => b.logOdds - a.logOdds);
  let [truePositives, called, best] = [0, 0, 0];
  ranked.forEach(({ logOdds: z, normal, anomalous }, i) => {
    truePositives += anomalous;
    called += normal + anomalous;
    if (z !== ranked[i + 1]?.logOdds) {
      best = Math.max(best, (2 * truePositives) / Math.max(1, positives + called));
    }
  });
  return best;
}
