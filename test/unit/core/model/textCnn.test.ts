import assert from 'node:assert/strict';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { TEXT_WORDS, textFeatures, WORD_PARTS } from '../../../../src/core/features/textFeatures';
import { sizeOf } from '../../../../src/core/model/logCnn';
import {
  TEXT_CNN_TENSORS,
  TEXT_DROPOUT_SIZES,
  textForwardGraph,
  textTrainingGraph,
} from '../../../../src/core/model/textCnn';
import { Random } from '../../../../src/core/numeric/random';

const count = TEXT_CNN_TENSORS.reduce((sum, tensor) => sum + sizeOf(tensor), 0);
const floats = (data: Float32Array): Tensor => new Tensor('float32', data, [data.length]);
const open = (model: Uint8Array): Promise<InferenceSession> =>
  InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });

/** The network of `TEXT_CNN_TENSORS` written out in doubles: the log odds of one text. */
function plainLogOdds(parameters: Float64Array, text: string, dropout: readonly ArrayLike<number>[]): number {
  const { words, parts } = textFeatures(text);
  let offset = 0;
  const tensors = Object.fromEntries(
    TEXT_CNN_TENSORS.map((tensor) => [tensor.name, parameters.subarray(offset, (offset += sizeOf(tensor)))]),
  );
  const row = (name: string, number: number): Float64Array => tensors[name].subarray(24 * number, 24 * number + 24);
  const empty = Array<number>(24).fill(0);
  const vectors = Array.from(words, (word, i) => {
    const there = Array.from(parts.subarray(i * WORD_PARTS, (i + 1) * WORD_PARTS)).filter((part) => part > 0);
    return empty.map(
      (_, k) =>
        (word > 0 ? row('word_vectors', word)[k] : 0) +
        there.reduce((sum, part) => sum + row('part_vectors', part)[k], 0) / Math.sqrt(Math.max(1, there.length)),
    );
  });
  const padded = [empty, ...vectors, empty];
  const connect = (input: number[], name: string): number[] =>
    Array.from(tensors[`${name}.bias`], (bias, out) =>
      input.reduce((sum, value, i) => sum + value * tensors[`${name}.weight`][out * input.length + i], bias),
    );
  const features = [1, 2, 3].flatMap((width) => {
    const places = padded
      .slice(0, padded.length - width + 1)
      .map((_, i) => connect(padded.slice(i, i + width).flat(), `conv${width}`));
    return places[0].map((_, channel) => Math.max(0, ...places.map((place) => place[channel])));
  });
  const hidden = connect(
    features.map((value, i) => value * dropout[0][i]),
    'hidden',
  ).map((value) => Math.max(0, value));
  return connect(
    hidden.map((value, i) => value * dropout[1][i]),
    'output',
  )[0];
}

describe('textCnn', () => {
  const random = new Random(5);
  const parameters = Float32Array.from({ length: count }, () => (random.next() - 0.5) * 0.6);
  const texts = ['Connection refused by peer', 'ok', 'NullPointerException in TaskRunner while closing the file'];
  const features = texts.map(textFeatures);
  const words = Int32Array.from(features.flatMap((feature) => [...feature.words]));
  const parts = Int32Array.from(features.flatMap((feature) => [...feature.parts]));
  const inputs = {
    words: new Tensor('int32', words, [3, TEXT_WORDS]),
    parts: new Tensor('int32', parts, [3, TEXT_WORDS, WORD_PARTS]),
  };
  const none = TEXT_DROPOUT_SIZES.map((size) => Array<number>(size).fill(1));

  it('judges as the network written out does', async () => {
    const session = await open(textForwardGraph(parameters));
    const result = await session.run(inputs);
    await session.release();
    texts.forEach((text, i) => {
      const expected = plainLogOdds(Float64Array.from(parameters), text, none);
      assert.ok(Math.abs((result.log_odds.data as Float32Array)[i] - expected) < 1e-4, text);
    });
  });

  it('has the gradient that finite differences have', async () => {
    const target = Float32Array.of(0.9, 0.1, 0.7);
    const dropout = TEXT_DROPOUT_SIZES.map((size) =>
      Float32Array.from({ length: 3 * size }, () => (random.next() < 0.3 ? 0 : 1.4)),
    );
    const session = await open(textTrainingGraph(true));
    const result = await session.run({
      ...inputs,
      target: new Tensor('float32', target, [3, 1]),
      dropout_1: new Tensor('float32', dropout[0], [3, TEXT_DROPOUT_SIZES[0]]),
      dropout_2: new Tensor('float32', dropout[1], [3, TEXT_DROPOUT_SIZES[1]]),
      share: floats(Float32Array.of(1 / 3)),
      parameters: floats(parameters),
      m: floats(new Float32Array(count)),
      v: floats(new Float32Array(count)),
      step_size: floats(Float32Array.of(1e-3)),
      root_correction: floats(Float32Array.of(1)),
    });
    await session.release();
    const vector = Float64Array.from(parameters);
    const loss = (): number =>
      texts.reduce((sum, text, i) => {
        const odds = plainLogOdds(
          vector,
          text,
          dropout.map((factors, k) => factors.subarray(i * TEXT_DROPOUT_SIZES[k], (i + 1) * TEXT_DROPOUT_SIZES[k])),
        );
        return sum + (Math.log(1 + Math.exp(odds)) - target[i] * odds) / 3;
      }, 0);
    assert.ok(Math.abs((result.loss.data as Float32Array)[0] - loss()) < 1e-5);
    const gradient = result.gradient.data as Float32Array;
    let offset = 0;
    for (const tensor of TEXT_CNN_TENSORS) {
      const numbers = tensor.name === 'word_vectors' ? words : tensor.name === 'part_vectors' ? parts : undefined;
      for (let k = 0; k < 4; k++) {
        // Of the embeddings only the rows that occur can have a gradient.
        const used = numbers?.filter((number) => number > 0);
        const place =
          used === undefined ? random.below(sizeOf(tensor)) : used[random.below(used.length)] * 24 + random.below(24);
        const i = offset + place;
        const value = vector[i];
        vector[i] = value + 1e-6;
        const above = loss();
        vector[i] = value - 1e-6;
        const expected = (above - loss()) / 2e-6;
        vector[i] = value;
        assert.ok(Math.abs(gradient[i] - expected) < 1e-6 + 1e-3 * Math.abs(expected), `${tensor.name} ${i}`);
      }
      offset += sizeOf(tensor);
    }
    // What is empty must not learn.
    assert.ok(gradient.subarray(0, 24).every((value) => value === 0));
  });
});
