import { UserError } from '../errors/userError';
import { SequenceScorer } from '../detect/model/sequenceScorer';
import { imageSize, BlockImager, type ImageSpec } from '../features/blockImage';
import type { Classifier } from '../model/classifier';
import { forwardGraph, parameterCount, type LogCnnShape } from '../model/logCnn';
import { MAX_PARAMETERS } from '../model/networkCheck';
import { calibrate, calibrateParameters, type CalibrationSample } from './calibration';
import {
  trainNetwork,
  type TrainingRuntime,
  type TrainingSamples,
  type TrainingSchedule,
  type Validation,
} from './networkTrainer';
import { Random } from '../numeric/random';
import type { SessionTable } from '../blocks/sessionTable';
import { makeTrainingSet, usualEvents, type ImageSettings, type TrainingSet, type UsualEvents } from './trainingSet';

/** How a model is trained. */
export interface ModelSettings {
  image: ImageSettings;
  schedule: TrainingSchedule;
  /** Share of the distinct blocks that are held back from the first network. */
  validationShare: number;
  /**
   * How often a block is shown to the network with its events in random order, 0…1: a network that sees nothing but
   * the recorded orders learns them by heart and is led astray by an order it has not seen.
   */
  shuffledShare: number;
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
  /** Epochs of the training. */
  epochs: number;
  /** The first network, calibrated, on the blocks that were held back from it. */
  validation: Validation & { blocks: number; sessions: number };
}

/**
 * Trains a model on labelled sessions. To the network each distinct block is one sample, however many sessions have it:
 * weighing by sessions would drown the rare patterns. Validation, calibration and threshold count sessions.
 *
 * Two networks are trained: the first without the blocks that are held back, which say whether to stop early and how
 * scores are to be calibrated; the second, which is the result, on all blocks, for as many epochs and calibrated alike.
 * Rare patterns have but a handful of examples each, and the network needs them all.
 * @param ignored event numbers that the network does not look at
 * @throws UserError if the sessions are too few or too uniform to learn from, or their images too large
 * @throws CancelledError if the runtime says so
 */
export async function trainModel(
  sessions: SessionTable,
  ignored: ReadonlySet<number>,
  settings: ModelSettings,
  runtime: TrainingRuntime,
): Promise<TrainedModel> {
  const { schedule } = settings;
  const set = makeTrainingSet(sessions, ignored, settings.image);
  const shape: LogCnnShape = { ...imageSize(set.spec), classes: 2 };
  if (parameterCount(shape) > MAX_PARAMETERS) {
    throw new UserError('sessions-too-large', {
      height: shape.height,
      width: shape.width,
      weights: parameterCount(shape),
      most: MAX_PARAMETERS,
    });
  }
  const { learning, heldBack } = holdBack(set, settings.validationShare, schedule.seed);
  const scoreHeldBack = async (classifier: Classifier): Promise<CalibrationSample[]> => {
    const scorer = new SequenceScorer(set.spec, classifier);
    const scores = await scorer.score(heldBack.length, (i) => set.columns[heldBack[i]]);
    return Array.from(scores, (score, i) => ({
      logOdds: logOdds(score),
      normal: set.normal[heldBack[i]],
      anomalous: set.anomalous[heldBack[i]],
    }));
  };

  runtime.onPhase?.('training on a part, to validate and calibrate');
  const first = await trainNetwork(shape, samplesOf(set, learning, settings), schedule, runtime, async (classifier) =>
    validationOf(await scoreHeldBack(classifier)),
  );
  const classifier = await runtime.openClassifier(forwardGraph(shape, first.parameters), shape);
  const samples = await scoreHeldBack(classifier).finally(() => classifier.release());
  const calibration = calibrate(samples);
  const calibrated = samples.map((sample) => ({
    ...sample,
    logOdds: calibration.scale * sample.logOdds + calibration.shift,
  }));

  runtime.onPhase?.('training on all');
  const all = Uint32Array.from(set.columns.keys());
  const epochs = first.epoch;
  const { parameters } = await trainNetwork(shape, samplesOf(set, all, settings), { ...schedule, epochs }, runtime);
  return {
    vocabulary: set.vocabulary,
    spec: set.spec,
    onnx: forwardGraph(shape, calibrateParameters(shape, parameters, calibration)),
    // For calibrated scores the threshold of the highest F1 is half of that F1 (Lipton, Elkan & Naryanaswamy, "Optimal
    // Thresholding of Classifiers to Maximize F1 Measure", 2014): less prone to chance than the best cut in few errors.
    threshold: highestF1(calibrated) / 2,
    usual: usualEvents(set),
    epochs,
    validation: {
      ...validationOf(calibrated),
      blocks: heldBack.length,
      sessions: heldBack.reduce((sum, block) => sum + set.normal[block] + set.anomalous[block], 0),
    },
  };
}

/** Some blocks of a training set as samples. */
function samplesOf(set: TrainingSet, blocks: Uint32Array, settings: ModelSettings): TrainingSamples {
  const imager = new BlockImager(set.spec);
  return {
    count: blocks.length,
    draw(i, target, offset, random) {
      let columns = set.columns[blocks[i]];
      if (random.next() < settings.shuffledShare) {
        columns = columns.slice();
        random.shuffle(columns);
      }
      imager.draw(columns, 0, columns.length, target, offset);
    },
    anomalous: Float64Array.from(blocks, (block) => set.anomalous[block] / (set.normal[block] + set.anomalous[block])),
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
