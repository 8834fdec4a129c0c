import assert from 'node:assert/strict';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { sizeOf } from '../../../../src/core/model/logCnn';
import {
  CONTEXT,
  NEXT_EVENT_BATCH,
  nextEventForwardGraph,
  nextEventTensors,
  nextEventTrainingGraph,
} from '../../../../src/core/model/nextEventCnn';
import { Random } from '../../../../src/core/numeric/random';

const VOCABULARY = 7;
const tensors = nextEventTensors(VOCABULARY);
const count = tensors.reduce((sum, tensor) => sum + sizeOf(tensor), 0);
const floats = (data: Float32Array): Tensor => new Tensor('float32', data, [data.length]);
const open = (model: Uint8Array): Promise<InferenceSession> =>
  InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });

/** The network of `nextEventTensors` written out in doubles, one window at a time: log probabilities of all events. */
function plainLogProbabilities(parameters: Float64Array, context: ArrayLike<number>): number[] {
  let offset = 0;
  const parts = Object.fromEntries(
    tensors.map((tensor) => [tensor.name, parameters.subarray(offset, (offset += sizeOf(tensor)))]),
  );
  const connect = (input: number[], name: string): number[] =>
    Array.from(parts[`${name}.bias`], (bias, out) =>
      input.reduce((sum, value, i) => sum + value * parts[`${name}.weight`][out * input.length + i], bias),
    );
  const zeros = (width: number): number[] => Array<number>(width).fill(0);
  const convolve = (rows: number[][], name: string): number[][] =>
    rows.map((row, t) =>
      connect([...(rows[t - 1] ?? zeros(row.length)), ...row, ...(rows[t + 1] ?? zeros(row.length))], name),
    );
  const relu = (row: number[]): number[] => row.map((value) => Math.max(0, value));
  const embedded = Array.from(context, (event) => Array.from(parts.embedding.subarray(16 * event, 16 * event + 16)));
  const first = convolve(embedded, 'conv1').map(relu);
  const pooled = [0, 2, 4, 6, 8].map((t) => first[t].map((value, c) => Math.max(value, first[t + 1][c])));
  const features = convolve(pooled, 'conv2').map(relu).flat();
  const logits = connect(relu(connect(features, 'hidden')), 'output');
  const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
  return logits.map((logit) => logit - total);
}

describe('nextEventCnn', () => {
  const random = new Random(3);
  const parameters = Float32Array.from({ length: count }, () => (random.next() - 0.5) * 0.6);
  // A batch of eight windows, each many times: the mean is theirs, and the network written out is slow.
  const windows = 8;
  const repeat = (values: Int32Array): Int32Array =>
    Int32Array.from({ length: (NEXT_EVENT_BATCH / windows) * values.length }, (_, i) => values[i % values.length]);
  const contexts = Int32Array.from({ length: windows * CONTEXT }, () => random.below(VOCABULARY));
  const next = Int32Array.from({ length: windows }, () => random.below(VOCABULARY));
  const contextOf = (i: number): Int32Array => contexts.subarray(i * CONTEXT, (i + 1) * CONTEXT);
  const plainLoss = (vector: Float64Array): number =>
    next.reduce((sum, event, i) => sum - plainLogProbabilities(vector, contextOf(i))[event], 0) / windows;

  it('predicts as the network written out does', async () => {
    const session = await open(nextEventForwardGraph(VOCABULARY));
    const every = Array.from({ length: 5 * VOCABULARY }, (_, i) => ({ window: i % 5, event: i % VOCABULARY }));
    const result = await session.run({
      context: new Tensor(
        'int32',
        every.flatMap(({ window }) => [...contextOf(window)]),
        [every.length, CONTEXT],
      ),
      next: new Tensor(
        'int32',
        every.map(({ event }) => event),
        [every.length, 1],
      ),
      parameters: floats(parameters),
    });
    await session.release();
    const values = result.log_probability.data as Float32Array;
    assert.equal(values.length, every.length);
    every.forEach(({ window, event }, i) => {
      const expected = plainLogProbabilities(Float64Array.from(parameters), contextOf(window))[event];
      assert.ok(Math.abs(values[i] - expected) < 1e-5, `${values[i]} ${expected}`);
    });
  });

  it('has the gradient that finite differences have', async () => {
    const session = await open(nextEventTrainingGraph(VOCABULARY, true));
    const result = await session.run({
      context: new Tensor('int32', repeat(contexts), [NEXT_EVENT_BATCH, CONTEXT]),
      next: new Tensor('int32', repeat(next), [NEXT_EVENT_BATCH, 1]),
      parameters: floats(parameters),
      m: floats(new Float32Array(count)),
      v: floats(new Float32Array(count)),
      step_size: floats(Float32Array.of(1e-3)),
      root_correction: floats(Float32Array.of(1)),
    });
    await session.release();
    const vector = Float64Array.from(parameters);
    assert.ok(Math.abs((result.loss.data as Float32Array)[0] - plainLoss(vector)) < 1e-5);
    const gradient = result.gradient.data as Float32Array;
    let offset = 0;
    for (const tensor of tensors) {
      for (let k = 0; k < 3; k++) {
        const i = offset + random.below(sizeOf(tensor));
        const slope = [1e-6, -1e-6].map((step) => {
          const moved = vector.slice();
          moved[i] += step;
          return plainLoss(moved) / (2 * step);
        });
        const expected = slope[0] + slope[1];
        assert.ok(Math.abs(gradient[i] - expected) < 1e-6 + 1e-3 * Math.abs(expected), `${tensor.name} ${i}`);
      }
      offset += sizeOf(tensor);
    }
  });
});
