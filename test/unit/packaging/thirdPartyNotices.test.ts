import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { bundledPackages, thirdPartyNotices } from '../../../scripts/thirdPartyNotices.mjs';
import { nativeFilesOf, targets } from '../../../scripts/vsixContents.mjs';
import { peImports } from '../../support/peImports';

describe('thirdPartyNotices', () => {
  it('has an entry for every package of a bundle and for every native file', async () => {
    const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };
    const { metafile } = await build({
      entryPoints: [
        'src/extension/extension.ts',
        'src/worker/scanWorker.ts',
        'src/node/scan/sliceScanner.ts',
        ...Object.keys(bin).map((name) => `src/cli/${name}.ts`),
      ],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['vscode', 'onnxruntime-node'],
      write: false,
      outdir: 'dist',
      metafile: true,
      logLevel: 'silent',
    });
    const sources = Object.keys(metafile.inputs);
    const text = thirdPartyNotices(sources);
    const packages = bundledPackages(sources);
    for (const name of ['commander', 'csv-parse', 'csv-stringify', 'picomatch', 'zod']) {
      assert.ok(packages.includes(name), name);
    }
    for (const name of [...packages, 'onnxruntime-common', 'onnxruntime-node']) {
      const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
      assert.ok(text.includes(`${'-'.repeat(80)}\n${name} ${version} (`), name);
    }
    for (const file of targets.flatMap(nativeFilesOf)) {
      assert.ok(text.includes(`  ${file}\n`), file);
    }
    for (const component of ['protocolbuffers/protobuf', 'Eigen', 'google/re2', 'curl/curl', 'Mbed TLS', 'dawn']) {
      assert.ok(text.includes(`\n${component}`), component);
    }
  });
});

describe('the native files for Windows', () => {
  for (const target of targets.filter((name) => name.startsWith('win32'))) {
    it(`for ${target} load without those that are left out`, () => {
      const shipped = nativeFilesOf(target);
      const folder = shipped[0].slice(0, shipped[0].lastIndexOf('/'));
      const leftOut = readdirSync(folder).filter((name) => !shipped.includes(`${folder}/${name}`));
      assert.deepEqual(leftOut.sort(), ['DirectML.dll', 'dxcompiler.dll', 'dxil.dll']);
      const needed = shipped.flatMap((file) => peImports(readFileSync(file))).map((name) => name.toLowerCase());
      assert.ok(needed.includes('onnxruntime.dll') && needed.includes('kernel32.dll'));
      assert.deepEqual(
        leftOut.filter((name) => needed.includes(name.toLowerCase())),
        [],
      );
    });
  }
});
