// Bundles and runs bench/trainTextCnn.ts with the arguments given.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, describeBuildFailure, replaceFolder } from './bundle.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
try {
  const outdir = 'out/bench/trainTextCnn';
  replaceFolder(outdir, (await bundle({ entryPoints: ['bench/trainTextCnn.ts'], outdir })).files);
  await import(pathToFileURL(`${outdir}/trainTextCnn.js`).href);
} catch (error) {
  console.error(describeBuildFailure(error));
  process.exitCode = 1;
}
