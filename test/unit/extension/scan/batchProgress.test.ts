import assert from 'node:assert/strict';
import { BatchProgress } from '../../../../src/extension/scan/batchProgress';
import { uri } from '../fixtures';

describe('BatchProgress', () => {
  const logs = [uri('/a.log'), uri('/b.log'), uri('/c.log')];
  const KB = 1024;

  it('counts each log by its size, and ends at all', () => {
    const batch = new BatchProgress(logs, [9 * KB, 29 * KB, 59 * KB]);
    assert.deepEqual([batch.place, batch.count, batch.percent], [1, 3, 0]);
    assert.ok(batch.advance(logs[0], { phase: 'reading', done: 1, total: 2 }));
    assert.equal(Math.round(batch.percent), 4);
    batch.end(logs[0]);
    assert.deepEqual([batch.place, batch.percent], [2, 10]);
    batch.advance(logs[1], { phase: 'explaining', done: 0, total: 0 });
    assert.equal(Math.round(batch.percent), 40);
    batch.end(logs[1]);
    batch.end(logs[2]);
    assert.deepEqual([batch.place, batch.percent], [3, 100]);
  });

  it('never goes back from phase to phase, also where a size is not known', () => {
    const batch = new BatchProgress(logs, [0, 0, 0]);
    let last = 0;
    for (const log of logs) {
      for (const phase of ['reading', 'judging', 'explaining'] as const) {
        for (const [done, total] of [
          [0, 10],
          [10, 10],
          [20, 10],
        ]) {
          batch.advance(log, { phase, done, total });
          assert.ok(
            batch.percent > last - 1e-9 && batch.percent < 100 + 1e-9,
            `${phase}: ${batch.percent} after ${last}`,
          );
          last = batch.percent;
        }
      }
      batch.end(log);
    }
    assert.equal(batch.percent, 100);
  });

  it('does not know other logs', () => {
    assert.ok(!new BatchProgress(logs, [1, 1, 1]).advance(uri('/d.log'), { phase: 'reading', done: 1, total: 2 }));
  });
});
