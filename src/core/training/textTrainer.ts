import { TEXT_WORDS, textFeatures, WORD_PARTS, type TextFeatures } from '../features/textFeatures';
import { sizeOf } from '../model/logCnn';
import { TEXT_CNN_TENSORS, TEXT_DROPOUT_SIZES } from '../model/textCnn';
import { drawIndex, normalNumber } from '../numeric/distributions';
import { oneCycleRate } from '../model/oneCycle';
import { Random } from '../numeric/random';

/** A text with the probability that it speaks of trouble, and how much it counts. */
export interface LabelledText {
  text: string;
  /** 0…1 */
  trouble: number;
  weight: number;
}

/** A batch for the training step of the text CNN; see `textTrainingGraph`. */
export interface TextBatch {
  count: number;
  words: Int32Array;
  parts: Int32Array;
  target: Float32Array;
  dropout: Float32Array[];
}

/** Runs the training step of the text CNN and keeps the parameters between steps. */
export interface TextStepRunner {
  /** Takes one step with a learning rate; gives the loss before it. */
  step(batch: TextBatch, rate: number): Promise<number>;
  /** The flat parameter vector after the last step. */
  parameters(): Float32Array;
  release(): Promise<void>;
}

const STEPS = 500;
const BATCH = 256;
const RATE = 3e-3;
const DROPOUT = 0.3;
/** Share of the words that are hidden in training, and of the rest those of which only the parts are shown. */
const HIDDEN_WORDS = 0.15;
const PARTS_ONLY = 0.3;
/** How far the wanted probabilities keep from 0 and 1: labels are not that sure. */
const DOUBT = 0.03;

/**
 * Trains the text CNN: 500 steps over texts drawn by weight. Deterministic for a seed.
 * @param open opens the training step with initial parameters
 * @returns the flat parameter vector
 */
export async function trainTextCnn(
  texts: readonly LabelledText[],
  open: (initial: Float32Array) => Promise<TextStepRunner>,
  seed: number,
): Promise<Float32Array> {
  const random = new Random(seed);
  const features = texts.map(({ text }) => textFeatures(text));
  const cumulated: number[] = [];
  texts.reduce((sum, { weight }) => (cumulated.push(sum + weight), sum + weight), 0);
  const runner = await open(initialTextParameters(random));
  try {
    for (let step = 0; step < STEPS; step++) {
      const drawn = Array.from({ length: BATCH }, () => drawIndex(cumulated, random));
      await runner.step(batchOf(drawn, texts, features, random), oneCycleRate(step, STEPS, RATE));
    }
    return runner.parameters();
  } finally {
    await runner.release();
  }
}

/** Embeddings from a narrow normal distribution, layers uniform within ±1/√(values that enter a neuron). */
function initialTextParameters(random: Random): Float32Array {
  const values = new Float32Array(TEXT_CNN_TENSORS.reduce((sum, tensor) => sum + sizeOf(tensor), 0));
  let offset = 0;
  let bound = 0;
  for (const { name, shape } of TEXT_CNN_TENSORS) {
    if (shape.length > 1) {
      bound = 1 / Math.sqrt(shape[1]);
    }
    const isEmbedding = name === 'word_vectors' || name === 'part_vectors';
    for (const end = offset + sizeOf({ name, shape }); offset < end; offset++) {
      values[offset] = isEmbedding ? 0.1 * normalNumber(random) : (2 * random.next() - 1) * bound;
    }
  }
  return values;
}

function batchOf(
  drawn: readonly number[],
  texts: readonly LabelledText[],
  features: readonly TextFeatures[],
  random: Random,
): TextBatch {
  const count = drawn.length;
  const words = new Int32Array(count * TEXT_WORDS);
  const parts = new Int32Array(count * TEXT_WORDS * WORD_PARTS);
  drawn.forEach((index, i) => {
    const feature = features[index];
    for (let word = 0; word < TEXT_WORDS && feature.words[word] > 0; word++) {
      if (random.next() < HIDDEN_WORDS) {
        continue;
      }
      const place = i * TEXT_WORDS + word;
      words[place] = random.next() < PARTS_ONLY ? 0 : feature.words[word];
      parts.set(feature.parts.subarray(word * WORD_PARTS, (word + 1) * WORD_PARTS), place * WORD_PARTS);
    }
  });
  const target = Float32Array.from(drawn, (index) => DOUBT + (1 - 2 * DOUBT) * texts[index].trouble);
  const dropout = TEXT_DROPOUT_SIZES.map((size) =>
    Float32Array.from({ length: count * size }, () => (random.next() < DROPOUT ? 0 : 1 / (1 - DROPOUT))),
  );
  return { count, words, parts, target, dropout };
}
