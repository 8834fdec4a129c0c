import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stretchGroupsAbove, type ScoredEntries } from '../../../../src/core/findings/stretchGroups';

/** Lines of a log in which stretches reach as far as they may. */
const LONG = 2000;

/** Entries on consecutive lines; a letter is a template and the digit after it the score. */
function entriesOf(text: string): ScoredEntries {
  const pairs = text.split(' ');
  return {
    lines: pairs.map((_, i) => i + 1),
    places: pairs.map((_, i) => i + 1),
    sequences: pairs.map(() => 0),
    sourceCount: 1,
    events: pairs.map((pair) => pair.charCodeAt(0)),
    scores: pairs.map((pair) => Number(pair.slice(1))),
    recordLine: (entry) => entry + 1,
  };
}

const arbitraryEntries = fc
  .array(fc.record({ gap: fc.nat(20), event: fc.nat(5), score: fc.nat(9) }), { maxLength: 60 })
  .map((list): ScoredEntries => {
    let line = 1;
    const lines = list.map(({ gap }) => (line += gap));
    return {
      lines,
      places: lines,
      sequences: list.map(() => 0),
      sourceCount: 1,
      events: list.map(({ event }) => event),
      scores: list.map(({ score }) => score),
      recordLine: (entry) => lines[entry],
    };
  });

describe('stretchGroupsAbove', () => {
  it('merges neighbours and finds their peak', () => {
    const [only, ...others] = stretchGroupsAbove(entriesOf('a0 b5 a0 c7 a0'), 5, LONG);
    assert.deepEqual(others, []);
    assert.deepEqual(only.stretch, { first: 1, last: 3, peak: 3 });
    assert.equal(only.score, 7);
  });

  it('has its peak at the first of equal scores, and on one line at the record before its trace', () => {
    const peakOf = (lines: number[]) =>
      stretchGroupsAbove({ ...entriesOf('a5 b5'), lines, places: lines }, 5, LONG)[0].stretch.peak;
    assert.deepEqual([peakOf([1, 2]), peakOf([1, 1])], [0, 0]);
  });

  it('collapses stretches with the same template at their peak', () => {
    const quiet = Array<string>(11).fill('a0').join(' ');
    const suspects = stretchGroupsAbove(entriesOf(`x6 ${quiet} y9 ${quiet} x8`), 5, LONG);
    assert.deepEqual(
      suspects.map(({ score, stretch, occurrences }) => [score, stretch.peak, occurrences.length]),
      [
        [9, 12, 1],
        [8, 24, 2],
      ],
    );
  });

  it('keeps apart in a short log what a long one merges', () => {
    const peaks = (lineCount: number): number[] =>
      stretchGroupsAbove(entriesOf('a0 b5 a0 c7 d6 a0'), 5, lineCount).map(({ stretch }) => stretch.peak);
    assert.deepEqual(peaks(6), [3, 4, 1]);
    assert.deepEqual(peaks(200), [3, 1]);
    assert.deepEqual(peaks(400), [3]);
  });

  it('takes the first of equal ones first', () => {
    const suspects = stretchGroupsAbove(entriesOf('b5 c5 d7 e5'), 5, 4);
    assert.deepEqual(
      suspects.map(({ stretch }) => stretch.peak),
      [2, 0, 1, 3],
    );
  });

  it('merges what one source wrote, by its own records and by as many lines as there are sources', () => {
    const lines = [1, 2, 3, 22, 44, 46, 50];
    const places = [1, 1, 2, 3, 4, 5, 16];
    const sequences = [0, 1, 0, 0, 0, 0, 0];
    const twoSources = { ...entriesOf('b5 c6 b6 b7 d5 d5 e5'), lines, places, sequences, sourceCount: 2 };
    assert.deepEqual(
      stretchGroupsAbove(twoSources, 5, LONG).map(({ stretch }) => [stretch.first, stretch.last, stretch.peak]),
      [
        [0, 3, 3],
        [1, 1, 1],
        [4, 5, 4],
        [6, 6, 6],
      ],
    );
  });

  it('covers every entry above the cut once, in stretches more than ten lines apart', () => {
    fc.assert(
      fc.property(arbitraryEntries, fc.nat(9), (entries, cut) => {
        const stretches = stretchGroupsAbove(entries, cut, LONG)
          .flatMap(({ occurrences }) => occurrences)
          .sort((a, b) => a.first - b.first);
        const { lines, scores } = entries;
        stretches.slice(1).forEach((stretch, i) => {
          assert.ok(lines[stretch.first] - lines[stretches[i].last] > 10);
        });
        for (let entry = 0; entry < scores.length; entry++) {
          const holding = stretches.filter(({ first, last }) => first <= entry && entry <= last);
          assert.ok(holding.length <= 1);
          assert.ok(scores[entry] < cut || holding.length === 1);
          assert.ok(holding.every(({ peak }) => scores[peak] >= scores[entry] || scores[entry] < cut));
        }
      }),
    );
  });
});
