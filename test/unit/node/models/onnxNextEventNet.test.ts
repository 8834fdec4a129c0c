import assert from 'node:assert/strict';
import { sizeOf } from '../../../../src/core/model/logCnn';
import { CONTEXT, NEXT_EVENT_BATCH, nextEventTensors } from '../../../../src/core/model/nextEventCnn';
import { Random } from '../../../../src/core/numeric/random';
import { openNextEventNet } from '../../../../src/node/models/onnxNextEventNet';
import { loadOnnxRuntime } from '../../../../src/node/models/onnxRuntime';

describe('openNextEventNet', () => {
  const vocabulary = 5;
  const random = new Random(1);
  const size = nextEventTensors(vocabulary).reduce((sum, tensor) => sum + sizeOf(tensor), 0);
  const initial = Float32Array.from({ length: size }, () => random.next() - 0.5);
  const contexts = Int32Array.from({ length: NEXT_EVENT_BATCH * CONTEXT }, () => random.below(vocabulary));
  const next = Int32Array.from({ length: NEXT_EVENT_BATCH }, () => random.below(vocabulary));

  it('learns from the parameters that it is given, and leaves them as they are', async () => {
    const net = await openNextEventNet(vocabulary);
    try {
      const given = initial.slice();
      net.start(given);
      await net.step(contexts, next, 0.01);
      await net.step(contexts, next, 0.01);
      assert.notDeepEqual(net.parameters(), initial);
      assert.deepEqual(given, initial);
    } finally {
      await net.release();
    }
  });

  it('opens what trains it only when it is trained', async () => {
    const { InferenceSession } = await loadOnnxRuntime();
    const { create } = InferenceSession;
    let opened = 0;
    InferenceSession.create = ((...args: Parameters<typeof create>) => {
      opened++;
      return create.apply(InferenceSession, args);
    }) as typeof create;
    try {
      const net = await openNextEventNet(vocabulary);
      net.start(initial);
      await net.logProbabilities(contexts, next);
      assert.equal(opened, 1);
      await net.step(contexts, next, 0.01);
      await net.step(contexts, next, 0.01);
      assert.equal(opened, 2);
      await net.release();
    } finally {
      InferenceSession.create = create;
    }
  });
});
