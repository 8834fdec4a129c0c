import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvRows } from '../../../../src/node/tables/csvRows';
import { hostileText, rawControls, unescaped } from '../../../support/hostileText';

describe('csvRows', () => {
  it('lets no spreadsheet take a text for a formula, and numbers be numbers', () => {
    for (const [text, cell] of [
      ['=cmd|calc!A0', "'=cmd|calc!A0"],
      ['@SUM(1+1)', "'@SUM(1+1)"],
      ['-2+3', "'-2+3"],
      ['+1-800', "'+1-800"],
      ['＝1', "'＝1"],
      ["'=1", "''=1"],
      [' =1+1', "' =1+1"],
      ["\u00a0'=1", "'\u00a0'=1"],
      ['-05-3', "'-05-3"],
      ['-1e5', "'-1e5"],
      ['-05', '-05'],
      ['+0.5', '+0.5'],
      ['-1608999687919862906', '-1608999687919862906'],
      ['-1.5', '-1.5'],
      ['blk_-2+3', 'blk_-2+3'],
      ["'tis", "'tis"],
    ]) {
      assert.equal(csvRows([[text]]), `${cell}\n`);
    }
    assert.equal(csvRows([[-0.25, 1e-7, 3]]), '-0.25,1e-7,3\n');
  });

  it('gives back any text by the rules that the documentation tells', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (first, second) => {
        const csv = csvRows([[first, 1, second]]);
        assert.deepEqual(rawControls(csv), []);
        assert.equal(csv.split('\n').length, 2);
        const [cells]: string[][] = parse(csv);
        for (const cell of cells) {
          assert.ok(!/^\s*[=+\-@＝＋－＠]/.test(cell) || Number.isFinite(Number(cell)), cell);
        }
        assert.deepEqual(
          cells.map((cell) => unescaped(cell.replace(/^'(['\s]*[=+\-@＝＋－＠])/, '$1'))),
          [first, '1', second],
        );
      }),
      { seed: 1, numRuns: 5000 },
    );
  });
});
