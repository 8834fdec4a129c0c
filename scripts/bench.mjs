// Bundles and runs bench/speed.ts.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, describeBuildFailure, replaceFolder } from './bundle.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
try {
  const outdir = 'out/bench/program';
  replaceFolder(outdir, (await bundle({ entryPoints: ['bench/speed.ts'], outdir })).files);
  await import(pathToFileURL(`${outdir}/speed.js`).href);
} catch (error) {
  console.error(describeBuildFailure(error));
  process.exitCode = 1;
}
