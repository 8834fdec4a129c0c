// Finds the test files of a folder and bundles them.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { bundle, describeBuildFailure, replaceFolder, writeIfChanged } from './bundle.mjs';

/**
 * A test file that could be bundled.
 *
 * @typedef {object} TestBundle
 * @property {string} source the test file
 * @property {string} output the program
 * @property {string[]} inputs all files of this project that are part of it
 */

/**
 * How test files are bundled.
 *
 * @type {import('esbuild').BuildOptions}
 */
export const testBundleOptions = {
  external: ['onnxruntime-node', 'mocha', 'esbuild', 'eslint', 'typescript-eslint', 'playwright-core'],
  // The module that VS Code gives to extensions is nowhere else.
  alias: { vscode: path.resolve('test/support/fakeVscode.ts') },
};

/**
 * The test files in a folder of test.
 *
 * @param {string} folder
 */
export function testFiles(folder) {
  return readdirSync(`test/${folder}`, { recursive: true })
    .map((name) => `test/${folder}/${String(name).replaceAll(path.sep, '/')}`)
    .filter((name) => name.endsWith('.test.ts'))
    .sort();
}

/**
 * Those files whose path contains a text; where there is none, all of them and the text as a filter of the titles.
 *
 * @param {string[]} files
 * @param {string | undefined} text
 * @returns {{ files: string[], filter?: string }}
 */
export function selectTests(files, text) {
  if (text === undefined) return { files };
  const matching = files.filter((file) => file.includes(text));
  return matching.length > 0 ? { files: matching } : { files, filter: text };
}

/** Bundles the programs that run the tests, as ES modules because mocha is one. */
export async function bundleHarness() {
  const { files } = await bundle({
    entryPoints: ['test/harness/runTests.ts', 'test/harness/runFiles.ts', 'test/harness/runIntegration.ts'],
    outdir: 'out/test/harness',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    packages: 'external',
  });
  replaceFolder('out/test/harness', files);
}

/**
 * Bundles test files each for itself, so that a fault in one does not hide the others.
 *
 * @param {string[]} sources files in a folder of test
 * @param {string} outdir
 * @param {import('esbuild').BuildOptions} [options]
 * @returns {Promise<{ bundles: TestBundle[], faults: string[] }>}
 */
export async function bundleTests(sources, outdir, options = {}) {
  const bundles = [];
  const faults = [];
  for (const source of sources) {
    try {
      const { files, sources: inputs } = await bundle({
        ...testBundleOptions,
        ...options,
        entryPoints: [source],
        outbase: source.split('/', 2).join('/'),
        outdir,
      });
      for (const file of files) writeIfChanged(file.path, file.contents);
      const output = files.find((file) => file.path.endsWith('.js'));
      if (output) {
        const own = inputs.filter((input) => !input.startsWith('node_modules/'));
        bundles.push({ source, output: output.path, inputs: own });
      }
    } catch (error) {
      faults.push(`${source} cannot be bundled:\n${describeBuildFailure(error)}`);
    }
  }
  return { bundles, faults };
}
