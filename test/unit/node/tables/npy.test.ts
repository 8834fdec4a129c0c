import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UserError } from '../../../../src/core/errors/userError';
import { npyHeader, npySize, readNpy } from '../../../../src/node/tables/npy';

/** An .npy file as NumPy writes it. */
function npy(
  {
    version = 1,
    descr = '<f4',
    fortran = false,
    shape = '(2, 3)',
  }: { version?: number; descr?: string; fortran?: boolean; shape?: string },
  data: Uint8Array,
): Uint8Array {
  const text =
    `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`.padEnd(117) + '\n';
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  if (version === 1) {
    length.writeUInt16LE(text.length);
  } else {
    length.writeUInt32LE(text.length);
  }
  return Buffer.concat([Buffer.from('\x93NUMPY', 'latin1'), Buffer.of(version, 0), length, Buffer.from(text), data]);
}

const SIX = [0, 1, 2, 3, 4, 5];

function bytesOf(descr: string, values: readonly number[]): Uint8Array {
  const width = Number(descr.slice(2));
  const view = new DataView(new ArrayBuffer(width * values.length));
  const little = descr[0] !== '>';
  values.forEach((value, i) => {
    const offset = i * width;
    switch (descr.slice(1)) {
      case 'f2':
        // Half precision of the small integers 0…5.
        return view.setUint16(offset, [0, 0x3c00, 0x4000, 0x4200, 0x4400, 0x4500][value], little);
      case 'f4':
        return view.setFloat32(offset, value, little);
      case 'f8':
        return view.setFloat64(offset, value, little);
      case 'i1':
      case 'u1':
        return view.setInt8(offset, value);
      case 'i2':
      case 'u2':
        return view.setInt16(offset, value, little);
      case 'i4':
      case 'u4':
        return view.setInt32(offset, value, little);
      default:
        return view.setBigInt64(offset, BigInt(value), little);
    }
  });
  return new Uint8Array(view.buffer);
}

describe('readNpy', () => {
  for (const version of [1, 2, 3]) {
    it(`reads version ${version}`, () => {
      assert.deepEqual(readNpy(npy({ version }, bytesOf('<f4', SIX)), 'x'), {
        shape: [2, 3],
        data: Float32Array.from(SIX),
      });
    });
  }

  for (const descr of [
    '<f2',
    '>f2',
    '<f4',
    '>f4',
    '<f8',
    '>f8',
    '|i1',
    '|u1',
    '<i2',
    '>u2',
    '<i4',
    '>i4',
    '<u8',
    '>i8',
    '=f4',
  ]) {
    it(`reads ${descr}`, () => {
      assert.deepEqual([...readNpy(npy({ descr }, bytesOf(descr, SIX)), 'x').data], SIX);
    });
  }

  it('reads Fortran order', () => {
    const file = npy({ fortran: true }, bytesOf('<f4', SIX));
    assert.deepEqual([...readNpy(file, 'x').data], [0, 2, 4, 1, 3, 5]);
  });

  for (const [shape, expected] of [
    ['()', []],
    ['(6,)', [6]],
    ['(1, 2, 3)', [1, 2, 3]],
    ['(1L, 1L, 2L, 3L)', [1, 1, 2, 3]],
  ] as const) {
    it(`reads the shape ${shape}`, () => {
      const values = SIX.slice(
        0,
        expected.reduce<number>((a, b) => a * b, 1),
      );
      assert.deepEqual(readNpy(npy({ shape }, bytesOf('<f4', values)), 'x').shape, expected);
    });
  }

  it('takes back what npyHeader begins', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }), (shape) => {
        const length = shape.reduce((a, b) => a * b, 1);
        const data = Float32Array.from({ length }, (_, i) => i / 3);
        const header = npyHeader(shape);
        assert.equal(header.length % 64, 0);
        assert.deepEqual(readNpy(Buffer.concat([header, new Uint8Array(data.buffer)]), 'x'), { shape, data });
      }),
      { seed: 11, numRuns: 100 },
    );
  });

  const good = npy({}, bytesOf('<f4', SIX));
  for (const [name, file, message] of [
    ['an empty file', new Uint8Array(0), /x\.npy is empty/],
    ['another file', Buffer.from('block,score\n1,2\n'), /is no \.npy file/],
    ['a cut file', good.subarray(0, good.length - 1), /announces 2 × 3 numbers of 4 bytes, but 23 bytes follow/],
    ['a cut header', good.subarray(0, 40), /ends within its header/],
    ['a cut prologue', good.subarray(0, 9), /is no \.npy file/],
    ['surplus bytes', Buffer.concat([good, Buffer.of(0)]), /but 25 bytes follow/],
    ['version 9', npy({ version: 9 }, new Uint8Array(0)), /version 9/],
    ['complex numbers', npy({ descr: '<c8' }, new Uint8Array(48)), /holds '<c8', but f2, f4, f8 or integers/],
    ['objects', npy({ descr: '|O8' }, new Uint8Array(48)), /holds '\|O8'/],
    ['NaN', npy({}, bytesOf('<f4', [0, 1, NaN, 3, 4, 5])), /holds NaN at number 2/],
    ['infinity', npy({}, bytesOf('<f8'.replace('8', '4'), [0, -Infinity, 2, 3, 4, 5])), /holds -Infinity at number 1/],
    [
      'a number beyond float32',
      npy({ descr: '<f8' }, bytesOf('<f8', [1e300, 1, 2, 3, 4, 5])),
      /1e\+300, which is beyond float32/,
    ],
    ['an absurd shape', npy({ shape: '(99999999999, 99999999999)' }, new Uint8Array(8)), /is damaged/],
  ] as const) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => readNpy(file, 'x.npy'),
        (error) => error instanceof UserError && message.test(error.message),
      );
    });
  }
});

describe('npySize', () => {
  it('is known once the header is', () => {
    const header = npyHeader([3, 4, 5]);
    assert.equal(npySize(header, 'x.npy'), header.length + 4 * 60);
    assert.equal(npySize(header.subarray(0, -1), 'x.npy'), undefined);
    assert.equal(npySize(new Uint8Array(0), 'x.npy'), undefined);
  });

  it('tells more than is ever read, and no file of the kind by its first bytes', () => {
    const header = npyHeader([4_000_000_000, 99, 99]);
    assert.ok(npySize(header, 'x.npy')! > 2 ** 40);
    assert.throws(() => npySize(new Uint8Array(99), 'x.npy'), /is no \.npy file/);
    const endless = new Uint8Array(1 << 17);
    endless.set([...header.subarray(0, 6), 2, 0, 255, 255, 255, 255]);
    assert.throws(() => npySize(endless, 'x.npy'), /ends within its header/);
  });
});
