// Bundles and runs fuzz/fuzz.ts.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeBuildFailure } from './bundle.mjs';
import { bundleFuzz } from './bundleFuzz.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
try {
  await import(pathToFileURL(await bundleFuzz()).href);
} catch (error) {
  console.error(describeBuildFailure(error));
  process.exitCode = 1;
}
