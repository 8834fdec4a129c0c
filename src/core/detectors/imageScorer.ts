import type { Classifier } from '../model/classifier';

/** Images that are scored at once: enough to keep the network busy, few enough to be cancelled within milliseconds. */
const BATCH = 256;

/** Stops a computation that its caller no longer wants. */
export class CancelledError extends Error {
  constructor() {
    super('cancelled');
  }
}

/** How a long computation speaks with its caller. */
export interface Hooks {
  /** Called now and then with how much of the whole is done. */
  onProgress?: (done: number, total: number) => void;
  /** Asked now and then; once it says true the computation ends with a {@link CancelledError}. */
  isCancelled?: () => boolean;
}

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
    if (hooks.isCancelled?.()) {
      throw new CancelledError();
    }
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
