import { refuseIfCancelled } from '../cancellation';
import type { Classifier } from '../model/classifier';
import { forwardGraph, type LogCnnShape } from '../model/logCnn';
import { initialParameters } from './initialParameters';
import { Random } from '../numeric/random';
import type { TrainingStepRunner } from './trainingStepRunner';

/** What a network learns from. Sample i stands for sessions with one image and a share of anomalous ones among them. */
export interface TrainingSamples {
  /** Number of samples. */
  count: number;
  /** Writes an image of sample i to `target` at `offset`; which one, if it has several, is up to `random`. */
  draw(i: number, target: Float32Array, offset: number, random: Random): void;
  /** Per sample: share of its sessions that are anomalous, 0…1. */
  anomalous: Float64Array;
}

/** How a network is trained. */
export interface TrainingSchedule {
  /** Passes over the samples at most; the learning rate falls to zero over them along half a cosine. */
  epochs: number;
  /** Training ends early after so many epochs without a lower validation loss. */
  patience: number;
  /** Samples per step. */
  batch: number;
  /** Highest learning rate, reached after the first `warmUp` steps. */
  rate: number;
  warmUp: number;
  /** Seed of the initial parameters, of the order of the samples and of their images. */
  seed: number;
}

/** How good a network is on sessions that it does not learn from. */
export interface Validation {
  /** F1 at the threshold 0.5. */
  f1: number;
  /** Mean cross-entropy a session, in nats. */
  loss: number;
}

/** One pass over the samples is done. */
export interface EpochReport {
  /** From 1. */
  epoch: number;
  epochs: number;
  /** Mean training loss of the epoch. */
  loss: number;
  /** Undefined where nothing is held back. */
  validation?: Validation;
}

/** A network after its training. */
export interface TrainedNetwork {
  /** Flat parameter vector. */
  parameters: Float32Array;
  /** The epoch after which it was so, from 1. */
  epoch: number;
}

/** What training needs from outside of core. */
export interface TrainingRuntime {
  /** Opens the training step at a flat parameter vector. */
  openTrainingStep(shape: LogCnnShape, initial: Float32Array): Promise<TrainingStepRunner>;
  /** Opens a network that was built by `forwardGraph`. */
  openClassifier(model: Uint8Array, shape: LogCnnShape): Promise<Classifier>;
  /** Told what is being done, in a few words. */
  onPhase?: (phase: string) => void;
  /** Told about each epoch. */
  onEpoch?: (report: EpochReport) => void;
  /** Asked before each step; once it says true, training ends with a CancelledError. */
  isCancelled?: () => boolean;
}

/** An epoch of a small training set passes over it as often as it takes to get so many steps. */
const MIN_STEPS = 20;

/**
 * Trains a LogCNN with Adam. If it ends early, the network of the epoch with the lowest validation loss is kept; else that
 * of the last epoch, to which the falling learning rate has led, even if an earlier one was better by chance: validation
 * is decided by few sessions. Deterministic for one seed on one machine.
 * @param validate judges a network on the sessions that were held back
 * @throws CancelledError if the runtime says so
 */
export async function trainNetwork(
  shape: LogCnnShape,
  samples: TrainingSamples,
  schedule: TrainingSchedule,
  runtime: TrainingRuntime,
  validate?: (classifier: Classifier) => Promise<Validation>,
): Promise<TrainedNetwork> {
  const random = new Random(schedule.seed);
  const runner = await runtime.openTrainingStep(shape, initialParameters(shape, random));
  try {
    const order = Uint32Array.from({ length: samples.count }, (_, i) => i);
    const batches = new Batches(shape, samples, schedule.batch);
    const stepsOfPass = Math.ceil(samples.count / schedule.batch);
    const passes = Math.ceil(MIN_STEPS / stepsOfPass);
    const steps = stepsOfPass * passes * schedule.epochs;
    let step = 0;
    let last: TrainedNetwork | undefined;
    let best: { network: TrainedNetwork; loss: number } | undefined;
    for (let epoch = 1; epoch <= schedule.epochs; epoch++) {
      let loss = 0;
      for (let pass = 0; pass < passes; pass++) {
        random.shuffle(order);
        for (let start = 0; start < samples.count; start += schedule.batch) {
          refuseIfCancelled(runtime);
          const count = batches.fill(order, start, random);
          const rate =
            schedule.rate * Math.min(1, step / schedule.warmUp) * (0.5 + 0.5 * Math.cos((Math.PI * step) / steps));
          loss += (await runner.step(batches.images, batches.targets, count, rate)) * count;
          step++;
        }
      }
      const network = { parameters: runner.parameters(), epoch };
      const validation = validate && (await validated(shape, network, runtime, validate));
      runtime.onEpoch?.({ epoch, epochs: schedule.epochs, loss: loss / (passes * samples.count), validation });
      last = network;
      if (validation === undefined) {
        continue;
      }
      if (best === undefined || validation.loss < best.loss) {
        best = { network, loss: validation.loss };
      } else if (epoch - best.network.epoch >= schedule.patience) {
        return best.network;
      }
    }
    return last!;
  } finally {
    await runner.release();
  }
}

async function validated<T>(
  shape: LogCnnShape,
  { parameters }: TrainedNetwork,
  runtime: TrainingRuntime,
  validate: (classifier: Classifier) => Promise<T>,
): Promise<T> {
  const classifier = await runtime.openClassifier(forwardGraph(shape, parameters), shape);
  try {
    return await validate(classifier);
  } finally {
    await classifier.release();
  }
}

/** Fills one batch after another in the same memory. */
class Batches {
  readonly images: Float32Array;
  readonly targets: Float32Array;
  private readonly area: number;
  private readonly classes: number;

  constructor(
    shape: LogCnnShape,
    private readonly samples: TrainingSamples,
    private readonly size: number,
  ) {
    this.area = shape.height * shape.width;
    this.classes = shape.classes;
    this.images = new Float32Array(size * this.area);
    this.targets = new Float32Array(size * this.classes);
  }

  /** Takes the samples from `start` on, in the given order, and says how many there were. */
  fill(order: Uint32Array, start: number, random: Random): number {
    const { samples, images, targets, area, classes } = this;
    const count = Math.min(this.size, order.length - start);
    for (let k = 0; k < count; k++) {
      const i = order[start + k];
      samples.draw(i, images, k * area, random);
      // The loss of a step is the mean over its batch.
      targets[k * classes] = (1 - samples.anomalous[i]) / count;
      targets[k * classes + 1] = samples.anomalous[i] / count;
    }
    return count;
  }
}
