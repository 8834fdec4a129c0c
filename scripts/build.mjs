// Bundles every entry point into dist/.
import { bundle, describeBuildFailure, replaceFolder } from './bundle.mjs';
import { thirdPartyNotices } from './thirdPartyNotices.mjs';

const programs = ['logcnn', 'detect-anomalies', 'predict-anomalies', 'train-model', 'evaluate-model'];

try {
  const [extension, cli] = await Promise.all([
    bundle({
      entryPoints: {
        extension: 'src/extension/extension.ts',
        'scan-worker': 'src/worker/scanWorker.ts',
        'slice-scanner': 'src/node/scan/sliceScanner.ts',
      },
      outdir: 'dist',
    }),
    bundle({
      entryPoints: Object.fromEntries(programs.map((name) => [name, `src/cli/${name}.ts`])),
      outdir: 'dist/cli',
      banner: { js: '#!/usr/bin/env node' },
    }),
  ]);
  const notices = Buffer.from(thirdPartyNotices([...extension.sources, ...cli.sources]));
  replaceFolder('dist', [...extension.files, ...cli.files, { path: 'dist/ThirdPartyNotices.txt', contents: notices }]);
} catch (error) {
  console.error(describeBuildFailure(error));
  process.exitCode = 1;
}
