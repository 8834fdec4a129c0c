import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  escapeControls,
  escapeLine,
  jsonText,
  withoutControls,
  unescapeControls,
} from '../../../../src/core/findings/escapeControls';
import { hostileText, rawControls, unescaped } from '../../../support/hostileText';

describe('escapeControls', () => {
  it('writes what acts as an escape, and leaves all other text alone', () => {
    for (const [text, escaped] of [
      ['blk_-1608999687919862906', 'blk_-1608999687919862906'],
      ['C:\\users\\u1 \\d+ \\u4e2d', 'C:\\users\\u1 \\d+ \\u4e2d'],
      ['naïve 中文 עברית می‌خواهم 👩‍👩‍👧 😀', 'naïve 中文 עברית می‌خواهم 👩‍👩‍👧 😀'],
      ['\x1b]0;x\x07\x9b2J', '\\u001b]0;x\\u0007\\u009b2J'],
      ['a\tb\r\nc', 'a\\u0009b\\u000d\\u000ac'],
      ['\u202eevil\u2066', '\\u202eevil\\u2066'],
      ['\ud83d', '\\ud83d'],
      ['\u{e0041}', '\\udb40\\udc41'],
      ['\\u001b', '\\u005cu001b'],
    ]) {
      assert.equal(escapeControls(text), escaped);
    }
  });

  it('leaves nothing raw in any text, and loses nothing of it', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const escaped = escapeControls(text);
        assert.ok(!escaped.includes('\n'));
        assert.deepEqual(rawControls(escaped), []);
        assert.equal(unescaped(escaped), text);
        assert.equal(unescapeControls(escaped), text);
      }),
      { seed: 1, numRuns: 5000 },
    );
  });

  it('keeps the tabs of a line', () => {
    assert.equal(escapeLine('a\tb\x1b\u2028'), 'a\tb\\u001b\\u2028');
  });
});

describe('withoutControls', () => {
  it('has a blank for each', () => {
    assert.equal(withoutControls('a\x1bb\u202ec'), 'a b c');
  });
});

describe('jsonText', () => {
  it('parses to the same value, and leaves nothing raw', () => {
    fc.assert(
      fc.property(hostileText, hostileText, fc.constantFrom(undefined, 2), (key, text, indent) => {
        const value = { [key]: [text, { text, number: -1.5 }] };
        const json = jsonText(value, indent);
        assert.deepEqual(rawControls(json), []);
        assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(value)));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});
