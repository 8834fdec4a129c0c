// Bundles and runs bench/evaluateTemplates.ts.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, describeBuildFailure, replaceFolder } from './bundle.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
try {
  const outdir = 'out/bench/evaluateTemplates';
  replaceFolder(outdir, (await bundle({ entryPoints: ['bench/evaluateTemplates.ts'], outdir })).files);
  await import(pathToFileURL(`${outdir}/evaluateTemplates.js`).href);
} catch (error) {
  console.error(describeBuildFailure(error));
  process.exitCode = 1;
}
