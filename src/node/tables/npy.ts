import { UserError } from '../../core/errors/userError';

/** The content of an .npy file: numbers in C order (last dimension fastest). */
export interface NpyArray {
  shape: number[];
  data: Float32Array;
}

const MAGIC = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);
/** No header is longer: one of four dimensions takes a hundred bytes. */
const HEADER_BYTES = 1 << 17;
/** The prologue is padded so that the data begin at a multiple of this. */
const ALIGNMENT = 64;

type Reader = (view: DataView, offset: number, littleEndian: boolean) => number;

const READERS: Record<string, Reader> = {
  f2: (view, offset, little) => halfToNumber(view.getUint16(offset, little)),
  f4: (view, offset, little) => view.getFloat32(offset, little),
  f8: (view, offset, little) => view.getFloat64(offset, little),
  i1: (view, offset) => view.getInt8(offset),
  u1: (view, offset) => view.getUint8(offset),
  i2: (view, offset, little) => view.getInt16(offset, little),
  u2: (view, offset, little) => view.getUint16(offset, little),
  i4: (view, offset, little) => view.getInt32(offset, little),
  u4: (view, offset, little) => view.getUint32(offset, little),
  i8: (view, offset, little) => Number(view.getBigInt64(offset, little)),
  u8: (view, offset, little) => Number(view.getBigUint64(offset, little)),
};

/**
 * Reads an .npy file (NumPy's format, NEP 1): versions 1 to 3, either byte order, f2/f4/f8 and integers of 1 to 8 bytes,
 * C or Fortran order.
 * @param bytes the whole file
 * @param name how to call the file in messages
 * @throws NpyError if it is none of these, has another length than its header says, or holds NaN, an infinity or a
 * number beyond float32
 */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const header = readHeader(bytes, name);
  const { order, type, fortran, shape, dataOffset } = header;
  const read = READERS[type];
  const width = Number(type.slice(1));
  const length = shape.reduce((product, size) => product * size, 1);
  if (!Number.isSafeInteger(length * width) || dataOffset + dataSize(type, shape) !== bytes.length) {
    throw new UserError('npy-cut-off', {
      path: name,
      numbers: shape.join(' × '),
      width,
      length: bytes.length - dataOffset,
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = new Float32Array(length);
  const littleEndian = order !== '>';
  const strides = fortran ? fortranStrides(shape) : undefined;
  for (let i = 0; i < length; i++) {
    const source = strides === undefined ? i : fortranIndex(i, shape, strides);
    const value = read(view, dataOffset + source * width, littleEndian);
    data[i] = value;
    if (!Number.isFinite(data[i])) {
      throw new UserError('npy-infinite', {
        path: name,
        value: Number.isFinite(value) ? `${value}, which is beyond float32,` : String(value),
        index: i,
      });
    }
  }
  return { shape, data };
}

/**
 * How many bytes an .npy file has by its header; undefined as long as there is too little of it to tell.
 * @param beginning its first bytes
 * @param name how to call the file in messages
 * @throws NpyError if it is none that can be read
 */
export function npySize(beginning: Uint8Array, name: string): number | undefined {
  if (beginning.length < HEADER_BYTES && !isWholeHeader(beginning)) {
    return undefined;
  }
  const { type, shape, dataOffset } = readHeader(beginning, name);
  return dataOffset + dataSize(type, shape);
}

function dataSize(type: string, shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1) * Number(type.slice(1));
}

/** Whether the first bytes of an .npy file hold its header, or show that it is none. */
function isWholeHeader(beginning: Uint8Array): boolean {
  if (beginning.length < 12) {
    return false;
  }
  const view = new DataView(beginning.buffer, beginning.byteOffset, beginning.byteLength);
  const end = beginning[6] === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true);
  return beginning.length >= end || MAGIC.some((byte, i) => beginning[i] !== byte);
}

/** The beginning of an .npy file (version 1.0, little-endian float32, C order) whose data follow. */
export function npyHeader(shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const unpadded = MAGIC.length + 4 + text.length + 1;
  const padding = (ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT;
  const dictionary = new TextEncoder().encode(`${text}${' '.repeat(padding)}\n`);
  const header = new Uint8Array(MAGIC.length + 4 + dictionary.length);
  header.set(MAGIC);
  header.set([1, 0, dictionary.length & 0xff, dictionary.length >> 8], MAGIC.length);
  header.set(dictionary, MAGIC.length + 4);
  return header;
}

interface Header {
  order: string;
  type: string;
  fortran: boolean;
  shape: number[];
  dataOffset: number;
}

function readHeader(bytes: Uint8Array, name: string): Header {
  if (bytes.length === 0) {
    throw new UserError('npy-empty', { path: name });
  }
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new UserError('npy-unknown', { path: name });
  }
  const version = bytes[6];
  if (version < 1 || version > 3) {
    throw new UserError('npy-version', { path: name, version });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const prologue = version === 1 ? 10 : 12;
  const headerLength =
    version === 1 ? view.getUint16(8, true) : bytes.length >= 12 ? view.getUint32(8, true) : Infinity;
  if (prologue + headerLength > bytes.length) {
    throw new UserError('npy-header-cut-off', { path: name });
  }
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(
    bytes.subarray(prologue, prologue + headerLength),
  );
  const descr = /'descr'\s*:\s*'([<>|=]?)([a-zA-Z]\d+)'/.exec(text);
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const shape = /'shape'\s*:\s*\(\s*((?:\d+L?\s*,\s*)*(?:\d+L?)?)\s*,?\s*\)/.exec(text);
  if (fortran === null || shape === null) {
    throw new UserError('npy-header-damaged', { path: name });
  }
  const type = descr?.[2] ?? '';
  if (descr === null || !(type in READERS)) {
    const found = /'descr'\s*:\s*(\[.*?\]|'[^']*')/.exec(text)?.[1] ?? 'no type';
    throw new UserError('npy-type', { path: name, found });
  }
  return {
    order: descr[1],
    type,
    fortran: fortran[1] === 'True',
    shape: shape[1]
      .split(',')
      .filter((size) => size.trim() !== '')
      .map((size) => Number.parseInt(size, 10)),
    dataOffset: prologue + headerLength,
  };
}

function fortranStrides(shape: readonly number[]): number[] {
  let stride = 1;
  return shape.map((size) => {
    const own = stride;
    stride *= size;
    return own;
  });
}

/** Where number `i` of the C order lies in Fortran order. */
function fortranIndex(i: number, shape: readonly number[], strides: readonly number[]): number {
  let index = 0;
  for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
    index += (i % shape[dimension]) * strides[dimension];
    i = Math.floor(i / shape[dimension]);
  }
  return index;
}

/** IEEE 754 half precision: 1 sign, 5 exponent and 10 fraction bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) {
    return sign * fraction * 2 ** -24;
  }
  if (exponent === 0x1f) {
    return fraction === 0 ? sign * Infinity : NaN;
  }
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
