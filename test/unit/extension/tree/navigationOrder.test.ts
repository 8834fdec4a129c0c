import assert from 'node:assert/strict';
import fc from 'fast-check';
import { neighbour } from '../../../../src/extension/tree/navigationOrder';
import { finding, outcome } from '../fixtures';

describe('neighbour', () => {
  // By score; by position they are 1 (line 10), 2 (line 20) and 0 (line 30).
  const three = outcome([finding([30]), finding([10, 40]), finding([20])]);

  it('goes to the next most suspicious line below the cursor and around the end', () => {
    assert.equal(neighbour(three, { line: 0 }, 1), 1);
    assert.equal(neighbour(three, { line: 10 }, 1), 2);
    assert.equal(neighbour(three, { line: 29 }, 1), 0);
    assert.equal(neighbour(three, { line: 30 }, 1), 1);
  });

  it('goes to the previous one above the cursor and around the beginning', () => {
    assert.equal(neighbour(three, { line: 31 }, -1), 0);
    assert.equal(neighbour(three, { line: 30 }, -1), 2);
    assert.equal(neighbour(three, { line: 10 }, -1), 0);
  });

  it('goes from a finding to its neighbours', () => {
    assert.equal(neighbour(three, { finding: 2 }, 1), 0);
    assert.equal(neighbour(three, { finding: 0 }, 1), 1);
    assert.equal(neighbour(three, { finding: 1 }, -1), 0);
  });

  it('has nowhere to go without findings', () => {
    assert.equal(neighbour(outcome([]), { line: 1 }, 1), undefined);
    assert.equal(neighbour(outcome([]), { finding: 0 }, -1), undefined);
  });

  it('visits every finding once before it comes back, and the other step leads back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 }), (lines) => {
        const all = outcome(lines.map((line) => finding([line])));
        const visited = [0];
        for (let i = 1; i < lines.length; i++) {
          const next = neighbour(all, { finding: visited.at(-1)! }, 1)!;
          assert.equal(neighbour(all, { finding: next }, -1), visited.at(-1));
          visited.push(next);
        }
        assert.equal(new Set(visited).size, lines.length);
        assert.equal(neighbour(all, { finding: visited.at(-1)! }, 1), 0);
      }),
      { seed: 8 },
    );
  });
});
