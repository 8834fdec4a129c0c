import assert from 'node:assert/strict';
import { encodingNamed, unitBytes } from '../../../../src/core/input/encoding';

describe('encodingNamed', () => {
  for (const [label, name] of [
    ['utf-8', 'utf-8'],
    ['UTF8', 'utf-8'],
    [' latin1 ', 'windows-1252'],
    ['sjis', 'shift_jis'],
    ['utf-16', 'utf-16le'],
    ['UTF-32', 'utf-32le'],
    ['utf-32be', 'utf-32be'],
  ] as const) {
    it(`knows ${label}`, () => assert.equal(encodingNamed(label), name));
  }

  for (const [label, near] of [
    ['windows-1259', 'windows-1252, windows-1250, windows-1251, windows-1253'],
    ['koi9-r', 'koi8-r, koi8-u'],
    ['shift-gis', 'shift_jis'],
    ['ebcdic', 'utf-8, utf-16le, windows-1252, shift_jis, gbk'],
    ['', 'utf-8, utf-16le, windows-1252, shift_jis, gbk'],
  ] as const) {
    it(`refuses "${label}", and says what is near`, () => {
      const message = `The encoding "${label}" is not known; give a name of the WHATWG Encoding Standard such as ${near}.`;
      assert.throws(() => encodingNamed(label), { message });
    });
  }

  it('knows how many bytes a code unit has', () => {
    assert.deepEqual(
      [unitBytes('utf-8'), unitBytes('gbk'), unitBytes('utf-16be'), unitBytes('utf-32le')],
      [1, 1, 2, 4],
    );
  });
});
