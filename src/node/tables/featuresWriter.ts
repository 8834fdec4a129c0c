import { join } from 'node:path';
import { BlockImager, type ImageSpec } from '../../core/features/blockImage';
import type { ScoredLog } from '../../core/findings/findings';
import { writeAtomically } from '../files/atomicFile';
import { csvRows } from './csvRows';
import { npyHeader } from './npy';

/** Blocks that are written at once. */
const BATCH = 1024;

/** The files that hold the features of a log. */
export interface FeatureFiles {
  /** The images, as .npy. */
  images: string;
  /** The blocks, as CSV. */
  blocks: string;
}

/**
 * Where features are written.
 * @param stem what the files' names end with
 */
export function featureFiles(folder: string, stem: string): FeatureFiles {
  return { images: join(folder, `x_${stem}.npy`), blocks: join(folder, `blocks_${stem}.csv`) };
}

/**
 * Writes the images of all blocks (float32, blocks × rows × events, without border) and the blocks' keys (index, block as
 * a CSV report writes it).
 * @throws UserError if the folder cannot be written
 */
export async function writeFeatures(
  files: FeatureFiles,
  spec: ImageSpec,
  { log, sequences }: ScoredLog,
): Promise<void> {
  const imager = new BlockImager(spec);
  const { height, width } = imager;
  const rows = height - 2;
  const events = width - 2;
  const padded = new Float32Array(height * width);
  await writeAtomically(files.images, async (file) => {
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
  await writeAtomically(files.blocks, async (file) => {
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
