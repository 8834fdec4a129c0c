import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chunkDecoder } from '../../../../src/core/input/chunkDecoder';
import { cut, places, text, utf32 } from '../../../support/bytes';

describe('chunkDecoder', () => {
  function decode(encoding: 'utf-32le' | 'utf-32be' | 'gbk', chunks: readonly Uint8Array[]): string {
    const decoder = chunkDecoder(encoding);
    return text(Buffer.concat([...chunks.map((chunk) => decoder(chunk).slice()), decoder()]));
  }

  it('gives the characters of UTF-32, wherever its bytes are cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), places, (written, isLittleEndian, at) => {
        const encoding = isLittleEndian ? 'utf-32le' : 'utf-32be';
        assert.equal(decode(encoding, cut(utf32(written, isLittleEndian), at)), written);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('puts a replacement for what is no character, and for what breaks off', () => {
    const bytes = Uint8Array.of(0, 0x11, 0, 0, 0, 0, 0xd8, 0, 0, 0, 0, 0x61, 0xff, 0xff, 0xff, 0xff, 0, 0);
    assert.equal(decode('utf-32be', [bytes]), '\ufffd\ufffda\ufffd\ufffd');
  });

  it('gives the characters of other encodings, wherever their bytes are cut', () => {
    assert.equal(decode('gbk', [Uint8Array.of(0xb4), Uint8Array.of(0xed, 0xce, 0xf3, 0x21)]), '错误!');
  });
});
