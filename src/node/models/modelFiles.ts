import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileError } from '../files/fileError';

/**
 * The files that a model is read from; they need not exist.
 * @param path a bundle folder, or its .onnx file with profile.json beside it
 */
export function modelFiles(path: string): string[] {
  return path.toLowerCase().endsWith('.onnx')
    ? [path, join(dirname(path), 'profile.json')]
    : [join(path, 'model.onnx'), join(path, 'profile.json')];
}

/**
 * The files that the model of a run may be read from.
 * @param path the model that was asked for; undefined if a bundled one may be chosen
 * @param folder where the bundled models are
 * @throws UserError if that folder cannot be read
 */
export async function possibleModelFiles(path: string | undefined, folder: string): Promise<string[]> {
  if (path !== undefined) {
    return modelFiles(path);
  }
  try {
    return (await readdir(folder, { recursive: true })).map((file) => join(folder, file));
  } catch (error) {
    throw fileError(error, folder);
  }
}
