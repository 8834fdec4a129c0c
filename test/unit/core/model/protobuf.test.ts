import assert from 'node:assert/strict';
import { ProtobufWriter } from '../../../../src/core/model/onnx/protobuf';

const hex = (writer: ProtobufWriter): string => Buffer.from(writer.finish()).toString('hex');

// The expected bytes are those of the examples in https://protobuf.dev/programming-guides/encoding/, or follow from it.
describe('ProtobufWriter', () => {
  it('writes whole numbers as varints, negative ones in ten bytes', () => {
    assert.equal(hex(new ProtobufWriter().int(1, 150)), '089601');
    assert.equal(hex(new ProtobufWriter().int(1, 0)), '0800');
    assert.equal(hex(new ProtobufWriter().int(1, 127)), '087f');
    assert.equal(hex(new ProtobufWriter().int(1, 128)), '088001');
    assert.equal(hex(new ProtobufWriter().int(1, -2)), '08feffffffffffffffff01');
    assert.equal(hex(new ProtobufWriter().int(20, 1)), 'a00101');
  });

  it('writes text, bytes, floats and messages', () => {
    assert.equal(hex(new ProtobufWriter().bytes(2, 'testing')), '120774657374696e67');
    assert.equal(hex(new ProtobufWriter().bytes(2, 'ö')), '1202c3b6');
    assert.equal(hex(new ProtobufWriter().bytes(2, Uint8Array.of(0, 255))), '120200ff');
    assert.equal(hex(new ProtobufWriter().float(2, 1)), '150000803f');
    assert.equal(hex(new ProtobufWriter().message(3, new ProtobufWriter().int(1, 150))), '1a03089601');
  });
});
