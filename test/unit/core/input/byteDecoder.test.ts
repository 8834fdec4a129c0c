import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ByteDecoder, LONGEST_HOLE, NotTextError } from '../../../../src/core/input/byteDecoder';
import { cut, places, text, utf8 } from '../../../support/bytes';

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
