import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maskMessage, Signature, variableParts } from '../../../../src/core/templates/masking';
import { utf8 } from '../../../support/bytes';

function mask(message: string): string {
  const bytes = utf8(message);
  return maskMessage(bytes, 0, bytes.length);
}

function signatureOf(message: string): string {
  const bytes = utf8(`<${message}>`);
  const signature = new Signature();
  signature.of(bytes, 1, bytes.length - 1);
  return `${signature.low}/${signature.high}`;
}

describe('maskMessage', () => {
  for (const [message, expected, parts] of [
    ['', '', []],
    ['no variables', 'no variables', []],
    [
      'Receiving block blk_-123 src: /10.0.0.1:54106',
      'Receiving block <*> src: /<*>:<*>',
      ['blk_-123', '10.0.0.1', '54106'],
    ],
    ['10.0.0.1:50010:writeBlock blk_1', '<*>:<*>:writeBlock <*>', ['10.0.0.1', '50010', 'blk_1']],
    ['PacketResponder 1 for block', 'PacketResponder <*> for block', ['1']],
    ['size 67108864.', 'size <*>', ['67108864.']],
    ['größe1 größe', '<*> größe', ['größe1']],
    ['java.io.IOException: a', 'java.io.IOException: a', []],
  ] as const) {
    it(`masks ${JSON.stringify(message)}`, () => {
      assert.equal(mask(message), expected);
      const bytes = utf8(message);
      assert.deepEqual(variableParts(bytes, 0, bytes.length), parts);
    });
  }
});

describe('maskMessage of which only the beginning is wanted', () => {
  it('agrees with the whole text that far, and does not go much further', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('word ', '17 ', 'x=3,', 'é'), { maxLength: 60 }),
        fc.nat(80),
        (parts, enough) => {
          const bytes = utf8(parts.join(''));
          const whole = maskMessage(bytes, 0, bytes.length);
          const text = maskMessage(bytes, 0, bytes.length, enough);
          assert.ok(whole.startsWith(text) && text.length >= Math.min(enough, whole.length));
        },
      ),
      { seed: 5 },
    );
    const payload = utf8('n=1,'.repeat(5000));
    assert.ok(maskMessage(payload, 0, payload.length, 100).length < 120);
  });
});

describe('Signature', () => {
  const message = fc
    .array(fc.constantFrom('a', 'b', 'Block', ' ', ':', '7', '42', '_', '-', 'ä', '/', '\t'), { maxLength: 14 })
    .map((parts) => parts.join(''));

  it('is equal exactly where the masked texts are', () => {
    const bySignature = new Map<string, string>();
    fc.assert(
      fc.property(message, message, (a, b) => {
        assert.equal(signatureOf(a) === signatureOf(b), mask(a) === mask(b));
        const known = bySignature.get(signatureOf(a)) ?? mask(a);
        assert.equal(known, mask(a));
        bySignature.set(signatureOf(a), known);
      }),
      { seed: 3, numRuns: 3000 },
    );
  });

  it('does not depend on variable parts', () => {
    assert.equal(signatureOf('block blk_1 of 10.0.0.1'), signatureOf('block blk_-987 of 172.16.0.3'));
    assert.notEqual(signatureOf('block blk_1 of'), signatureOf('block blk of'));
    assert.notEqual(signatureOf('ab'), signatureOf('ba'));
  });
});
