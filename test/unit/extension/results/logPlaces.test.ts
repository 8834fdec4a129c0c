import assert from 'node:assert/strict';
import { linesShownBy, placeLabel, placeOf, textsOf, type LogPlace } from '../../../../src/extension/results/logPlaces';
import { outcome, results, uri } from '../fixtures';

const older = uri('/logs/a.log.1.gz');
const newer = uri('/logs/a.log');
const state = { size: 1, mtime: 1 };
const rotated = results([], {
  outcome: {
    ...outcome([]),
    parts: [
      { uri: older, documentUri: uri(older.path, 'gz'), linesBefore: 0, state },
      { uri: newer, documentUri: newer, linesBefore: 10, state },
    ],
  },
});

/** A worker whose lines tell the file and number that they were asked for by. */
const client = {
  lines: async (path: string, lines: readonly number[]) => lines.map((line) => `${path}:${line}`),
};

describe('places in a log', () => {
  it('are those of the file itself where it is one', async () => {
    const one = results([]);
    assert.deepEqual(placeOf(one, 12), { uri: one.uri, documentUri: one.documentUri, line: 12 });
    assert.equal(placeLabel(one, 12), '12');
    assert.deepEqual(linesShownBy(one, one.uri), { after: 0, last: Infinity });
    assert.deepEqual(await textsOf(client, one, [3, 5], 80), ['/logs/a.log:3', '/logs/a.log:5']);
  });

  it('are those of each rotated file, with its own line numbers', () => {
    const shown = ({ uri: of, documentUri, line }: LogPlace): string => `${of.path} ${documentUri.scheme} ${line}`;
    assert.equal(shown(placeOf(rotated, 10)), '/logs/a.log.1.gz gz 10');
    assert.equal(shown(placeOf(rotated, 11)), '/logs/a.log file 1');
    assert.equal(placeLabel(rotated, 12), 'a.log:2');
    assert.deepEqual(linesShownBy(rotated, uri(older.path, 'gz')), { after: 0, last: 10 });
    assert.deepEqual(linesShownBy(rotated, newer), { after: 10, last: Infinity });
  });

  it('lead to the texts of all lines of each file, in order', async () => {
    assert.deepEqual(await textsOf(client, rotated, [2, 9, 11, 14, 20], 80), [
      '/logs/a.log.1.gz:2',
      '/logs/a.log.1.gz:9',
      '/logs/a.log:1',
      '/logs/a.log:4',
      '/logs/a.log:10',
    ]);
  });
});
