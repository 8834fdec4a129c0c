import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ESCAPED_BYTES, escapeCell, unescapeCell } from '../../../../src/core/mapReduce/cell';
import { text, utf8 } from '../../../support/bytes';

function escaped(bytes: Uint8Array): Uint8Array {
  const target = new Uint8Array(ESCAPED_BYTES * bytes.length);
  return target.subarray(0, escapeCell(bytes, 0, bytes.length, target, 0));
}

describe('cells of rows', () => {
  it('leave printable ASCII as it is', () => {
    assert.equal(text(escaped(utf8('blk_-12 a/b~'))), 'blk_-12 a/b~');
  });

  it('escape what would break a row or a sort', () => {
    assert.equal(text(escaped(utf8('a\tb\r\n\\ä'))), String.raw`a\x09b\x0d\x0a\x5c\xc3\xa4`);
  });

  it('give any bytes back, and hold only printable ASCII', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const cell = escaped(bytes);
        assert.ok(cell.every((byte) => byte >= 0x20 && byte < 0x7f));
        assert.deepEqual(unescapeCell(cell, 0, cell.length), bytes);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
