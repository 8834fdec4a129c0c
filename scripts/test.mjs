// Bundles and runs the tests: node scripts/test.mjs <all|unit|cli|fuzz|integration|ui|package|ui:installed> [filter]
//
// The filter is a part of a test file's path or, where no path contains it, of the tests' titles.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, describeBuildFailure, replaceFolder, writeIfChanged } from './bundle.mjs';
import { bundleFuzz } from './bundleFuzz.mjs';

const root = path.resolve(import.meta.dirname, '..');
const [wanted = 'all', filter] = process.argv.slice(2);
process.chdir(root);
// The runner's parts are process groups of their own: leaving through `exit` lets it end them.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

/**
 * What each part needs before it can run, and how it is run.
 *
 * @type {Record<string, { folder: string, needs: string[], minutes: number, env?: Record<string, string> }>}
 */
const parts = {
  unit: { folder: 'unit', needs: [], minutes: 15 },
  cli: { folder: 'cli', needs: ['build'], minutes: 15 },
  fuzz: { folder: 'fuzz', needs: ['build'], minutes: 15 },
  integration: { folder: 'integration', needs: ['build'], minutes: 10 },
  ui: { folder: 'ui', needs: ['build'], minutes: 10, env: { LOGCNN_UI_HOST: 'source' } },
  package: { folder: 'package', needs: ['package'], minutes: 5 },
  'ui:installed': { folder: 'ui', needs: ['package'], minutes: 10, env: { LOGCNN_UI_HOST: 'installed' } },
};
if (wanted !== 'all' && !(wanted in parts)) {
  console.error(`There is no part "${wanted}": use all, ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

replaceFolder('out/test/harness', (await bundleHarness()).files);
const prepared = new Map();
const runs = [];
for (const name of wanted === 'all' ? Object.keys(parts) : [wanted]) {
  const { folder, needs, minutes, env } = parts[name];
  runs.push({
    name,
    ...(name === 'fuzz' ? await fuzzing() : await testing(folder)),
    env,
    obstacle: needs.map(prepare).find((fault) => fault !== undefined),
    minutes,
  });
}
const { runTests } = await import(pathToFileURL('out/test/harness/runTests.mjs').href);
process.exitCode = (await runTests(runs)) ? 0 : 1;

/**
 * How the test files of a folder are run.
 *
 * @param {string} folder
 */
async function testing(folder) {
  const selection = select(testFiles(folder), filter);
  const tests =
    folder === 'integration' ? await bundleIntegration() : await bundleTests(selection.files, `out/test/${folder}`);
  const program = folder === 'integration' ? 'runIntegration.mjs' : 'runFiles.mjs';
  return {
    command: [path.join('out/test/harness', program), ...tests.files],
    filter: folder === 'integration' ? filter : selection.filter,
    faults: tests.faults,
  };
}

/** How the fuzzer is run: it gives as many inputs as it does by itself, always the same. */
async function fuzzing() {
  try {
    return { command: [await bundleFuzz()], faults: [] };
  } catch (error) {
    return { command: [], faults: [`the fuzzer cannot be bundled:\n${describeBuildFailure(error)}`] };
  }
}

/**
 * Runs a script that a part needs, once.
 *
 * @param {string} name
 * @returns {string | undefined} what went wrong
 */
function prepare(name) {
  if (!prepared.has(name)) {
    const { status } = spawnSync(process.execPath, [`scripts/${name}.mjs`], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    prepared.set(name, status === 0 ? undefined : `scripts/${name}.mjs failed (exit code ${status})`);
  }
  return prepared.get(name);
}

/** @param {string} folder */
function testFiles(folder) {
  return readdirSync(`test/${folder}`, { recursive: true })
    .map((name) => `test/${folder}/${String(name).replaceAll(path.sep, '/')}`)
    .filter((name) => name.endsWith('.test.ts'))
    .sort();
}

/**
 * @param {string[]} files
 * @param {string | undefined} text
 */
function select(files, text) {
  if (text === undefined) return { files };
  const matching = files.filter((file) => file.includes(text));
  return matching.length > 0 ? { files: matching } : { files, filter: text };
}

/** The programs that run the tests, as ES modules because mocha is one. */
function bundleHarness() {
  return bundle({
    entryPoints: ['test/harness/runTests.ts', 'test/harness/runFiles.ts', 'test/harness/runIntegration.ts'],
    outdir: 'out/test/harness',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    packages: 'external',
  });
}

/**
 * Bundles test files each for itself, so that a fault in one does not hide the others.
 *
 * @param {string[]} sources
 * @param {string} outdir
 */
async function bundleTests(sources, outdir) {
  const files = [];
  const faults = [];
  for (const source of sources) {
    try {
      const { files: outputs } = await bundle({
        entryPoints: [source],
        outbase: outdir.replace(/^out\//, ''),
        outdir,
        external: ['vscode', 'onnxruntime-node', 'mocha', 'esbuild', 'eslint', 'typescript-eslint', 'playwright-core'],
      });
      for (const output of outputs) writeIfChanged(output.path, output.contents);
      files.push(...outputs.map((output) => output.path).filter((name) => name.endsWith('.js')));
    } catch (error) {
      faults.push(`${source} cannot be bundled:\n${describeBuildFailure(error)}`);
    }
  }
  return { files, faults };
}

/** Bundles what runs inside VS Code: the suite, which exports `run()`, and the test files that it loads. */
async function bundleIntegration() {
  try {
    const suite = await bundle({
      entryPoints: ['test/integration/index.ts', ...testFiles('integration')],
      outbase: 'test/integration',
      outdir: 'out/test/integration',
      external: ['vscode', 'onnxruntime-node', 'mocha'],
    });
    replaceFolder('out/test/integration', suite.files);
    return { files: [], faults: [] };
  } catch (error) {
    return { files: [], faults: [`the integration tests cannot be bundled:\n${describeBuildFailure(error)}`] };
  }
}
