import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TimeQueue } from '../../support/timeQueue';

describe('TimeQueue', () => {
  it('gives items back by time, equal times in the order they came', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5 })), (times) => {
        const queue = new TimeQueue<[number, number]>();
        times.forEach((time, i) => queue.push(time, [time, i]));
        const taken: [number, number][] = [];
        for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
          taken.push(item);
        }
        assert.deepEqual(
          taken,
          times.map((time, i): [number, number] => [time, i]).sort(([a, i], [b, k]) => a - b || i - k),
        );
      }),
    );
  });

  it('knows the time of the next item', () => {
    const queue = new TimeQueue<string>();
    assert.equal(queue.nextTime, Infinity);
    queue.push(7, 'later');
    queue.push(3, 'sooner');
    assert.equal(queue.nextTime, 3);
    assert.equal(queue.pop(), 'sooner');
    assert.equal(queue.nextTime, 7);
  });
});
