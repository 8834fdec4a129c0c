import assert from 'node:assert/strict';
import { type Evaluation, evaluate } from '../../../src/core/evaluation/evaluation';
import { splitSessions } from '../../../src/core/evaluation/split';
import { readSequencesCsv } from '../../../src/node/tables/sequencesCsv';
import { sharedData, skipWithoutSharedData } from '../../support/sharedData';

/**
 * The baselines against the figures that are known for them, so that nobody shines beside a weak implementation: on a
 * random 80/20 split of HDFS v1 scikit-learn's decision tree has an F1 of 0.9984, and of 0.991 on sequences never seen
 * in training, a table of event counts 0.997, and a nearest neighbour 0.9894.
 */
describe('baselines on HDFS v1', () => {
  let evaluation: Evaluation;

  before(async function () {
    this.timeout(60_000);
    skipWithoutSharedData(this);
    const table = await readSequencesCsv(sharedData('hdfs/hdfs_v1_sequences.csv.gz') ?? assert.fail('data incomplete'));
    const split = splitSessions(table, 0.2, 1);
    evaluation = evaluate(split, { name: 'none', threshold: 1, scores: new Float64Array(table.sequences.length) });
  });

  it('judge a fifth of the sessions, of which two in a hundred are new', () => {
    assert.equal(evaluation.test.sessions, 113_867);
    const share = evaluation.unseen.sessions / evaluation.test.sessions;
    assert.ok(share > 0.019 && share < 0.023, `${share}`);
  });

  const floors: [name: string, all: number, unseen: number][] = [
    ['decision tree', 0.997, 0.986],
    ['count table', 0.996, 0.98],
    ['nearest neighbour', 0.9894, 0.966],
    ['count rarity', 0.5, 0.5],
    ['sequence length', 0.5, 0],
    ['new event', 0.35, 0.1],
  ];
  for (const [name, all, unseen] of floors) {
    it(`${name} has an F1 of ${all} or more, and of ${unseen} on new sequences`, () => {
      const figures = evaluation.detectors.find((detector) => detector.name === name) ?? assert.fail();
      assert.ok(figures.all.f1 >= all, `${figures.all.f1}`);
      assert.ok(figures.unseen.f1 >= unseen, `${figures.unseen.f1}`);
    });
  }
});
