import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors/userError';
import { forwardGraph, parameterCount } from '../../../../src/core/model/logCnn';
import { initialParameters } from '../../../../src/core/training/initialParameters';
import { Random } from '../../../../src/core/numeric/random';
import { openClassifier } from '../../../../src/node/models/onnxSession';
import { network, zeroNetwork } from '../../../support/storedNetworks';

describe('openClassifier', () => {
  const shape = { height: 9, width: 8, classes: 2 };
  const area = shape.height * shape.width;
  const SOURCE = 'some/model.onnx';

  const complains = async (work: Promise<unknown>, message: RegExp): Promise<void> => {
    await assert.rejects(work, (error) => {
      assert.ok(error instanceof UserError, String(error));
      assert.match(error.message, message);
      assert.match(error.message, /^some\/model\.onnx [^\n]+; train or copy the model anew\.$/);
      return true;
    });
  };

  it('gives each image the same score, whatever the batch', async () => {
    const random = new Random(1);
    const classifier = await openClassifier(forwardGraph(shape, initialParameters(shape, random)), shape, SOURCE);
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
    const classifier = await openClassifier(zeroNetwork(shape, [Math.log(3)]), shape, SOURCE);
    const [score] = await classifier.score(new Float32Array(area), 1);
    await classifier.release();
    assert.ok(Math.abs(score - 0.75) < 1e-6);
  });

  it('gives large networks fewer images at once, with the same scores', async () => {
    // 150 × 150 values of 16 channels an image: 128 such images would take more than a run may have.
    const large = { height: 150, width: 150, classes: 2 };
    const values = large.height * large.width;
    const random = new Random(2);
    const classifier = await openClassifier(forwardGraph(large, initialParameters(large, random)), large, SOURCE);
    const images = Float32Array.from({ length: 160 * values }, () => random.next());
    const scores = await classifier.score(images, 160);
    const [last] = await classifier.score(images.subarray(159 * values), 1);
    await classifier.release();
    assert.ok(Math.abs(last - scores[159]) < 1e-6);
  });

  it('refuses what is no model, one for other images, and one that gives nonsense', async () => {
    const good = zeroNetwork(shape);
    const refuses = (model: Uint8Array, message: RegExp, size = shape): Promise<void> =>
      complains(openClassifier(model, size, SOURCE), message);
    await refuses(Uint8Array.of(1, 2, 3), /is not a model that LogCNN can run/);
    await refuses(good.slice(0, good.length / 2), /is not a model that LogCNN can run \(its .* is cut off\)/);
    await refuses(good, /x \[N, 1, 9, 8\], not x \[N, 1, 9, 9\]/, { ...shape, width: 9 });
    await refuses(zeroNetwork({ ...shape, classes: 3 }), /logits \[N, 3\], not logits \[N, 2\]/);
    await refuses(
      forwardGraph(shape, new Float32Array(parameterCount(shape)).fill(NaN)),
      /weights that are not finite/,
    );
  });

  it('never gives a score that is no number', async () => {
    // Finite weights, whose products are not: nothing at zeros, infinity minus infinity elsewhere.
    const overflowing = network(shape, (graph, x) => {
      const weights = new Float32Array(2 * area).map((_, i) => (i % 2 === 0 ? 3e38 : -3e38));
      const flat = graph.op('Flatten', [x], { axis: 1 });
      const bias = graph.weights('b', [2], new Float32Array(2));
      return graph.gemm(flat, graph.weights('w', [2, area], weights), bias, { b: true });
    });
    const classifier = await openClassifier(overflowing, shape, SOURCE);
    assert.deepEqual([...(await classifier.score(new Float32Array(area), 1))], [0.5]);
    const images = new Float32Array(300 * area);
    images.fill(1e3, 299 * area);
    await complains(classifier.score(images, 300), /gives values that are not finite \((NaN|-?Infinity)\)/);
    await classifier.release();
  });

  it('with any bit flipped is refused or gives numbers', async () => {
    const random = new Random(4);
    const whole = forwardGraph(shape, initialParameters(shape, random));
    const images = Float32Array.from({ length: 3 * area }, () => 5 * random.next());
    // The graph lies before the weights in the file and has few bytes; weights are flipped as often.
    const graphEnd = whole.length - 4 * parameterCount(shape);
    let refused = 0;
    let judged = 0;
    for (let i = 0; i < 600; i++) {
      const flipped = whole.slice();
      flipped[i % 2 === 0 ? random.below(graphEnd) : random.below(whole.length)] ^= 1 << random.below(8);
      try {
        const classifier = await openClassifier(flipped, shape, SOURCE);
        const scores = await classifier.score(images, 3).finally(() => classifier.release());
        assert.ok(scores.every((score) => score >= 0 && score <= 1));
        judged++;
      } catch (error) {
        assert.ok(error instanceof UserError, String(error));
        refused++;
      }
    }
    assert.ok(refused > 100 && judged > 100, `${refused} refused, ${judged} judged`);
  });
});
