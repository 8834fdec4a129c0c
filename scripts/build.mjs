// Bundles every entry point into dist/. onnxruntime-node stays outside: it finds its native part relative to itself.
import { build } from 'esbuild';
import { existsSync, rmSync } from 'node:fs';

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: true,
  external: ['vscode', 'onnxruntime-node'],
  logLevel: 'warning',
};

const programs = ['detect-anomalies', 'predict-anomalies', 'train-model', 'evaluate-model'];

rmSync('dist', { recursive: true, force: true });
await Promise.all([
  build({ ...common, entryPoints: { extension: 'src/extension/extension.ts' }, outdir: 'dist' }),
  build({ ...common, entryPoints: { 'scan-worker': 'src/worker/scanWorker.ts' }, outdir: 'dist' }),
  build({
    ...common,
    entryPoints: Object.fromEntries(
      programs.filter((name) => existsSync(`src/cli/${name}.ts`)).map((name) => [name, `src/cli/${name}.ts`]),
    ),
    outdir: 'dist/cli',
    banner: { js: '#!/usr/bin/env node' },
  }),
]);
