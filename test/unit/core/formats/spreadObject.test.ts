import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BROKEN, COMPLETE, joinedObjects, OPEN, SpreadObject } from '../../../../src/core/formats/spreadObject';
import { text, utf8 } from '../../../support/bytes';

describe('SpreadObject', () => {
  /** What is said of lines one after another. */
  function outcomes(lines: readonly string[]): number[] {
    const object = new SpreadObject();
    return lines.map((line) => object.add(utf8(`#${line}#`), 1, 1 + utf8(line).length));
  }

  for (const [what, lines, expected] of [
    ['an object on one line', ['{"a":{"b":[1]}}'], [COMPLETE]],
    ['one with an end of a list behind it', ['  {"a":1}, ]'], [COMPLETE]],
    ['one over lines', ['{', '  "a": {', '', '  },', '"b": 1}'], [OPEN, OPEN, OPEN, OPEN, COMPLETE]],
    ['a value on a line of its own', ['{"a":', '7}'], [OPEN, COMPLETE]],
    ['brackets in texts', ['{"a":"}\\"}{",', '"b":1}'], [OPEN, COMPLETE]],
    ['no object', ['[1]'], [BROKEN]],
    ['a text that breaks off', ['{"a":"b'], [BROKEN]],
    ['something behind it', ['{"a":1} and more'], [BROKEN]],
    ['a line between that is no member', ['{"a":1,', 'INFO up'], [OPEN, BROKEN]],
    ['an object where a member is due', ['{"a":1,', '{"a":1}'], [OPEN, BROKEN]],
    ['brackets that do not match', ['{"a":[', '}'], [OPEN, BROKEN]],
  ] as const) {
    it(`takes ${what}`, () => assert.deepEqual(outcomes(lines), expected));
  }

  it('gives up what is too long, has too many lines or is nested too deep', () => {
    const long = ['{', ...Array.from({ length: 7000 }, (_, i) => `"member_${i}":1,`)];
    assert.ok(outcomes(long).includes(BROKEN));
    assert.ok(outcomes(['{', ...Array.from({ length: 5000 }, () => '')]).includes(BROKEN));
    assert.deepEqual(outcomes([`{"a":${'['.repeat(99)}`]), [BROKEN]);
  });

  it('makes of any objects over lines what they are on one', () => {
    fc.assert(
      fc.property(fc.array(fc.object({ maxDepth: 3 })), fc.constantFrom(1, 2, '\t'), (objects, indent) => {
        const written = objects
          .map((object) => JSON.stringify(object, undefined, indent))
          .join('\n')
          .split('\n');
        const { lines, spread } = joinedObjects(written.map(utf8));
        assert.deepEqual(
          objects.length === 0 ? [] : lines.map((line) => JSON.parse(text(line)) as unknown),
          JSON.parse(JSON.stringify(objects)),
        );
        assert.equal(spread, objects.filter((object) => JSON.stringify(object, undefined, 1).includes('\n')).length);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
