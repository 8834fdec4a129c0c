import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseProfile, ProfileError, type Profile } from '../core/model/profile';
import { fileError, InputError } from './inputError';

/** A model as it lies on disk. */
export interface ModelBundle {
  profile: Profile;
  /** The network: content of model.onnx. */
  onnx: Uint8Array;
  /** Where the network was read from, for messages. */
  onnxPath: string;
}

/**
 * Reads a model bundle.
 * @param path a bundle folder, or its .onnx file with profile.json beside it
 * @throws InputError if something is missing or damaged, or if it is a PyTorch file
 */
export async function readModelBundle(path: string): Promise<ModelBundle> {
  const { onnxPath, profilePath } = await bundleFiles(path);
  const onnx = await readPart(onnxPath);
  if (onnx.length === 0) {
    throw new InputError(`${onnxPath} is empty; restore the bundle or train the model anew.`);
  }
  return { profile: await readProfile(profilePath), onnx, onnxPath };
}

/**
 * A text that changes when a bundle is written anew.
 * @throws InputError if the bundle's files cannot be looked at
 */
export async function bundleVersion(path: string): Promise<string> {
  const { onnxPath, profilePath } = await bundleFiles(path);
  const parts = [onnxPath, profilePath].map(async (file) => {
    try {
      const { mtimeMs, size } = await stat(file);
      return `${mtimeMs}/${size}`;
    } catch (error) {
      throw partError(error, file);
    }
  });
  return (await Promise.all(parts)).join();
}

async function bundleFiles(path: string): Promise<{ onnxPath: string; profilePath: string }> {
  if (/\.(pkl|pt|pth)$/i.test(path)) {
    throw new InputError(
      `${path} is a PyTorch file, which cannot be used without Python; give a LogCNN bundle (a folder with model.onnx and profile.json), as train-model writes it.`,
    );
  }
  const onnxPath = (await isFolder(path)) ? join(path, 'model.onnx') : path;
  if (!onnxPath.toLowerCase().endsWith('.onnx')) {
    throw new InputError(`${path} is no model; give a bundle folder or a .onnx file with its profile.json beside it.`);
  }
  return { onnxPath, profilePath: join(dirname(onnxPath), 'profile.json') };
}

async function readProfile(path: string): Promise<Profile> {
  const text = (await readPart(path)).toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(
      `${path} is no valid JSON (${error instanceof Error ? error.message : String(error)}); restore the bundle or train the model anew.`,
    );
  }
  try {
    return parseProfile(value, path);
  } catch (error) {
    throw error instanceof ProfileError ? new InputError(error.message) : error;
  }
}

async function readPart(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw partError(error, path);
  }
}

function partError(error: unknown, path: string): unknown {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT'
    ? new InputError(`${path} does not exist; a model bundle needs model.onnx and profile.json side by side.`)
    : fileError(error, path);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw fileError(error, path);
  }
}
