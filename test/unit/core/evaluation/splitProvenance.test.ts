import assert from 'node:assert/strict';
import { splitSessions } from '../../../../src/core/evaluation/split';
import { splitAs, splitProvenance, splittable } from '../../../../src/core/evaluation/splitProvenance';
import { SessionTableBuilder } from '../../../../src/core/blocks/sessionTable';

const PROVENANCE = { seed: 3, testShare: 0.5, rawDevExcluded: true, sessions: 4, testPartUsed: false };

describe('splitProvenance', () => {
  it('reads what a profile says of its split', () => {
    assert.deepEqual(splitProvenance({ data: 'x.csv', split: PROVENANCE }), PROVENANCE);
  });

  const faults = { nothing: {}, 'another form': { split: 'random' }, 'a part': { split: { seed: 3, testShare: 0.2 } } };
  for (const [fault, training] of Object.entries(faults)) {
    it(`knows nothing where the profile says ${fault}`, () => assert.equal(splitProvenance(training), undefined));
  }
});

describe('splitAs', () => {
  const builder = new SessionTableBuilder();
  for (let i = 0; i < 6; i++) {
    builder.add(`s${i}`, false, i >= 4, Uint16Array.of(i % 2));
  }
  const table = builder.build();

  it('leaves the sessions of the raw log out before it splits, if the training did', () => {
    const { train, test } = splitAs(table, PROVENANCE);
    assert.deepEqual([...train.key, ...test.key].sort(), ['s0', 's1', 's2', 's3']);
    assert.deepEqual(test.key, splitSessions(splittable(table, PROVENANCE), 0.5, 3).test.key);
  });

  it('takes all sessions if the training did', () => {
    const { train, test } = splitAs(table, { ...PROVENANCE, rawDevExcluded: false });
    assert.equal(train.key.length + test.key.length, 6);
  });
});
