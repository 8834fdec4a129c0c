import { messageOf } from '../../core/errors/messages';
import type { TextJudge } from '../../core/detect/unsupervised/lexicalScore';
import { TEXT_WORDS, textFeatures, WORD_PARTS } from '../../core/features/textFeatures';
import { TEXT_DROPOUT_SIZES, textTrainingGraph } from '../../core/model/textCnn';
import type { TextStepRunner } from '../../core/training/textTrainer';
import { AdamState } from './adamState';
import { requireFinite } from './networkValues';
import { loadOnnxRuntime, SESSION_OPTIONS } from './onnxRuntime';

/** Texts in one run. */
const BATCH = 512;

/** A text CNN that can be asked and freed. */
export interface OpenTextJudge extends TextJudge {
  release(): Promise<void>;
}

/**
 * Opens a text CNN of the form of `textForwardGraph`.
 * @param model content of its model.onnx
 * @throws UserError if the native part cannot be loaded; `logOdds` throws UserError if the network gives other than
 * finite values
 */
export async function openTextJudge(model: Uint8Array): Promise<OpenTextJudge> {
  const { InferenceSession, Tensor } = await loadOnnxRuntime();
  const session = await InferenceSession.create(model, SESSION_OPTIONS);
  return {
    async logOdds(texts) {
      const result = new Float64Array(texts.length);
      for (let start = 0; start < texts.length; start += BATCH) {
        const features = texts.slice(start, start + BATCH).map(textFeatures);
        const words = new Int32Array(features.length * TEXT_WORDS);
        const parts = new Int32Array(features.length * TEXT_WORDS * WORD_PARTS);
        features.forEach((feature, i) => {
          words.set(feature.words, i * TEXT_WORDS);
          parts.set(feature.parts, i * TEXT_WORDS * WORD_PARTS);
        });
        const output = await session.run({
          words: new Tensor('int32', words, [features.length, TEXT_WORDS]),
          parts: new Tensor('int32', parts, [features.length, TEXT_WORDS, WORD_PARTS]),
        });
        result.set(
          requireFinite(output.log_odds, features.length, messageOf('text-cnn'), messageOf('install-anew')),
          start,
        );
      }
      return result;
    },
    release: () => session.release(),
  };
}

/**
 * Opens the training step of the text CNN.
 * @throws UserError if the native part cannot be loaded
 */
export async function openTextTraining(initial: Float32Array): Promise<TextStepRunner> {
  const { InferenceSession, Tensor } = await loadOnnxRuntime();
  const session = await InferenceSession.create(textTrainingGraph(), SESSION_OPTIONS);
  const state = new AdamState(Tensor, initial);
  return {
    async step({ count, words, parts, target, dropout }, rate) {
      const result = await session.run({
        words: new Tensor('int32', words, [count, TEXT_WORDS]),
        parts: new Tensor('int32', parts, [count, TEXT_WORDS, WORD_PARTS]),
        target: new Tensor('float32', target, [count, 1]),
        dropout_1: new Tensor('float32', dropout[0], [count, TEXT_DROPOUT_SIZES[0]]),
        dropout_2: new Tensor('float32', dropout[1], [count, TEXT_DROPOUT_SIZES[1]]),
        share: new Tensor('float32', Float32Array.of(1 / count), [1]),
        ...state.feeds(rate),
      });
      state.take(result);
      return requireFinite(result.loss, 1, messageOf('text-cnn-in-training'), messageOf('train-otherwise'))[0];
    },
    parameters: () => state.parameters(),
    release: () => session.release(),
  };
}
