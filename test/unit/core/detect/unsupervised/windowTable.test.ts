import assert from 'node:assert/strict';
import type { EventLog } from '../../../../../src/core/events/eventLog';
import {
  isForgotten,
  WIDTH,
  windowTable,
  type WindowTable,
} from '../../../../../src/core/detect/unsupervised/windowTable';
import { streamOf, wandering, WANDERED_TEMPLATES, wanderingSessions } from './logs';

/** The last events of a window. */
function lastOf({ rows }: WindowTable, window: number, count: number): string {
  return rows.subarray((window + 1) * WIDTH - count, (window + 1) * WIDTH).join();
}

describe('windowTable', () => {
  const logs: [string, EventLog, kept: number][] = [
    ['a stream', streamOf(wandering(100_000), WANDERED_TEMPLATES, 20), 20_000],
    ['sessions', wanderingSessions(1000, 20), 500],
  ];

  for (const [name, log, kept] of logs) {
    it(`keeps every window of ${name} that has few`, () => {
      const table = windowTable(log);
      assert.ok(Array.from({ length: table.count }, (_, window) => window).every((w) => !isForgotten(table, w)));
      assert.equal(new Set(table.windowOf).size + new Set(table.endWindowOf).size, table.count);
    });

    it(`is bounded for ${name} of many, and knows the last two events of each`, () => {
      const whole = windowTable(log);
      const table = windowTable(log, kept);
      assert.ok(whole.count > 10_000);
      assert.ok(table.count < 2.2 * kept + table.vocabulary ** 2, `${table.count} windows`);
      const forgotten = table.windowOf.filter((window) => isForgotten(table, window)).length;
      assert.ok(forgotten > log.events.length / 2);
      table.windowOf.forEach((window, entry) => {
        const known = isForgotten(table, window) ? 2 : WIDTH;
        assert.equal(lastOf(table, window, known), lastOf(whole, whole.windowOf[entry], known));
      });
    });

    it(`keeps windows of ${name} from beginning to end, the same each time`, () => {
      const table = windowTable(log, kept);
      const whole = Array.from(table.windowOf.keys()).filter((entry) => !isForgotten(table, table.windowOf[entry]));
      assert.ok(whole.some((entry) => entry > 0.75 * log.events.length));
      assert.deepEqual(windowTable(log, kept), table);
    });
  }
});
