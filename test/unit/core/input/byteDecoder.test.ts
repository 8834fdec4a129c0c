import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Encoding } from '../../../../src/core/input/encoding';
import { ByteDecoder, LONGEST_HOLE, NotTextError } from '../../../../src/core/input/byteDecoder';
import { cut, places, text, utf32, utf8 } from '../../../support/bytes';

function decode(chunks: readonly Uint8Array[]): string {
  const out: Uint8Array[] = [];
  const decoder = new ByteDecoder((bytes) => out.push(bytes.slice()));
  chunks.forEach((chunk) => decoder.push(chunk));
  decoder.end();
  return text(Buffer.concat(out));
}

describe('ByteDecoder', () => {
  const content = `081109 a log line\näöü € 𝄞\n`.repeat(3000);
  const forms: Record<string, Uint8Array> = {
    'UTF-8': utf8(content),
    'UTF-8 with BOM': utf8(`\ufeff${content}`),
    'UTF-16LE with BOM': Buffer.from(`\ufeff${content}`, 'utf16le'),
    'UTF-16BE with BOM': Buffer.from(`\ufeff${content}`, 'utf16le').swap16(),
    'UTF-16LE without BOM': Buffer.from(content, 'utf16le'),
    'UTF-16BE without BOM': Buffer.from(content, 'utf16le').swap16(),
    'UTF-32LE with BOM': utf32(`\ufeff${content}`, true),
    'UTF-32BE with BOM': utf32(`\ufeff${content}`, false),
    'UTF-32LE without BOM': utf32(content, true),
    'UTF-32BE without BOM': utf32(content, false),
    'UTF-32BE behind a hole': Buffer.concat([Buffer.alloc(200_000), utf32(content, false)]),
    // A log that was cut under its writer begins with as many NULs as it had bytes.
    'UTF-8 behind a hole': Buffer.concat([Buffer.alloc(200_000), Buffer.from(content)]),
    'UTF-16LE behind a hole': Buffer.concat([Buffer.alloc(200_000), Buffer.from(content, 'utf16le')]),
    'UTF-16BE behind a hole': Buffer.concat([Buffer.alloc(200_000), Buffer.from(content, 'utf16le').swap16()]),
  };
  for (const [name, bytes] of Object.entries(forms)) {
    it(`gives UTF-8 of ${name} whatever the chunks`, () => {
      fc.assert(
        fc.property(places, (at) => {
          assert.equal(decode(cut(bytes, at)), content);
        }),
        { seed: 2, numRuns: 20 },
      );
    });
  }

  it('takes the encoding that is given, but for a byte order mark', () => {
    const given = (bytes: Uint8Array, encoding: Encoding): string => {
      const out: Uint8Array[] = [];
      const decoder = new ByteDecoder((decoded) => out.push(decoded.slice()), undefined, encoding);
      bytes.forEach((byte) => decoder.push(Uint8Array.of(byte)));
      decoder.end();
      return text(Buffer.concat(out));
    };
    assert.equal(given(Uint8Array.of(0xcd, 0xe5, 0xf2, 0x0a), 'windows-1251'), 'Нет\n');
    assert.equal(given(Uint8Array.of(0x88, 0xc0, 0x0a), 'shift_jis'), '安\n');
    assert.equal(given(utf32('ok', true), 'utf-32le'), 'ok');
    assert.equal(given(Buffer.from('ключ', 'utf16le'), 'utf-16le'), 'ключ');
    assert.equal(given(utf8('\ufeffß'), 'windows-1251'), 'ß');
    assert.equal(given(Buffer.from('\ufeffß', 'utf16le'), 'utf-8'), 'ß');
  });

  it('says how long the hole was, and refuses what is nothing but one', () => {
    const decoder = new ByteDecoder(() => undefined);
    for (let i = 0; i < 3; i++) {
      decoder.push(new Uint8Array(100_000));
    }
    decoder.settle();
    assert.equal(decoder.hole, 300_000);
    assert.throws(() => decoder.end(), NotTextError);
    decoder.push(utf8('a log\n'));
    decoder.end();
  });

  it('refuses NULs without end', () => {
    const decoder = new ByteDecoder(() => undefined);
    decoder.hole = LONGEST_HOLE - 1000;
    decoder.push(new Uint8Array(1000));
    assert.throws(() => decoder.push(new Uint8Array(2)), NotTextError);
  });

  for (const [name, buffer] of [
    ['array', utf8('first')],
    // Its slice is no copy.
    ['Buffer', Buffer.from('first')],
  ] as const) {
    it(`keeps the caller’s ${name} out of what it holds back`, () => {
      const out: string[] = [];
      const decoder = new ByteDecoder((bytes) => out.push(text(bytes)));
      decoder.push(buffer);
      buffer.fill(0x78);
      decoder.end();
      assert.equal(out.join(''), 'first');
    });
  }

  it('refuses what is no text, at the latest at the end', () => {
    const decoder = new ByteDecoder(() => undefined);
    decoder.push(new Uint8Array(100).fill(1));
    assert.throws(() => decoder.end(), NotTextError);
  });
});
