import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TimeRange } from '../../../../src/core/formats/timeRange';
import { TimeGate } from '../../../../src/core/records/timeGate';

describe('TimeGate', () => {
  it('names the lines that it did not let through, however often it closes and opens', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), fc.boolean(), (inside, isOpenAtFirst) => {
        const range = { isOpenAtFirst, holds: (time: number) => inside[time - 1] } as unknown as TimeRange;
        const gate = new TimeGate(range);
        const through = inside.map((_, i) => gate.takes(i + 1, NaN, i + 1));
        assert.deepEqual(through, inside);
        const leftOut = gate
          .linesLeftOut(inside.length)
          .flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
        assert.deepEqual(
          leftOut,
          inside.flatMap((isIn, i) => (isIn ? [] : [i + 1])),
        );
        assert.equal(gate.leftOut, leftOut.length);
      }),
    );
  });
});
