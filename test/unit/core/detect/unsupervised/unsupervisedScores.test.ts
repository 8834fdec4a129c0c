import assert from 'node:assert/strict';
import { unsupervisedScores } from '../../../../../src/core/detect/unsupervised/unsupervisedScores';
import { openNextEventNet } from '../../../../../src/node/models/onnxNextEventNet';
import { sessionsOf, streamOf } from './logs';

const templates = {
  a: 'opening the file',
  b: 'reading a part',
  c: 'closing the file',
  x: ['error', 'cannot read: device failed'] as ['error', string],
};
const parts = { openNextEventNet, seed: 1 };
const normal = Array.from({ length: 300 }, (_, i) => `a${'b'.repeat(1 + (i % 3))}c`);
const highest = (scores: Float64Array): number => scores.indexOf(Math.max(...scores));

describe('unsupervisedScores', () => {
  it('puts a session that ends too early, is out of order or reports trouble above all others', async () => {
    for (const strange of ['ab', 'cba', 'abxc']) {
      const { blocks } = await unsupervisedScores(sessionsOf([...normal, strange], templates), parts);
      assert.equal(highest(blocks), normal.length, strange);
    }
  });

  it('calls nothing anomalous in sessions that are all alike', async () => {
    const { blocks, cut } = await unsupervisedScores(sessionsOf(normal, templates), parts);
    assert.ok(blocks.every((score) => score < cut));
  });

  it('finds the trouble in a stream, and its line', async () => {
    const events = `${'abbc'.repeat(200)}abxc${'abbc'.repeat(200)}`;
    const { blocks, entries, cut } = await unsupervisedScores(streamOf(events, templates, 20), parts);
    assert.equal(highest(blocks), 40);
    assert.ok(blocks[40] >= cut);
    assert.equal(highest(entries), events.indexOf('x'));
  });

  it('gives the same scores for the same seed', async () => {
    const log = sessionsOf([...normal, 'abxc'], templates);
    const [first, second] = [await unsupervisedScores(log, parts), await unsupervisedScores(log, parts)];
    assert.deepEqual(first.blocks, second.blocks);
  });

  it('copes with an empty log and with a single record', async () => {
    for (const events of ['', 'a']) {
      const { blocks } = await unsupervisedScores(streamOf(events, templates, 20), parts);
      assert.equal(blocks.length, events.length);
      assert.ok(blocks.every(Number.isFinite));
    }
  });
});
