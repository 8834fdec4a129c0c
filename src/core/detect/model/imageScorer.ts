import { refuseIfCancelled, type Hooks } from '../../cancellation';
import type { Classifier } from '../../model/classifier';

/** Images that are scored at once: enough to keep the network busy, few enough to be cancelled within milliseconds. */
const BATCH = 256;

/**
 * Scores images in batches. An image of zeros shows the network nothing: it is of a block without any event that the
 * model looks at, and scores 0 without being judged.
 * @param area values of an image
 * @param draw writes image i to `target` at `offset`
 * @returns the probability that each image is anomalous
 * @throws CancelledError if the hooks say so
 */
export async function scoreImages(
  classifier: Classifier,
  count: number,
  area: number,
  draw: (i: number, target: Float32Array, offset: number) => void,
  hooks: Hooks = {},
): Promise<Float64Array> {
  const scores = new Float64Array(count);
  const images = new Float32Array(Math.min(BATCH, count) * area);
  for (let start = 0; start < count; start += BATCH) {
    refuseIfCancelled(hooks);
    const size = Math.min(BATCH, count - start);
    for (let k = 0; k < size; k++) {
      draw(start + k, images, k * area);
    }
    const batch = images.subarray(0, size * area);
    const judged = await classifier.score(batch, size);
    for (let k = 0; k < size; k++) {
      scores[start + k] = isEmpty(batch, k * area, (k + 1) * area) ? 0 : judged[k];
    }
    hooks.onProgress?.(start + size, count);
  }
  return scores;
}

function isEmpty(values: Float32Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (values[i] !== 0) {
      return false;
    }
  }
  return true;
}
