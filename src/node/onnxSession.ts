import type { Classifier } from '../core/model/classifier';
import { loadOnnxRuntime, SESSION_OPTIONS } from './onnxRuntime';

/** A model.onnx that cannot be used; the message names the file and what is wrong. */
export class ModelError extends Error {}

/** Images per run: enough to keep the kernels busy, few enough that a scan can be cancelled within milliseconds. */
const BATCH = 256;

/**
 * Opens a network of the form of `forwardGraph`: input `x` [N, 1, height, width], output `logits` [N, 2].
 * @param model content of a model.onnx
 * @param source how to call the model in messages
 * @throws OnnxRuntimeError if the native part cannot be loaded
 * @throws ModelError if the content is no such network
 */
export async function openClassifier(
  model: Uint8Array,
  { height, width }: { height: number; width: number },
  source: string,
): Promise<Classifier> {
  const { InferenceSession, Tensor } = await loadOnnxRuntime();
  const session = await InferenceSession.create(model, SESSION_OPTIONS).catch((error: unknown) => {
    const cause = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new ModelError(
      `${source} is not a model that ONNX Runtime can load (${cause}); train or copy the model anew.`,
    );
  });
  const area = height * width;
  const run = async (images: Float32Array, count: number): Promise<Float32Array> => {
    const x = new Tensor('float32', images, [count, 1, height, width]);
    return (await session.run({ x })).logits.data as Float32Array;
  };
  try {
    const logits = await run(new Float32Array(area), 1);
    if (logits.length !== 2 || !logits.every(Number.isFinite)) {
      throw new Error(`it gives ${logits.length} values an image where 2 finite ones are expected`);
    }
  } catch (error) {
    await session.release();
    const cause = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new ModelError(
      `${source} does not fit its profile, which wants images of ${height} × ${width} (${cause}); train or copy the model anew.`,
    );
  }
  return {
    async score(images, count) {
      const scores = new Float64Array(count);
      for (let start = 0; start < count; start += BATCH) {
        const size = Math.min(BATCH, count - start);
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
