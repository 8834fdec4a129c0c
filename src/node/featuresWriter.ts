import { join } from 'node:path';
import { BlockImager, type ImageSpec } from '../core/features/blockImage';
import type { JudgedLog } from '../core/findings/findings';
import { writeAtomically } from './atomicFile';
import { csvRows } from './csvRows';
import { npyHeader } from './npy';

/** Blocks that are written at once. */
const BATCH = 1024;

/**
 * Writes the images of all blocks: `x_<stem>.npy` (float32, blocks × rows × events, without border) and
 * `blocks_<stem>.csv` (index, block as a CSV report writes it).
 * @throws InputError if the folder cannot be written
 */
export async function writeFeatures(
  folder: string,
  stem: string,
  spec: ImageSpec,
  { log, sequences }: JudgedLog,
): Promise<void> {
  const imager = new BlockImager(spec);
  const { height, width } = imager;
  const rows = height - 2;
  const events = width - 2;
  const padded = new Float32Array(height * width);
  await writeAtomically(join(folder, `x_${stem}.npy`), async (file) => {
    await file.write(npyHeader([log.blockCount, rows, events]));
    for (let start = 0; start < log.blockCount; start += BATCH) {
      const count = Math.min(BATCH, log.blockCount - start);
      const images = new Float32Array(count * rows * events);
      for (let k = 0; k < count; k++) {
        const { columns, offsets, sequenceOf } = sequences;
        const sequence = sequenceOf[start + k];
        imager.draw(columns, offsets[sequence], offsets[sequence + 1], padded, 0);
        for (let row = 0; row < rows; row++) {
          const source = (row + 1) * width + 1;
          images.set(padded.subarray(source, source + events), (k * rows + row) * events);
        }
      }
      await file.write(littleEndianBytes(images));
    }
  });
  await writeAtomically(join(folder, `blocks_${stem}.csv`), async (file) => {
    await file.write(csvRows([['index', 'block']]));
    for (let start = 0; start < log.blockCount; start += BATCH) {
      const count = Math.min(BATCH, log.blockCount - start);
      await file.write(csvRows(Array.from({ length: count }, (_, k) => [start + k, log.keyOf(start + k)])));
    }
  });
}

/** All platforms that ONNX Runtime ships for are little-endian, as is the header that npyHeader writes. */
function littleEndianBytes(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
