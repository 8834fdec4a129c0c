import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { forwardGraph, parameterCount, type LogCnnShape } from '../../../../src/core/model/logCnn';
import { trainingStepGraph } from '../../../../src/core/model/trainingStep';
import { plainGradientGraph } from './plainTrainingStep';

const folder = join(process.cwd(), 'test/data/trainingStep');
const bytes = (name: string): ArrayBuffer => Uint8Array.from(readFileSync(join(folder, name))).buffer;
const floats = (name: string): Float32Array => new Float32Array(bytes(name));
const tensor = (data: Float32Array, dims: number[]): Tensor => new Tensor('float32', data, dims);
const open = (model: Uint8Array): Promise<InferenceSession> =>
  InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });

/** ‖a − b‖ / ‖b‖ */
function relativeDifference(a: Float32Array, b: Float32Array): number {
  assert.equal(a.length, b.length);
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < a.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    norm += b[i] ** 2;
  }
  return Math.sqrt(difference / norm);
}

/** Targets as PyTorch's weighted cross-entropy has them: one-hot times class weight over the batch's sum of weights. */
function targets(labels: Int32Array, classWeights: Float32Array): Float32Array {
  const total = labels.reduce((sum, label) => sum + classWeights[label], 0);
  const result = new Float32Array(labels.length * classWeights.length);
  labels.forEach((label, i) => (result[i * classWeights.length + label] = classWeights[label] / total));
  return result;
}

/** A small generator of test inputs: uniform in [0, 1), mulberry32. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

describe('trainingStepGraph', () => {
  const shape: LogCnnShape = { height: 18, width: 36, classes: 3 };
  const count = parameterCount(shape);
  const size = 8;
  const x = floats('x.bin');
  const y = new Int32Array(bytes('y.bin'));
  const classWeights = floats('w.bin');
  const batch = (step: number) => {
    const start = (step % 2) * size;
    const area = shape.height * shape.width;
    return {
      x: tensor(x.slice(start * area, (start + size) * area), [size, 1, shape.height, shape.width]),
      target: tensor(targets(y.slice(start, start + size), classWeights), [size, 3]),
    };
  };

  it("agrees with PyTorch's gradient, ten Adam steps and the resulting probabilities", async () => {
    const session = await open(trainingStepGraph(shape, true));
    let state = {
      parameters: tensor(floats('p0.bin'), [count]),
      m: tensor(new Float32Array(count), [count]),
      v: tensor(new Float32Array(count), [count]),
    };
    const losses = new Float32Array(10);
    for (let step = 0; step < 10; step++) {
      const result = await session.run({
        ...batch(step),
        ...state,
        step_size: tensor(Float32Array.of(1e-3 / (1 - 0.9 ** (step + 1))), [1]),
        root_correction: tensor(Float32Array.of(Math.sqrt(1 - 0.999 ** (step + 1))), [1]),
      });
      if (step === 0) {
        assert.ok(relativeDifference(result.gradient.data as Float32Array, floats('g0.bin')) < 1e-5);
      }
      losses[step] = (result.loss.data as Float32Array)[0];
      state = {
        parameters: result.parameters_out,
        m: result.m_out,
        v: result.v_out,
      };
    }
    await session.release();
    assert.ok(relativeDifference(losses, floats('loss.bin')) < 1e-5);
    assert.ok(relativeDifference(state.parameters.data as Float32Array, floats('pN.bin')) < 1e-4);

    const forward = await open(forwardGraph(shape, state.parameters.data as Float32Array));
    const logits = (await forward.run({ x: batch(0).x })).logits.data as Float32Array;
    await forward.release();
    const probabilities = new Float32Array(logits.length);
    for (let i = 0; i < size; i++) {
      const powers = [0, 1, 2].map((k) => Math.exp(logits[3 * i + k]));
      powers.forEach((power, k) => (probabilities[3 * i + k] = power / (powers[0] + powers[1] + powers[2])));
    }
    assert.ok(relativeDifference(probabilities, floats('prob.bin')) < 1e-4);
  });

  // Odd and even sizes before each pooling: what is cut off must get no gradient.
  for (const [height, width] of [
    [18, 36],
    [7, 7],
    [8, 9],
    [9, 10],
    [34, 33],
    [35, 32],
  ]) {
    it(`agrees with the plain Conv/MaxPool graph at ${height} × ${width}, with soft targets`, async () => {
      const random = uniform(height * 100 + width);
      const plainShape = { height, width, classes: 2 };
      const n = parameterCount(plainShape);
      const area = height * width;
      // Sparse and coarse, so that many maxima are tied.
      const images = Float32Array.from({ length: 5 * area }, () => (random() < 0.2 ? Math.ceil(random() * 3) : 0));
      const inputs = {
        x: tensor(images, [5, 1, height, width]),
        target: tensor(
          Float32Array.from({ length: 10 }, () => random()),
          [5, 2],
        ),
        parameters: tensor(
          Float32Array.from({ length: n }, () => random() * 0.4 - 0.2),
          [n],
        ),
      };
      const plain = await open(plainGradientGraph(plainShape));
      const expected = await plain.run(inputs);
      await plain.release();
      const fast = await open(trainingStepGraph(plainShape, true));
      const zero = tensor(new Float32Array(n), [n]);
      const one = tensor(Float32Array.of(1), [1]);
      const actual = await fast.run({ ...inputs, m: zero, v: zero, step_size: one, root_correction: one });
      await fast.release();
      assert.ok(relativeDifference(actual.loss.data as Float32Array, expected.loss.data as Float32Array) < 1e-5);
      assert.ok(
        relativeDifference(actual.gradient.data as Float32Array, expected.gradient.data as Float32Array) < 1e-5,
      );
    });
  }

  it('refuses an image that leaves nothing after the poolings', () => {
    assert.throws(() => trainingStepGraph({ height: 6, width: 36, classes: 2 }), RangeError);
  });
});
