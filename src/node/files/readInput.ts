import type { OpenedInput } from './openInput';
import { UserError } from '../../core/errors/userError';

/**
 * Reads a whole input of any kind, which is never held beyond a limit.
 * @param maximumBytes the size from which it is refused
 * @throws UserError if it cannot be read or is larger
 * @throws CancelledError if it was waited for when the user ended the program
 */
export async function readInput(input: OpenedInput, maximumBytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of limitedChunks(input, maximumBytes)) {
    pieces.push(chunk);
  }
  return Buffer.concat(pieces);
}

/**
 * The bytes of an input, of which there may be only so many.
 * @throws UserError (while iterating) if it cannot be read or is larger
 */
export async function* limitedChunks(input: OpenedInput, maximumBytes: number): AsyncGenerator<Uint8Array, void> {
  let length = 0;
  for await (const chunk of input.chunks()) {
    length += chunk.length;
    if (length > maximumBytes) {
      throw new UserError('file-too-large', { path: input.name, limit: maximumBytes.toLocaleString('en') });
    }
    yield chunk;
  }
}
