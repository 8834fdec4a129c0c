import assert from 'node:assert/strict';
import { forwardGraph, parameterCount } from '../../../src/core/model/logCnn';
import { initialParameters } from '../../../src/core/training/initialParameters';
import { Random } from '../../../src/core/training/random';
import { ModelError, openClassifier } from '../../../src/node/onnxSession';

describe('openClassifier', () => {
  const shape = { height: 9, width: 8, classes: 2 };
  const area = shape.height * shape.width;

  it('gives each image the same score, whatever the batch', async () => {
    const random = new Random(1);
    const classifier = await openClassifier(forwardGraph(shape, initialParameters(shape, random)), shape, 'net');
    const images = Float32Array.from({ length: 600 * area }, () => 5 * random.next());
    const scores = await classifier.score(images, 600);
    assert.ok(scores.every((score) => score > 0 && score < 1));
    for (const i of [0, 255, 256, 599]) {
      const [alone] = await classifier.score(images.slice(i * area, (i + 1) * area), 1);
      assert.ok(Math.abs(alone - scores[i]) < 1e-6);
    }
    await classifier.release();
  });

  it('is the softmax of class 1', async () => {
    const parameters = new Float32Array(parameterCount(shape));
    parameters[parameters.length - 1] = Math.log(3);
    const classifier = await openClassifier(forwardGraph(shape, parameters), shape, 'net');
    const [score] = await classifier.score(new Float32Array(area), 1);
    await classifier.release();
    assert.ok(Math.abs(score - 0.75) < 1e-6);
  });

  it('refuses what is no model, one for other images, and one that gives nonsense', async () => {
    const good = forwardGraph(shape, new Float32Array(parameterCount(shape)));
    const rejects = (model: Uint8Array, size: typeof shape, message: RegExp) =>
      assert.rejects(openClassifier(model, size, 'some/model.onnx'), (error) => {
        assert.ok(error instanceof ModelError);
        assert.match(error.message, message);
        assert.match(error.message, /^some\/model\.onnx/);
        return true;
      });
    await rejects(Uint8Array.of(1, 2, 3), shape, /is not a model that ONNX Runtime can load/);
    await rejects(good.slice(0, good.length / 2), shape, /is not a model that ONNX Runtime can load/);
    await rejects(good, { ...shape, width: 9 }, /does not fit its profile/);
    const wide = { ...shape, classes: 3 };
    await rejects(forwardGraph(wide, new Float32Array(parameterCount(wide))), shape, /gives 3 values/);
    const broken = new Float32Array(parameterCount(shape)).fill(NaN);
    await rejects(forwardGraph(shape, broken), shape, /does not fit its profile/);
  });
});
