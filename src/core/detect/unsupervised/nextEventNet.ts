/**
 * A network that predicts the next event, trained while a log is judged; see `nextEventCnn`. One net can be started anew
 * as often as wanted.
 */
export interface NextEventNet {
  /** Begins a training with these parameters, or takes what was learned before, and forgets what it has learned itself. */
  start(initial: Float32Array): void;
  /**
   * Takes one step of gradient descent.
   * @param contexts `NEXT_EVENT_BATCH` windows of `CONTEXT` events
   * @param next the event that followed each
   * @param rate learning rate
   */
  step(contexts: Int32Array, next: Int32Array, rate: number): Promise<void>;
  /**
   * How probable what came next was.
   * @param contexts windows of `CONTEXT` events, one after another
   * @param next the event that followed each
   * @returns per context the log probability of its next event
   */
  logProbabilities(contexts: Int32Array, next: Int32Array): Promise<Float32Array>;
  /** A copy of what has been learned so far, for `start`. */
  parameters(): Float32Array;
  /** Frees the native memory. */
  release(): Promise<void>;
}

/** Opens a network for so many different events. */
export type OpenNextEventNet = (vocabulary: number) => Promise<NextEventNet>;
