import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ProtobufWriter } from '../../../../src/core/model/onnx/protobuf';
import { once, ProtobufError, ProtobufMessage, repeated } from '../../../../src/core/model/onnx/protobufReader';

const FIELDS = {
  integer: once(1, 'integer'),
  float: once(2, 'float'),
  text: once(3, 'bytes'),
  integers: repeated(4, 'integer'),
  texts: repeated(100, 'bytes'),
};
const read = (bytes: Uint8Array): ProtobufMessage<keyof typeof FIELDS> => new ProtobufMessage(bytes, 'part', FIELDS);
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

describe('ProtobufMessage', () => {
  it('gives back what ProtobufWriter wrote, in any order', () => {
    const number = fc.maxSafeNat();
    fc.assert(
      fc.property(
        number,
        fc.string({ unit: 'grapheme' }),
        fc.array(number),
        fc.array(fc.string({ unit: 'grapheme' })),
        (integer, text, integers, texts) => {
          const writer = new ProtobufWriter().bytes(3, text).float(2, 0.5);
          integers.forEach((each) => writer.int(4, each));
          texts.forEach((each) => writer.bytes(100, each));
          const message = read(writer.int(1, integer).finish());
          assert.equal(message.integer('integer'), integer);
          assert.equal(message.text('text'), text);
          assert.deepEqual(message.integers('integers'), integers);
          assert.deepEqual(message.texts('texts'), texts);
        },
      ),
      { seed: 1 },
    );
  });

  it('says which fields are there', () => {
    const message = read(new ProtobufWriter().int(1, 7).finish());
    assert.ok(message.has('integer') && !message.has('text'));
    assert.throws(() => message.text('text'), /its part has no field 3/);
    assert.deepEqual(message.texts('texts'), []);
  });

  for (const [name, bytes, message] of [
    ['a field of another number', '2801', /does not write \(number 5\)/],
    ['a field of another type', '0a00', /does not write \(number 1\)/],
    ['a packed list', '22020102', /does not write \(number 4\)/],
    ['a group', '0b0c', /does not write \(number 1\)/],
    ['a single field twice', '08010802', /field 1 twice/],
    ['a length beyond the end', '1a05', /cut off/],
    ['a length beyond all memory', '1affffffff0f', /cut off/],
    ['a number without end', '0880', /cut off/],
    ['a number of more than ten bytes', `08${'ff'.repeat(10)}01`, /negative or too large/],
    ['a negative number', '08ffffffffffffffffff01', /negative or too large/],
    ['a number beyond 2⁵³', '088080808080808010', /negative or too large/],
    ['half a float', '150000', /cut off/],
  ] as const) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => read(hex(bytes)),
        (error) => error instanceof ProtobufError && message.test(error.message),
      );
    });
  }

  it('refuses a text that is not in UTF-8', () => {
    assert.throws(() => read(hex('1a01ff')).text('text'), /no text/);
  });
});
