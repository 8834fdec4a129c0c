import type { Stats } from 'node:fs';
import { UserError } from '../../core/errors/userError';
import { fileError } from './fileError';
import { openOrdinaryFile } from './ordinaryFile';

/** A file that was read as a whole. */
export interface WholeFile {
  bytes: Buffer;
  /** The file that the bytes are of, looked at through the same handle. */
  status: Stats;
}

/** Bytes that are asked for at once where a file does not say its size. */
const PIECE_BYTES = 1 << 16;

/**
 * Reads a whole ordinary file, such as a configuration or a model, that is opened once and looked at before anything is
 * read: a pipe would be waited for without end, and a device may have no end.
 * @param maximumBytes the size from which it is refused
 * @throws UserError if it does not exist, may not be read, is no ordinary file or is too large
 */
export async function readWholeFile(path: string, maximumBytes: number): Promise<WholeFile> {
  try {
    const { file, status } = await openOrdinaryFile(path);
    try {
      const tooLarge = (): UserError =>
        new UserError('file-too-large', { path, limit: maximumBytes.toLocaleString('en') });
      if (status.size > maximumBytes) {
        throw tooLarge();
      }
      const pieces: Buffer[] = [];
      let length = 0;
      for (;;) {
        // Files of /proc say that they are empty, and any file may grow meanwhile: its end is where nothing more comes.
        const piece = Buffer.allocUnsafe(Math.max(PIECE_BYTES, status.size - length + 1));
        const { bytesRead } = await file.read(piece, 0, piece.length, null);
        if (bytesRead === 0) {
          return { bytes: Buffer.concat(pieces, length), status };
        }
        pieces.push(piece.subarray(0, bytesRead));
        length += bytesRead;
        if (length > maximumBytes) {
          throw tooLarge();
        }
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(error, path);
  }
}
