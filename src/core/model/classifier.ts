/** Scores images with a network. Implemented over ONNX Runtime outside of core. */
export interface Classifier {
  /**
   * Probability of class 1 (anomalous) per image.
   * @param images `count` images one after another, each height × width with its zero border
   * @returns `count` values in 0…1, as doubles so that certain findings still rank among each other
   */
  score(images: Float32Array, count: number): Promise<Float64Array>;
  /** Frees the native memory; the classifier is of no use afterwards. */
  release(): Promise<void>;
}
