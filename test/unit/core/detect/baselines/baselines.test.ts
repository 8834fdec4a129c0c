import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BASELINES } from '../../../../../src/core/detect/baselines/baselines';
import { countRarity } from '../../../../../src/core/detect/baselines/countRarity';
import { countTable } from '../../../../../src/core/detect/baselines/countTable';
import { decisionTree } from '../../../../../src/core/detect/baselines/decisionTree';
import { nearestNeighbour } from '../../../../../src/core/detect/baselines/nearestNeighbour';
import { newEvent } from '../../../../../src/core/detect/baselines/newEvent';
import { sequenceLength } from '../../../../../src/core/detect/baselines/sequenceLength';
import { type Row, arbitraryRows, sessions } from '../sessions';

/** Folds rows as a table of event counts: how many sessions of each label have the counts of a sequence. */
function byCounts(rows: readonly Row[], events: readonly number[]): { normal: number; anomalous: number } {
  const key = [...events].sort().join();
  const equal = rows.filter(([other]) => [...other].sort().join() === key);
  return {
    normal: equal.reduce((sum, [, normal]) => sum + normal, 0),
    anomalous: equal.reduce((sum, [, , anomalous]) => sum + anomalous, 0),
  };
}

describe('decisionTree', () => {
  it('finds the event that tells the classes apart, wherever it stands', () => {
    const tree = decisionTree.fit(
      sessions([
        [[1, 2, 3], 50, 0],
        [[1, 1, 3], 20, 0],
        [[1, 2, 9], 0, 3],
        [[9, 1, 3], 0, 2],
      ]),
    );
    assert.equal(tree.score([9, 2, 2, 2]), 1);
    assert.equal(tree.score([3, 2, 2, 2]), 0);
  });

  it('cuts halfway between the counts that occur, rounded down', () => {
    const tree = decisionTree.fit(
      sessions([
        [[1], 5, 0],
        [[1, 1, 1, 1, 1, 1], 0, 5],
      ]),
    );
    assert.deepEqual(
      [3, 4].map((count) => tree.score(new Array<number>(count).fill(1))),
      [0, 1],
    );
  });

  it('learns an exclusive or, where no first cut gains anything', () => {
    const rows: Row[] = [
      [[], 4, 0],
      [[1], 0, 4],
      [[2], 0, 4],
      [[1, 2], 4, 0],
    ];
    const tree = decisionTree.fit(sessions(rows));
    assert.deepEqual(
      rows.map(([events]) => tree.score(events)),
      [0, 1, 1, 0],
    );
  });

  it('chooses the cut by weight', () => {
    // Cutting at event 1 leaves impurity 2·11·10/21, cutting at event 2 leaves 2·10·110/120; and the other way round.
    const treeOf = (normal: number, anomalous: number) =>
      decisionTree.fit(
        sessions([
          [[], 10, 10],
          [[1], 0, anomalous],
          [[2], normal, 0],
        ]),
      );
    assert.equal(treeOf(1, 100).score([1, 2]), 1);
    assert.equal(treeOf(100, 1).score([1, 2]), 0);
  });

  it('gives the share of anomalies where equal counts carry both labels', () => {
    assert.equal(decisionTree.fit(sessions([[[1, 2], 3, 1]])).score([2, 1]), 0.25);
  });

  it('fits training perfectly up to equal counts', () => {
    fc.assert(
      fc.property(arbitraryRows, (rows) => {
        const tree = decisionTree.fit(sessions(rows));
        for (const [events] of rows) {
          const { normal, anomalous } = byCounts(rows, events);
          assert.equal(tree.score(events), anomalous / (normal + anomalous));
        }
      }),
    );
  });

  it('grows as deep as the data ask for', () => {
    const rows = Array.from({ length: 200 }, (_, i): Row => [new Array<number>(i).fill(1), 1 - (i % 2), i % 2]);
    const tree = decisionTree.fit(sessions(rows));
    rows.forEach(([events, , anomalous]) => assert.equal(tree.score(events), anomalous));
  });
});

describe('nearestNeighbour', () => {
  const fitted = nearestNeighbour.fit(
    sessions([
      [[1, 1], 3, 0],
      [[1, 2, 2, 2], 0, 5],
      [[1, 1, 1, 1], 0, 1],
    ]),
  );

  it('takes the label of the nearest counts by Euclidean distance', () => {
    assert.equal(fitted.score([1]), 0);
    assert.equal(fitted.score([2, 2, 1, 1]), 1);
  });

  it('lets all sessions at the same smallest distance vote', () => {
    assert.equal(fitted.score([1, 1, 1]), 1 / 4);
  });

  it('keeps its distance from events that training does not have', () => {
    // [1, 1] with one foreign event is at distance 1, the other two at √5 and more.
    assert.equal(fitted.score([1, 1, 9]), 0);
  });

  it('judges seen counts as the count table does', () => {
    fc.assert(
      fc.property(arbitraryRows, (rows) => {
        const [near, table] = [nearestNeighbour, countTable].map((detector) => detector.fit(sessions(rows)));
        rows.forEach(([events]) => assert.equal(near.score(events), table.score(events)));
      }),
    );
  });
});

describe('countTable', () => {
  const table = countTable.fit(
    sessions([
      [[1, 2], 3, 0],
      [[2, 1], 0, 1],
    ]),
  );

  it('gives the share of anomalies among sessions of the same counts', () => assert.equal(table.score([2, 1]), 0.25));
  it('takes what it has never seen for anomalous', () => {
    assert.equal(table.score([1, 2, 2]), 1);
    assert.equal(table.score([]), 1);
  });
});

describe('countRarity', () => {
  const rarity = countRarity.fit(
    sessions([
      [[1], 90, 0],
      [[2], 9, 0],
      [[3], 0, 1],
      [[4], 0, 1],
      [[5, 5], 0, 2],
    ]),
  );

  it('scores the rarer counts higher, unseen ones highest', () => {
    assert.deepEqual(
      [[1], [2], [5, 5], [3], [9]].map((events) => rarity.score(events)),
      [1 / 91, 0.1, 1 / 3, 0.5, 1],
    );
  });

  it('puts the threshold where training sessions are told apart best, each without itself', () => {
    // Without themselves the rare normal sessions score 1/9, the anomalies 1/2 and 1.
    assert.ok(rarity.threshold > 1 / 9 && rarity.threshold < 1 / 2);
  });
});

describe('newEvent', () => {
  const fitted = newEvent.fit(
    sessions([
      [[1, 2], 5, 0],
      [[3], 1, 2],
      [[4, 1], 0, 7],
    ]),
  );

  it('counts the distinct events that no normal session has', () => {
    assert.deepEqual(
      [[1, 2, 3], [4, 4, 4], [4, 8, 1], []].map((events) => fitted.score(events)),
      [0, 1, 2, 0],
    );
    assert.equal(fitted.threshold, 1);
  });
});

describe('sequenceLength', () => {
  const fitted = sequenceLength.fit(
    sessions([
      [[1, 2, 3], 5, 0],
      [[1, 2, 3, 4, 5], 1, 1],
      [[1], 0, 3],
      [[], 0, 0],
    ]),
  );

  it('measures how far a length lies outside those of normal sessions', () => {
    const scores = [0, 2, 3, 4, 5, 7].map((length) => fitted.score(new Uint16Array(length)));
    assert.deepEqual(scores, [3, 1, 0, 0, 0, 2]);
    assert.equal(fitted.threshold, 1);
  });

  it('says nothing without normal sessions', () => {
    assert.equal(sequenceLength.fit(sessions([[[1], 0, 1]])).score([1, 2, 3]), 0);
  });
});

describe('every baseline', () => {
  for (const detector of BASELINES) {
    it(`${detector.name} gives finite scores, independent of the order of training sessions`, () => {
      fc.assert(
        fc.property(arbitraryRows, fc.array(fc.nat({ max: 7 }), { maxLength: 8 }), (rows, events) => {
          const score = detector.fit(sessions(rows)).score(events);
          assert.ok(Number.isFinite(score));
          assert.equal(detector.fit(sessions([...rows].reverse())).score(events), score);
        }),
      );
    });
  }
});
