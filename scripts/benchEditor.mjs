// Bundles and runs bench/editor.ts, and what it lets VS Code run.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, describeBuildFailure, replaceFolder } from './bundle.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
try {
  const outdir = 'out/bench/editor';
  /** @type {import('esbuild').BuildOptions} */
  const program = { format: 'esm', outExtension: { '.js': '.mjs' }, packages: 'external' };
  replaceFolder(outdir, [
    ...(await bundle({ entryPoints: ['bench/editor.ts'], outdir, ...program })).files,
    ...(await bundle({ entryPoints: ['bench/editor/heartbeat.ts'], outdir })).files,
  ]);
  await import(pathToFileURL(`${outdir}/editor.mjs`).href);
} catch (error) {
  console.error(describeBuildFailure(error));
  process.exitCode = 1;
}
