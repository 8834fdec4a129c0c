/** Runs the training-step graph and keeps the parameters and Adam's moments between steps. */
export interface TrainingStepRunner {
  /**
   * Takes one step of gradient descent.
   * @param images `count` images one after another, each height × width with its zero border
   * @param targets per image its weight spread over the classes (see `trainingStepGraph`)
   * @param rate learning rate
   * @returns the loss before the step
   */
  step(images: Float32Array, targets: Float32Array, count: number, rate: number): Promise<number>;
  /** The flat parameter vector after the last step, as a copy. */
  parameters(): Float32Array;
  /** Frees the native memory; the runner is of no use afterwards. */
  release(): Promise<void>;
}
