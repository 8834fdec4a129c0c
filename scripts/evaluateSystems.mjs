// Bundles and runs bench/evaluateSystems.ts with the arguments given.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, describeBuildFailure, replaceFolder } from './bundle.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
try {
  const outdir = 'out/bench/evaluateSystems';
  replaceFolder(outdir, (await bundle({ entryPoints: ['bench/evaluateSystems.ts'], outdir })).files);
  await import(pathToFileURL(`${outdir}/evaluateSystems.js`).href);
} catch (error) {
  console.error(describeBuildFailure(error));
  process.exitCode = 1;
}
