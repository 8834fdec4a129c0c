import assert from 'node:assert/strict';
import { lastLineOf, placeIn } from '../../../../src/core/input/rotatedFile';

describe('the files of a rotated log', () => {
  const first = { name: 'a.log.2', linesBefore: 0 };
  const empty = { name: 'a.log.1', linesBefore: 3 };
  const last = { name: 'a.log', linesBefore: 3 };
  const parts = [first, empty, last];

  it('finds the part of a line and the line in it, never an empty part', () => {
    assert.deepEqual(placeIn(parts, 1), { part: first, line: 1 });
    assert.deepEqual(placeIn(parts, 3), { part: first, line: 3 });
    assert.deepEqual(placeIn(parts, 4), { part: last, line: 1 });
    assert.deepEqual(placeIn(parts, 1000), { part: last, line: 997 });
  });

  it('knows where a part ends', () => {
    assert.deepEqual(
      parts.map((part) => lastLineOf(parts, part)),
      [3, 3, Infinity],
    );
  });
});
