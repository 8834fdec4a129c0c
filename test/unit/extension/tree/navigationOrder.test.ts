import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FileResults } from '../../../../src/extension/results/resultsStore';
import { ShownFindings } from '../../../../src/extension/results/shownFindings';
import { neighbour, type StepStart } from '../../../../src/extension/tree/navigationOrder';
import { finding, results, uri } from '../fixtures';

const shown = new ShownFindings();

function step(files: FileResults[], from: StepStart | undefined, by: 1 | -1, filter = shown): string | undefined {
  const found = neighbour(files, filter, from, by);
  return found && `${files.indexOf(found.results)}:${found.finding}${found.isAround ? ' around' : ''}`;
}

describe('neighbour', () => {
  // By score; by position they are 1 (line 10), 2 (line 20) and 0 (line 30).
  const three = results([finding([30]), finding([10, 40]), finding([20])]);
  const other = results([finding([5])], { uri: uri('/logs/b.log') });
  const clean = results([], { uri: uri('/logs/c.log') });

  it('goes to the next most suspicious line below the cursor and around the end', () => {
    assert.equal(step([three], { results: three, line: 0 }, 1), '0:1');
    assert.equal(step([three], { results: three, line: 10 }, 1), '0:2');
    assert.equal(step([three], { results: three, line: 29 }, 1), '0:0');
    assert.equal(step([three], { results: three, line: 30 }, 1), '0:1 around');
  });

  it('goes to the previous one above the cursor and around the beginning', () => {
    assert.equal(step([three], { results: three, line: 31 }, -1), '0:0');
    assert.equal(step([three], { results: three, line: 30 }, -1), '0:2');
    assert.equal(step([three], { results: three, line: 10 }, -1), '0:0 around');
  });

  it('goes from a finding to its neighbours', () => {
    assert.equal(step([three], { results: three, finding: 2 }, 1), '0:0');
    assert.equal(step([three], { results: three, finding: 1 }, -1), '0:0 around');
  });

  it('goes on in the next file that has findings, and says when it begins again', () => {
    const files = [three, clean, other];
    assert.equal(step(files, { results: three, finding: 0 }, 1), '2:0');
    assert.equal(step(files, { results: other, finding: 0 }, 1), '0:1 around');
    assert.equal(step(files, { results: other, line: 5 }, -1), '0:0');
    assert.equal(step(files, { results: three, line: 10 }, -1), '2:0 around');
    assert.equal(step(files, undefined, 1), '0:1');
    assert.equal(step(files, undefined, -1), '2:0');
  });

  it('passes over what is not shown', () => {
    const filtered = new ShownFindings();
    filtered.filter = { text: 'line 20' };
    assert.equal(step([three], { results: three, line: 0 }, 1, filtered), '0:2');
    assert.equal(step([three], { results: three, finding: 1 }, 1, filtered), '0:2', 'from one that is not shown');
    filtered.filter = { text: 'nowhere' };
    assert.equal(step([three], { results: three, line: 0 }, 1, filtered), undefined);
  });

  it('has nowhere to go without findings', () => {
    assert.equal(step([clean], { results: clean, line: 1 }, 1), undefined);
    assert.equal(step([], undefined, -1), undefined);
  });

  it('visits every finding once before it comes back, and the other step leads back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 8 }), { minLength: 1, maxLength: 4 }),
        (lines) => {
          const files = lines.map((own, i) =>
            results(
              own.map((line) => finding([line])),
              { uri: uri(`/${i}.log`) },
            ),
          );
          const count = lines.flat().length;
          fc.pre(count > 0);
          const visited = [neighbour(files, shown, undefined, 1)!];
          for (let i = 1; i < count; i++) {
            const next = neighbour(files, shown, visited.at(-1), 1)!;
            assert.ok(!next.isAround);
            const { results: file, finding: index } = neighbour(files, shown, next, -1)!;
            assert.deepEqual([file.uri.path, index], [visited.at(-1)!.results.uri.path, visited.at(-1)!.finding]);
            visited.push(next);
          }
          assert.equal(new Set(visited.map((each) => `${each.results.uri.path} ${each.finding}`)).size, count);
          assert.ok(neighbour(files, shown, visited.at(-1), 1)!.isAround);
        },
      ),
      { seed: 8 },
    );
  });
});
