import { messageOf } from '../../core/errors/messages';
import { UserError } from '../../core/errors/userError';
import { checkNetwork, NetworkError, type NetworkCost } from '../../core/model/networkCheck';
import type { Classifier } from '../../core/model/classifier';
import { requireFinite } from './networkValues';
import { causeOf, loadOnnxRuntime, SESSION_OPTIONS } from './onnxRuntime';

/** Images per run: enough to keep the kernels busy, few enough that a scan can be cancelled within milliseconds. */
const BATCH = 256;
/** Values and operations of a run, about 512 MiB and two seconds, that large networks get fewer images for. */
const MAX_VALUES = 1 << 27;
const MAX_OPERATIONS = 2 ** 31;
const CLASSES = 2;

/**
 * Opens a network of the form of `forwardGraph`: input `x` [N, 1, height, width], output `logits` [N, 2].
 * @param model content of a model.onnx; ONNX Runtime gets it only if it has nothing but what LogCNN writes
 * @param source how to call the model in messages
 * @throws UserError if ONNX Runtime cannot be loaded or the content is no such network; `score` throws it if the network gives
 * other than finite values
 */
export async function openClassifier(
  model: Uint8Array,
  { height, width }: { height: number; width: number },
  source: string,
): Promise<Classifier> {
  const cost = costOf(model, { height, width }, source);
  const batch = Math.max(
    1,
    Math.min(BATCH, Math.floor(Math.min(MAX_VALUES / cost.values, MAX_OPERATIONS / cost.operations))),
  );
  const { InferenceSession, Tensor } = await loadOnnxRuntime();
  const session = await InferenceSession.create(model, SESSION_OPTIONS).catch((error: unknown) => {
    throw notAModel(source, `ONNX Runtime cannot load it: ${causeOf(error)}`);
  });
  const area = height * width;
  const run = async (images: Float32Array, count: number): Promise<Float32Array> => {
    const x = new Tensor('float32', images, [count, 1, height, width]);
    return requireFinite((await session.run({ x })).logits, count * CLASSES, source, messageOf('train-anew'));
  };
  try {
    await run(new Float32Array(area), 1);
  } catch (error) {
    await session.release();
    throw error instanceof UserError ? error : notAModel(source, causeOf(error));
  }
  return {
    async score(images, count) {
      const scores = new Float64Array(count);
      for (let start = 0; start < count; start += batch) {
        const size = Math.min(batch, count - start);
        const logits = await run(images.subarray(start * area, (start + size) * area), size);
        for (let i = 0; i < size; i++) {
          scores[start + i] = 1 / (1 + Math.exp(logits[2 * i] - logits[2 * i + 1]));
        }
      }
      return scores;
    },
    release: () => session.release(),
  };
}

function costOf(model: Uint8Array, size: { height: number; width: number }, source: string): NetworkCost {
  try {
    return checkNetwork(model, { ...size, classes: CLASSES });
  } catch (error) {
    throw error instanceof NetworkError ? notAModel(source, error.message) : error;
  }
}

function notAModel(source: string, why: string): UserError {
  return new UserError('network-unusable', { path: source, why });
}
