import assert from 'node:assert/strict';
import { Tensor } from 'onnxruntime-node';
import { messageOf } from '../../../../src/core/errors/messages';
import { UserError } from '../../../../src/core/errors/userError';
import { requireFinite } from '../../../../src/node/models/networkValues';

describe('requireFinite', () => {
  it('gives the values as they are', () => {
    const values = Float32Array.of(-3e38, 0, 3e38);
    assert.equal(requireFinite(new Tensor('float32', values, [3]), 3, 'the network', messageOf('train-anew')), values);
  });

  const faults: [string, Tensor, RegExp][] = [
    [
      'NaN',
      new Tensor('float32', [1, NaN], [2]),
      /^the network gives values that are not finite \(NaN\).*; train or copy the model anew\.$/,
    ],
    ['infinity', new Tensor('float32', [-Infinity, 1], [2]), /not finite \(-Infinity\)/],
    ['too few values', new Tensor('float32', [1], [1]), /gives 1 values of type float32 where 2 /],
    ['too many values', new Tensor('float32', [1, 2, 3], [3]), /gives 3 values of type float32 where 2 /],
    ['whole numbers', new Tensor('int32', [1, 2], [2]), /gives 2 values of type int32 where 2 of type float32/],
    ['texts', new Tensor('string', ['a', 'b'], [2]), /gives 2 values of type string/],
  ];
  for (const [name, tensor, message] of faults) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => requireFinite(tensor, 2, 'the network', messageOf('train-anew')),
        (error) => error instanceof UserError && message.test(error.message),
      );
    });
  }
});
