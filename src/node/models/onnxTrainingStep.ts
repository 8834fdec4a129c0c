import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { messageOf } from '../../core/errors/messages';
import type { LogCnnShape } from '../../core/model/logCnn';
import { trainingStepGraph } from '../../core/model/trainingStep';
import type { TrainingStepRunner } from '../../core/training/trainingStepRunner';
import { AdamState } from './adamState';
import { requireFinite } from './networkValues';
import { loadOnnxRuntime, SESSION_OPTIONS } from './onnxRuntime';

/**
 * Opens a training step over ONNX Runtime.
 * @param initial flat parameter vector to start from
 * @throws UserError if the native part cannot be loaded; a step throws UserError if the loss is not finite
 */
export async function openTrainingStep(shape: LogCnnShape, initial: Float32Array): Promise<TrainingStepRunner> {
  const { InferenceSession, Tensor } = await loadOnnxRuntime();
  const session: InferenceSession = await InferenceSession.create(trainingStepGraph(shape), SESSION_OPTIONS);
  const tensor = (values: Float32Array, dimensions: number[]): Tensor => new Tensor('float32', values, dimensions);
  const area = shape.height * shape.width;
  const state = new AdamState(Tensor, initial);
  return {
    async step(images, targets, count, rate) {
      const result = await session.run({
        x: tensor(images.subarray(0, count * area), [count, 1, shape.height, shape.width]),
        target: tensor(targets.subarray(0, count * shape.classes), [count, shape.classes]),
        ...state.feeds(rate),
      });
      state.take(result);
      return requireFinite(result.loss, 1, messageOf('network-in-training'), messageOf('train-otherwise'))[0];
    },
    parameters: () => state.parameters(),
    release: () => session.release(),
  };
}
