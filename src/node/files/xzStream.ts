import { XzReadableStream } from 'xz-decompress';
import { DamagedData, UNEXPECTED_END } from './damagedData';

/** The decoder behind the stream of the package, which would let only one log be read at a time: each gets one of its own here. */
interface XzDecoder {
  memory: { buffer: ArrayBuffer };
  /** Gives where its fields lie: sizes and places of its two buffers, as 32-bit numbers. */
  create_context(): number;
  destroy_context(context: number): void;
  supply_input(context: number, length: number): void;
  /** Gives one of the results below. */
  get_next_output(context: number): number;
}

/** Bytes of memory up to which a decoder is kept. */
const MAX_SPARE_BYTES = 16 << 20;

/** The fields of a context, by their places in it. */
const BUFFER_BYTES = 0;
const INPUT = 1;
const INPUT_POSITION = 2;
const INPUT_SIZE = 3;
const OUTPUT = 4;
const OUTPUT_POSITION = 5;

/** What the decoder gives: it goes on, it is at the end, or what is wrong. */
const GOES_ON = 0;
const AT_END = 1;
const FAULTS: Readonly<Record<number, string>> = {
  2: 'its checksum is of no known kind',
  3: 'there is not enough memory',
  4: 'its dictionary is larger than 64 MiB',
  5: 'it has no header',
  6: 'it needs a filter other than LZMA2',
  7: 'its data are damaged',
  8: UNEXPECTED_END,
};

/**
 * Decompresses xz of one or several streams.
 * @throws DamagedData (while iterating) if it is no xz, or is cut or damaged
 */
export async function* decompressXz(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const decoder = spare ?? (await newDecoder());
  spare = undefined;
  let isSound = true;
  const context = decoder.create_context();
  const field = (place: number): number => new DataView(decoder.memory.buffer).getUint32(context + 4 * place, true);
  /** Gives what comes out until more is wanted; undefined at the end. */
  function* decode(isLast: boolean): Generator<Uint8Array, boolean> {
    for (;;) {
      isSound = false;
      const result = runDecoder(() => decoder.get_next_output(context));
      isSound = true;
      const length = field(OUTPUT_POSITION);
      if (length > 0) {
        yield new Uint8Array(decoder.memory.buffer, field(OUTPUT), length);
        new DataView(decoder.memory.buffer).setUint32(context + 4 * OUTPUT_POSITION, 0, true);
      }
      if (result === AT_END) {
        return true;
      }
      if (result !== GOES_ON) {
        throw new DamagedData(FAULTS[result] ?? `fault ${result}`);
      }
      if (length === 0 && isLast) {
        throw new DamagedData(UNEXPECTED_END);
      }
      if (!isLast && field(INPUT_POSITION) === field(INPUT_SIZE) && length < field(BUFFER_BYTES)) {
        return false;
      }
    }
  }
  try {
    for await (const chunk of source) {
      for (let start = 0; start < chunk.length;) {
        const piece = chunk.subarray(start, start + field(BUFFER_BYTES));
        new Uint8Array(decoder.memory.buffer).set(piece, field(INPUT));
        decoder.supply_input(context, piece.length);
        start += piece.length;
        yield* decode(false);
      }
    }
    decoder.supply_input(context, 0);
    yield* decode(true);
  } finally {
    if (isSound) {
      decoder.destroy_context(context);
      spare = decoder.memory.buffer.byteLength <= MAX_SPARE_BYTES ? decoder : undefined;
    }
  }
}

/** A decoder that nothing is decompressed with now: to make one takes as long as a short log. */
let spare: XzDecoder | undefined;

/** A decoder with memory of its own, which goes with it. */
async function newDecoder(): Promise<XzDecoder> {
  const library = XzReadableStream as unknown as {
    _getModuleInstance(): Promise<void>;
    _moduleInstance: { exports: XzDecoder };
  };
  await library._getModuleInstance();
  return library._moduleInstance.exports;
}

/** What leaves the bounds of its memory ends in a fault of WebAssembly. */
function runDecoder(run: () => number): number {
  try {
    return run();
  } catch (error) {
    throw new DamagedData(error instanceof Error ? error.message : String(error));
  }
}
