import assert from 'node:assert/strict';
import { SessionTableBuilder, type SessionTable } from '../../../../src/core/blocks/sessionTable';
import { makeTrainingSet, usualEvents } from '../../../../src/core/training/trainingSet';

const settings = { window: 3, lengthShare: 0.5, countRows: 1 };

function table(sessions: [events: number[], anomalous: boolean, times: number][]): SessionTable {
  const builder = new SessionTableBuilder();
  for (const [events, anomalous, times] of sessions) {
    for (let i = 0; i < times; i++) {
      builder.add('', anomalous, false, Uint16Array.from(events));
    }
  }
  return builder.build();
}

describe('makeTrainingSet', () => {
  it('gives each event that occurs and is not ignored a column, and joins what becomes equal', () => {
    const set = makeTrainingSet(
      table([
        [[9, 30, 4], false, 3],
        [[9, 4], true, 2],
        [[7, 7], false, 1],
        [[1, 2], false, 1],
      ]),
      new Set([30]),
      settings,
    );
    assert.deepEqual(set.vocabulary, [1, 2, 4, 7, 9]);
    assert.deepEqual(
      set.columns.map((block) => [...block]),
      [
        [4, 2],
        [3, 3],
        [0, 1],
      ],
    );
    assert.deepEqual([...set.normal], [3, 1, 1]);
    assert.deepEqual([...set.anomalous], [2, 0, 0]);
    assert.equal(set.spec.idf.length, 5);
  });

  it('takes the maximum length from the sessions, but leaves rows enough for the poolings', () => {
    const long = (length: number): number[] => Array.from({ length }, (_, i) => i % 5);
    const sessions = table([
      [long(10), false, 1],
      [long(20), false, 60],
      [long(30), true, 1],
      [long(40), true, 59],
    ]);
    const { spec } = makeTrainingSet(sessions, new Set(), settings);
    assert.equal(spec.maximumLength, 20);
    assert.equal(spec.rows, 18);
    const short = makeTrainingSet(
      table([
        [[0, 1, 2], false, 1],
        [[3, 4], true, 1],
      ]),
      new Set(),
      settings,
    );
    assert.equal(short.spec.rows, 5);
    assert.equal(short.spec.maximumLength, 7);
  });

  it('refuses sessions from which nothing can be learned', () => {
    assert.throws(
      () => makeTrainingSet(table([[[1, 2, 3, 4, 5], false, 4]]), new Set(), settings),
      /no anomalous session/,
    );
    assert.throws(() => makeTrainingSet(table([[[1, 2, 3, 4, 5], true, 4]]), new Set(), settings), /no normal session/);
    assert.throws(
      () => makeTrainingSet(table([[[1, 2, 1, 3, 4], true, 4]]), new Set(), settings),
      /4 different events/,
    );
  });
});

describe('usualEvents', () => {
  it('weighs blocks by their sessions', () => {
    const usual = usualEvents(
      makeTrainingSet(
        table([
          [[1, 1], false, 3000],
          [[1, 2, 2, 2], false, 2],
          [[3, 1], false, 998],
          [[3], true, 1],
          [[2, 4, 5], true, 3],
        ]),
        new Set(),
        settings,
      ),
    );
    assert.deepEqual(usual.normalShare, [1, 2 / 4000, 998 / 4000, 0, 0]);
    assert.deepEqual(usual.anomalousShare, [0, 3 / 4, 1 / 4, 3 / 4, 3 / 4]);
    // Event 2 occurs three times in 2 of 4000 normal sessions: less than one in a thousand.
    assert.deepEqual(usual.normalMaximum, [2, 0, 1, 0, 0]);
  });
});
