import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pageRows, rangesTo, type PageRange } from '../../../../src/extension/tree/paging';

/** All places below a range, in the order of the rows. */
function places(range: PageRange): number[] {
  return pageRows(range).flatMap((row) => (typeof row === 'number' ? [row] : places(row)));
}

describe('pageRows', () => {
  it('shows a short list as it is', () => {
    assert.deepEqual(pageRows({ start: 0, end: 3 }), [0, 1, 2]);
  });

  it('gathers what comes after the first 200', () => {
    const rows = pageRows({ start: 0, end: 450 });
    assert.equal(rows.length, 202);
    assert.deepEqual(rows.slice(200), [
      { start: 200, end: 400 },
      { start: 400, end: 450 },
    ]);
  });

  it('never shows more than 400 rows at once, and every place exactly once', () => {
    fc.assert(
      fc.property(fc.nat(60_000), fc.nat(5000), (length, start) => {
        const range = { start, end: start + length };
        assert.ok(pageRows(range).length <= 400);
        assert.deepEqual(
          places(range),
          Array.from({ length }, (_, i) => start + i),
        );
      }),
      { seed: 5, numRuns: 50 },
    );
    assert.ok(pageRows({ start: 0, end: 2 ** 32 }).length <= 400);
  });
});

describe('rangesTo', () => {
  it('leads to every place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.nat(), (length, seed) => {
        const place = seed % length;
        let rows = pageRows({ start: 0, end: length });
        for (const range of rangesTo(place, length)) {
          assert.ok(rows.some((row) => typeof row !== 'number' && row.start === range.start && row.end === range.end));
          rows = pageRows(range);
        }
        assert.ok(rows.includes(place));
      }),
      { seed: 6 },
    );
  });
});
