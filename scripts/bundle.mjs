// What every bundle of this project has in common, and how it gets to the disk.
import { build } from 'esbuild';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Options shared by the shipped programs and the tests. onnxruntime-node finds its native part relative to itself.
 *
 * @type {import('esbuild').BuildOptions}
 */
const commonOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: true,
  // Puts the values of constants where they are used: a loop over bytes else loads each from memory again.
  minifySyntax: true,
  external: ['vscode', 'onnxruntime-node'],
  logLevel: 'silent',
};

/**
 * Bundles in memory: gives the files to write, the paths of the sources in them, and which of these each file is made of. Throws esbuild's BuildFailure on a
 * fault in the sources.
 *
 * @param {import('esbuild').BuildOptions} options
 */
export async function bundle(options) {
  const { outputFiles = [], metafile } = await build({ ...commonOptions, ...options, write: false, metafile: true });
  return { files: outputFiles, sources: Object.keys(metafile?.inputs ?? {}), outputs: metafile?.outputs ?? {} };
}

/**
 * Makes a folder hold exactly these files. Files that are the same already stay untouched and the others are replaced
 * by renaming, so that a program or a test run that uses the folder at this moment is not disturbed.
 *
 * @param {string} folder
 * @param {{ path: string, contents: Uint8Array }[]} files
 */
export function replaceFolder(folder, files) {
  const wanted = new Set(files.map((file) => path.resolve(file.path)));
  for (const file of files) writeIfChanged(file.path, file.contents);
  for (const entry of listFiles(folder)) if (!wanted.has(path.resolve(entry))) rmSync(entry, { force: true });
}

/**
 * Writes a file beside its place and renames it, unless it holds these bytes already.
 *
 * @param {string} file
 * @param {Uint8Array} contents
 */
export function writeIfChanged(file, contents) {
  try {
    if (readFileSync(file).equals(contents)) return;
  } catch {
    mkdirSync(path.dirname(file), { recursive: true });
  }
  const beside = `${file}.${process.pid}.tmp`;
  writeFileSync(beside, contents);
  renameSync(beside, file);
}

/** @param {string} folder */
function listFiles(folder) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.tmp'))
      .map((entry) => path.join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

/**
 * Prints esbuild's faults as `file:line:column: text`; anything else is thrown on.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function describeBuildFailure(error) {
  if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) throw error;
  return error.errors
    .map(({ location, text }) => (location ? `${location.file}:${location.line}:${location.column}: ${text}` : text))
    .join('\n');
}
