import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../core/errors/userError';
import { parseProfile, type Profile } from '../../core/model/profile';
import { fileError } from '../files/fileError';
import { readWholeFile } from '../files/wholeFile';

/** The largest files that are read; a network of the most parameters that are run has half of it. */
const MAX_NETWORK_BYTES = 1 << 28;
const MAX_PROFILE_BYTES = 1 << 26;

/** A model as it lies on disk. */
export interface ModelBundle {
  profile: Profile;
  /** The network: content of model.onnx. */
  onnx: Uint8Array;
  /** Where the network was read from, for messages. */
  onnxPath: string;
}

/**
 * Reads a model bundle. Its network is the one that the profile was written for: both are replaced one after the other, so
 * where they do not belong together they are read once more.
 * @param path a bundle folder, or its .onnx file with profile.json beside it
 * @throws UserError if something is missing or damaged, if the parts do not belong together, or if it is a PyTorch file
 */
export async function readModelBundle(path: string): Promise<ModelBundle> {
  const { onnxPath, profilePath } = await bundleFiles(path);
  for (let isLast = false; ; isLast = true) {
    const onnx = await readPart(onnxPath, MAX_NETWORK_BYTES);
    if (onnx.length === 0) {
      throw new UserError('network-empty', { path: onnxPath });
    }
    const hash = networkHash(onnx);
    const profile = await readProfile(profilePath);
    if (profile.networkSha256 === hash) {
      return { profile, onnx, onnxPath };
    }
    if (isLast) {
      throw new UserError('network-of-other-profile', { path: onnxPath, profile: profilePath, hash });
    }
  }
}

/**
 * Reads only the profile of a bundle, for what needs no network.
 * @param path a bundle folder, or its .onnx file with profile.json beside it
 * @throws UserError if it is missing or damaged, or if the path is a PyTorch file
 */
export async function readBundleProfile(path: string): Promise<Profile> {
  const { profilePath } = await bundleFiles(path);
  return readProfile(profilePath);
}

/** The hash by which a network is known: SHA-256 of its file, in hexadecimal. */
export function networkHash(onnx: Uint8Array): string {
  return createHash('sha256').update(onnx).digest('hex');
}

/**
 * A text that changes when a bundle is written anew.
 * @throws UserError if the bundle's files cannot be looked at
 */
export async function bundleVersion(path: string): Promise<string> {
  const { onnxPath, profilePath } = await bundleFiles(path);
  const parts = [onnxPath, profilePath].map(async (file) => {
    try {
      // Networks of one shape have the same size, and copying may keep the time of the content's change.
      const { ino, mtimeMs, ctimeMs, size } = await stat(file);
      return [ino, mtimeMs, ctimeMs, size].join('/');
    } catch (error) {
      throw partError(error, file);
    }
  });
  return (await Promise.all(parts)).join();
}

async function bundleFiles(path: string): Promise<{ onnxPath: string; profilePath: string }> {
  if (/\.(pkl|pt|pth)$/i.test(path)) {
    throw new UserError('model-is-pytorch', { path });
  }
  const onnxPath = (await isFolder(path)) ? join(path, 'model.onnx') : path;
  if (!onnxPath.toLowerCase().endsWith('.onnx')) {
    throw new UserError('model-no-bundle', { path });
  }
  return { onnxPath, profilePath: join(dirname(onnxPath), 'profile.json') };
}

async function readProfile(path: string): Promise<Profile> {
  const text = (await readPart(path, MAX_PROFILE_BYTES)).toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError('profile-no-json', { path, why: error instanceof Error ? error.message : String(error) });
  }
  return parseProfile(value, path);
}

async function readPart(path: string, maximumBytes: number): Promise<Buffer> {
  if (!existsSync(path)) {
    throw missingPart(path);
  }
  return (await readWholeFile(path, maximumBytes)).bytes;
}

function missingPart(path: string): UserError {
  return new UserError('model-part-missing', { path });
}

function partError(error: unknown, path: string): unknown {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT'
    ? missingPart(path)
    : fileError(error, path);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw fileError(error, path);
  }
}
