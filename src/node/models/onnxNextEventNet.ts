import type { InferenceSession as OrtSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { messageOf } from '../../core/errors/messages';
import type { NextEventNet } from '../../core/detect/unsupervised/nextEventNet';
import { adamCorrections } from '../../core/model/adamStep';
import { CONTEXT, nextEventForwardGraph, nextEventTrainingGraph } from '../../core/model/nextEventCnn';
import { requireFinite } from './networkValues';
import { loadOnnxRuntime, SESSION_OPTIONS } from './onnxRuntime';

/** What a step of training changes: flat vectors. */
interface State {
  parameters: OrtTensor;
  m: OrtTensor;
  v: OrtTensor;
}

/**
 * Opens a next-event network over ONNX Runtime.
 * @throws UserError if the native part cannot be loaded; `logProbabilities` throws UserError if one is not finite
 */
export async function openNextEventNet(vocabulary: number): Promise<NextEventNet> {
  const { InferenceSession, Tensor } = await loadOnnxRuntime();
  const forward = await InferenceSession.create(nextEventForwardGraph(vocabulary), SESSION_OPTIONS);
  // Who only predicts, as following does once it has learned, needs no graph for training.
  let training: OrtSession | undefined;
  const vector = (values: Float32Array): OrtTensor => new Tensor('float32', values, [values.length]);
  const inputs = (contexts: Int32Array, next: Int32Array): { context: OrtTensor; next: OrtTensor } => ({
    context: new Tensor('int32', contexts, [next.length, CONTEXT]),
    next: new Tensor('int32', next, [next.length, 1]),
  });
  const stateOf = (initial: Float32Array): State => ({
    parameters: vector(initial),
    m: vector(new Float32Array(initial.length)),
    v: vector(new Float32Array(initial.length)),
  });
  let state = stateOf(new Float32Array(0));
  // Each step writes into the state before the last one: new memory for every step would keep the garbage collector busy.
  let spare = state;
  let steps = 0;
  return {
    start(initial) {
      // A copy: tensors share the memory of their arrays, and training writes into it.
      state = stateOf(initial.slice());
      spare = stateOf(new Float32Array(initial.length));
      steps = 0;
    },
    async step(contexts, next, rate) {
      const { stepSize, rootCorrection } = adamCorrections(++steps, rate);
      training ??= await InferenceSession.create(nextEventTrainingGraph(vocabulary), SESSION_OPTIONS);
      await training.run(
        {
          ...inputs(contexts, next),
          ...state,
          step_size: vector(Float32Array.of(stepSize)),
          root_correction: vector(Float32Array.of(rootCorrection)),
        },
        { parameters_out: spare.parameters, m_out: spare.m, v_out: spare.v },
      );
      [state, spare] = [spare, state];
    },
    async logProbabilities(contexts, next) {
      const result = await forward.run({ ...inputs(contexts, next), parameters: state.parameters });
      return requireFinite(
        result.log_probability,
        next.length,
        messageOf('next-event-network'),
        messageOf('scan-in-parts'),
      );
    },
    parameters: () => (state.parameters.data as Float32Array).slice(),
    async release() {
      await training?.release();
      await forward.release();
    },
  };
}
