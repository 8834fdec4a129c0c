import { UserError } from '../../core/errors/userError';
import { imageSize, type ImageSpec } from '../../core/features/blockImage';
import { npySize, readNpy } from './npy';
import { openInput } from '../files/openInput';

/** The largest file that is read; the images are held in memory. */
const MAX_BYTES = 2 ** 31;

/** Images from a file, as the network takes them: with their zero border. */
export interface Features {
  count: number;
  /** `count` images one after another, each height × width of `imageSize`. */
  images: Float32Array;
}

/**
 * Reads ready features: an .npy of the shape (N, rows, events) or (N, 1, rows, events), without or with the border of one.
 * @throws UserError if the file cannot be read or does not hold images of the model's size
 */
export async function readFeatures(path: string, spec: ImageSpec): Promise<Features> {
  const { shape, data } = readNpy(await readWhole(path), path);
  const { height, width } = imageSize(spec);
  const images = shape.length === 4 && shape[1] === 1 ? [shape[0], shape[2], shape[3]] : shape;
  const [count, rows, events] = images;
  const wanted = `(N, ${height - 2}, ${width - 2}) or (N, 1, ${height - 2}, ${width - 2})`;
  const padded = rows === height && events === width;
  if (images.length !== 3 || !(padded || (rows === height - 2 && events === width - 2))) {
    throw new UserError('features-shape', { path, shape: shape.join(', '), wanted });
  }
  if (count === 0) {
    throw new UserError('features-empty', { path, wanted });
  }
  return { count, images: padded ? data : withBorder(data, count, rows, events) };
}

/** The bytes of an .npy file; of what is longer than its header says no more than a few too many. */
async function readWhole(path: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let size: number | undefined;
  for await (const chunk of (await openInput(path)).chunks()) {
    pieces.push(chunk);
    length += chunk.length;
    size ??= npySize(pieces.length === 1 ? chunk : Buffer.concat(pieces), path);
    if (size !== undefined && size > MAX_BYTES) {
      throw new UserError('features-too-large', {
        path,
        size: size.toLocaleString('en'),
        limit: MAX_BYTES.toLocaleString('en'),
      });
    }
    if (size !== undefined && length > size) {
      break;
    }
  }
  return Buffer.concat(pieces);
}

function withBorder(data: Float32Array, count: number, rows: number, events: number): Float32Array {
  const width = events + 2;
  const images = new Float32Array(count * (rows + 2) * width);
  for (let image = 0; image < count; image++) {
    for (let row = 0; row < rows; row++) {
      const source = (image * rows + row) * events;
      images.set(data.subarray(source, source + events), (image * (rows + 2) + row + 1) * width + 1);
    }
  }
  return images;
}
