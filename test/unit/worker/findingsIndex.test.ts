import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding } from '../../../src/core/findings/finding';
import { indexFindings } from '../../../src/worker/findingsIndex';

function finding(lines: number[], line: number): Finding {
  return {
    block: `blk_${line}`,
    score: 0.9,
    anomalous: true,
    count: 1,
    lines: Uint32Array.from(lines),
    line,
    firstTime: null,
    lastTime: null,
    time: null,
    kind: 'unusual',
    parts: [],
    template: '',
    fingerprint: '',
  };
}

describe('indexFindings', () => {
  it('orders findings by their most suspicious line', () => {
    const index = indexFindings([finding([7, 9], 9), finding([1, 4], 4), finding([9], 9)]);
    assert.deepEqual([...index.byPosition], [1, 0, 2]);
  });

  it('keeps the largest line numbers apart', () => {
    const index = indexFindings([finding([1], 1), finding([2 ** 32 - 2, 2 ** 32 - 1], 2 ** 32 - 1)]);
    assert.deepEqual([...index.lines], [1, 2 ** 32 - 2, 2 ** 32 - 1]);
    assert.deepEqual([...index.findings], [0, 1, 1]);
  });

  it('holds every line of every finding once, ascending', () => {
    const blocks = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(blocks, (lineSets) => {
        const findings = lineSets.map((lines) =>
          finding(
            [...lines].sort((a, b) => a - b),
            lines[0],
          ),
        );
        const index = indexFindings(findings);
        const expected = findings
          .flatMap((each, number) => [...each.lines].map((line) => [line, number]))
          .sort(([line, number], [otherLine, otherNumber]) => line - otherLine || number - otherNumber);
        assert.deepEqual(
          [...index.lines].map((line, i) => [line, index.findings[i]]),
          expected,
        );
      }),
      { seed: 3 },
    );
  });
});
