import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinParts, splitDistinct, splitSessions } from '../../../../src/core/evaluation/split';
import { type SessionTable, SessionTableBuilder } from '../../../../src/core/blocks/sessionTable';

interface Row {
  events: number[];
  anomalous: boolean;
}

function tableOf(rows: Row[]): SessionTable {
  const builder = new SessionTableBuilder();
  rows.forEach(({ events, anomalous }, i) => builder.add(`s${i}`, anomalous, false, Uint16Array.from(events)));
  return builder.build();
}

const arbitraryRows: fc.Arbitrary<Row[]> = fc.array(
  fc.record({ events: fc.array(fc.nat({ max: 3 }), { maxLength: 4 }), anomalous: fc.boolean() }),
  { maxLength: 60 },
);

/** What a part holds, without the order of its sessions: sequence, normal and anomalous count. */
function content(part: SessionTable): string[] {
  return part.sequences
    .map((sequence, i) => `${Array.from(sequence).join(' ')}: ${part.normal[i]} ${part.anomalous[i]}`)
    .filter((line) => !line.endsWith(': 0 0'))
    .sort();
}

const total = (counts: Uint32Array): number => counts.reduce((sum, count) => sum + count, 0);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const seed = fc.integer();

describe('splitSessions', () => {
  it('sends the rounded share of each label to the test part and loses no session', () => {
    fc.assert(
      fc.property(arbitraryRows, share, seed, (rows, testShare, aSeed) => {
        const table = tableOf(rows);
        const { train, test } = splitSessions(table, testShare, aSeed);
        assert.equal(total(test.normal), Math.round(total(table.normal) * testShare));
        assert.equal(total(test.anomalous), Math.round(total(table.anomalous) * testShare));
        assert.deepEqual([...train.key, ...test.key].sort(), [...table.key].sort());
      }),
    );
  });

  it('does not depend on the order of the sessions', () => {
    fc.assert(
      fc.property(arbitraryRows, share, seed, (rows, testShare, aSeed) => {
        const forwards = splitSessions(tableOf(rows), testShare, aSeed);
        const backwards = splitSessions(tableOf([...rows].reverse()), testShare, aSeed);
        assert.deepEqual(content(forwards.test), content(backwards.test));
        assert.deepEqual(content(forwards.train), content(backwards.train));
      }),
    );
  });

  const thousand = Array.from({ length: 1000 }, (_, i) => ({ events: [1, i % 7], anomalous: i % 10 === 0 }));

  it('draws other sessions for another seed', () => {
    const [one, other] = [1, 2].map((aSeed) => splitSessions(tableOf(thousand), 0.2, aSeed).test.key);
    const common = one.filter((key) => other.includes(key)).length;
    assert.equal(one.length, 200);
    assert.ok(common > 10 && common < 90, `${common} of 200 in common where chance gives 40`);
  });

  it('spreads equal sessions over both parts in proportion', () => {
    const { test } = splitSessions(tableOf(thousand), 0.2, 3);
    for (const count of Array.from(test.normal)) {
      assert.ok(count > 10 && count < 42, `${count} where chance gives 26`);
    }
  });

  it('stays as it is, so that figures on model cards can be computed again', () => {
    const rows = Array.from({ length: 12 }, (_, i) => ({ events: [i % 5, 3], anomalous: i % 4 === 0 }));
    assert.deepEqual(splitSessions(tableOf(rows), 0.25, 42).test.key, ['s0', 's7', 's11']);
  });
});

describe('splitDistinct', () => {
  it('shares no sequence between the parts, and the test part has the rounded share of them', () => {
    fc.assert(
      fc.property(arbitraryRows, share, seed, (rows, testShare, aSeed) => {
        const table = tableOf(rows);
        const { train, test } = splitDistinct(table, testShare, aSeed);
        const inTest = test.sequences.filter((_, i) => test.normal[i] + test.anomalous[i] > 0).length;
        assert.equal(inTest, Math.round(table.sequences.length * testShare));
        assert.deepEqual([...content(train), ...content(test)].sort(), content(table));
      }),
    );
  });

  it('draws from the sequences that have sessions in the part it is given', () => {
    const rows = Array.from({ length: 100 }, (_, i) => ({ events: [i], anomalous: false }));
    const { train } = splitDistinct(tableOf(rows), 0.5, 1);
    assert.equal(splitDistinct(train, 0.5, 2).test.key.length, 25);
  });
});

describe('joinParts', () => {
  it('keeps what each part holds, and gives equal sequences of both the same index', () => {
    fc.assert(
      fc.property(arbitraryRows, arbitraryRows, (trainRows, testRows) => {
        const { train, test } = joinParts(tableOf(trainRows), tableOf(testRows));
        assert.deepEqual(content(train), content(tableOf(trainRows)));
        assert.deepEqual(content(test), content(tableOf(testRows)));
        assert.equal(train.sequences, test.sequences);
        assert.equal(new Set(train.sequences.map((sequence) => sequence.join())).size, train.sequences.length);
      }),
    );
  });
});
