import { bundle, replaceFolder } from './bundle.mjs';

const folder = 'out/fuzz/program';

/**
 * Bundles the fuzzer and the process that runs its inputs. Throws esbuild's BuildFailure on a fault in the sources.
 *
 * @returns {Promise<string>} path of the program
 */
export async function bundleFuzz() {
  const { files } = await bundle({ entryPoints: ['fuzz/fuzz.ts', 'fuzz/worker.ts'], outdir: folder });
  replaceFolder(folder, files);
  return `${folder}/fuzz.js`;
}
