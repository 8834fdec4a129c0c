import assert from 'node:assert/strict';
import { CountNeighbourhoods } from '../../../../src/core/detect/unsupervised/countNeighbourhoods';
import { comparedVectors, CountDistances, countsOf, distinctCounts } from '../../../../src/core/events/eventCounts';
import { sessionsOf } from '../detect/unsupervised/logs';

const templates = { a: 'first', b: 'second', c: 'third', d: 'fourth' };

describe('event counts', () => {
  it('are stored once for blocks with the same, whatever their order', () => {
    const { vectors, blocksWith, vectorOf } = distinctCounts(sessionsOf(['abb', 'bab', 'c', 'bba', ''], templates));
    assert.deepEqual([...vectorOf], [0, 0, 1, 0, 2]);
    assert.deepEqual(blocksWith, [3, 1, 1]);
    assert.deepEqual(
      [[...vectors[0].events], [...vectors[0].counts]],
      [
        [0, 1],
        [1, 2],
      ],
    );
  });

  it('are at distance 0 from the same, near to similar ones and far from others', () => {
    const { vectors } = distinctCounts(sessionsOf(['aab', 'cd', 'ab'], templates));
    const [same, apart, near] = new CountDistances(vectors, Float64Array.of(1, 1, 1, 1)).from(vectors[0]);
    assert.equal(same, 0);
    assert.ok(apart > 1);
    assert.ok(near > 0 && near < 0.3);
  });

  it('are compared with the most frequent ones where there are many', () => {
    const all = distinctCounts(
      sessionsOf(['a', 'b', 'b', ...Array.from({ length: 300 }, (_, i) => 'c'.repeat(i + 1))], templates),
    );
    assert.equal(comparedVectors(all, all.vectors.length).length, all.vectors.length);
    const few = comparedVectors(all, 1e9);
    assert.equal(few.length, 100);
    assert.equal(few[0], 1);
  });
});

describe('CountNeighbourhoods', () => {
  it('sets a session with counts of its own apart from those that many share', async () => {
    const sessions = [...Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 'abc' : 'abbc')), 'aaaaaaad'];
    const { blocks } = new CountNeighbourhoods(sessionsOf(sessions, templates));
    assert.ok(blocks.subarray(0, 60).every((score) => score === 0));
    assert.ok(blocks[60] > 0.5);
  });

  it('is the same for a session that comes later; what the log does not have sets it apart', () => {
    const sessions = [...Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 'abc' : 'abbc')), 'aaaaaaad'];
    const log = sessionsOf(sessions, templates);
    const neighbourhoods = new CountNeighbourhoods(log);
    const distanceOf = (...events: number[]): number => neighbourhoods.distanceOf(countsOf(Uint32Array.from(events)));
    assert.equal(distanceOf(0, 0, 0, 0, 0, 0, 0, 3), neighbourhoods.blocks[60]);
    assert.equal(distanceOf(0, 1, 2), 0);
    assert.ok(distanceOf(0, 1, 2, 4) > 0.3);
  });
});
