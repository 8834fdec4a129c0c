// Bundles and runs a program of bench/: node scripts/runBench.mjs <name> [arguments of the program]
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, describeBuildFailure, replaceFolder } from './bundle.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
const [name] = process.argv.splice(2, 1);
try {
  const outdir = `out/bench/${name}`;
  replaceFolder(outdir, (await bundle({ entryPoints: [`bench/${name}.ts`], outdir })).files);
  await import(pathToFileURL(`${outdir}/${name}.js`).href);
} catch (error) {
  console.error(describeBuildFailure(error));
  process.exitCode = 1;
}
