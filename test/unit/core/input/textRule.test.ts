import assert from 'node:assert/strict';
import { inspectText } from '../../../../src/core/input/textRule';
import { utf32, utf8 } from '../../../support/bytes';

describe('inspectText', () => {
  const padded = new Uint8Array(4096);
  padded.set(utf8('081109 203530 a log\n'));
  const hole = new Uint8Array(12_288);
  const noise = Uint8Array.from({ length: 1000 }, (_, i) => (i * 37) % 256);

  for (const [name, bytes, expected] of [
    ['empty', new Uint8Array(0), { text: true, encoding: 'utf-8', bomLength: 0 }],
    ['ASCII', utf8('a log\r\n\tline \x1b[31mred\x1b[0m'), { text: true, encoding: 'utf-8', bomLength: 0 }],
    ['UTF-8 with BOM', utf8('\ufeffa'), { text: true, encoding: 'utf-8', bomLength: 3 }],
    ['BOM alone', utf8('\ufeff'), { text: true, encoding: 'utf-8', bomLength: 3 }],
    ['Latin-1', Uint8Array.from(Buffer.from('Gr\xfc\xdfe', 'latin1')), { text: true, encoding: 'utf-8', bomLength: 0 }],
    ['UTF-16LE with BOM', Buffer.from('\ufeffab', 'utf16le'), { text: true, encoding: 'utf-16le', bomLength: 2 }],
    [
      'UTF-16BE with BOM',
      Buffer.from('\ufeffab', 'utf16le').swap16(),
      { text: true, encoding: 'utf-16be', bomLength: 2 },
    ],
    ['UTF-16LE without BOM', Buffer.from('a log line', 'utf16le'), { text: true, encoding: 'utf-16le', bomLength: 0 }],
    [
      'UTF-16BE without BOM',
      Buffer.from('a log line', 'utf16le').swap16(),
      { text: true, encoding: 'utf-16be', bomLength: 0 },
    ],
    ['UTF-32LE with BOM', utf32('\ufeff情報', true), { text: true, encoding: 'utf-32le', bomLength: 4 }],
    ['UTF-32BE with BOM', utf32('\ufeff情報', false), { text: true, encoding: 'utf-32be', bomLength: 4 }],
    ['UTF-32LE without BOM', utf32('a log line', true), { text: true, encoding: 'utf-32le', bomLength: 0 }],
    ['UTF-32BE without BOM', utf32('a log line', false), { text: true, encoding: 'utf-32be', bomLength: 0 }],
    [
      'UTF-16LE with BOM and a NUL',
      Buffer.from('\ufeff\0ab', 'utf16le'),
      { text: true, encoding: 'utf-16le', bomLength: 2 },
    ],
    ['NUL padding at the end', padded, { text: true, encoding: 'utf-8', bomLength: 0 }],
    [
      'a hole at the beginning',
      Buffer.concat([hole, utf8('081109 a log\n')]),
      { text: true, encoding: 'utf-8', bomLength: 0 },
    ],
    [
      'a hole of an odd length',
      Buffer.concat([hole.subarray(1), utf8('a log\n')]),
      { text: true, encoding: 'utf-8', bomLength: 0 },
    ],
    [
      'a hole in the midst',
      Buffer.concat([utf8('a log\n'), hole, utf8('goes on\n')]),
      { text: true, encoding: 'utf-8', bomLength: 0 },
    ],
    [
      'UTF-16BE behind a hole',
      Buffer.concat([hole, Buffer.from('a log line', 'utf16le').swap16()]),
      { text: true, encoding: 'utf-16be', bomLength: 0 },
    ],
    [
      'short runs of NULs',
      Buffer.concat(Array.from({ length: 99 }, () => Buffer.concat([utf8('abc'), hole.subarray(0, 8)]))),
      { text: false, encoding: 'utf-8', bomLength: 0 },
    ],
    ['only NUL', new Uint8Array(100), { text: false, encoding: 'utf-8', bomLength: 0 }],
    ['every byte value', noise, { text: false, encoding: 'utf-8', bomLength: 0 }],
    ['a tenth of controls', utf8('abcdefghi\x01'), { text: true, encoding: 'utf-8', bomLength: 0 }],
    ['more than a tenth of controls', utf8('abcdefgh\x01'), { text: false, encoding: 'utf-8', bomLength: 0 }],
  ] as const) {
    it(`recognises ${name}`, () => {
      assert.deepEqual(inspectText(bytes), expected);
    });
  }

  it('takes what is given, and remembers that it was, but refuses what is no text', () => {
    const given = 'windows-1251';
    assert.deepEqual(inspectText(utf8('ключ'), given), { text: true, encoding: given, bomLength: 0, given });
    assert.deepEqual(inspectText(utf8('\ufeffa'), given), { text: true, encoding: 'utf-8', bomLength: 3, given });
    assert.equal(inspectText(noise, given).text, false);
    assert.equal(inspectText(Buffer.from('a log', 'utf16le'), 'utf-8').encoding, 'utf-8');
  });
});
