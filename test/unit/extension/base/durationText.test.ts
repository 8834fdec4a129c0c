import assert from 'node:assert/strict';
import { durationText } from '../../../../src/extension/base/durationText';
import { translate } from '../fixtures';

describe('durationText', () => {
  it('has the two largest units, and no milliseconds beside seconds', () => {
    const texts: [number, string][] = [
      [0, '0 ms'],
      [999, '999 ms'],
      [1500, '1 s'],
      [90_000, '1 min 30 s'],
      [3_600_000, '1 h'],
      [90_061_000, '1 d 1 h'],
    ];
    for (const [milliseconds, text] of texts) assert.equal(durationText(milliseconds, translate), text);
  });
});
