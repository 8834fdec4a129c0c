import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ByteDecoder, NotTextError } from '../../../../src/core/input/byteDecoder';
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
