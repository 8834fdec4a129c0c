// Bundles and runs the tests: node scripts/test.mjs <all|unit|cli|fuzz|integration|ui|package|ui:installed> [filter]
//
// The filter is a part of a test file's path or, where no path contains it, of the tests' titles.
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, describeBuildFailure, replaceFolder } from './bundle.mjs';
import { bundleFuzz } from './bundleFuzz.mjs';
import { bundleHarness, bundleTests, selectTests, testFiles } from './testBundles.mjs';

const root = path.resolve(import.meta.dirname, '..');
const [wanted = 'all', filter] = process.argv.slice(2);
process.chdir(root);
// The runner's parts are process groups of their own: leaving through `exit` lets it end them.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

/**
 * What each part needs before it can run, and how it is run.
 *
 * @type {Record<string, { folder: string, needs: string[], minutes: number, processes?: number, env?: Record<string, string> }>}
 */
const parts = {
  unit: { folder: 'unit', needs: [], minutes: 15, processes: Math.min(4, os.availableParallelism()) },
  cli: { folder: 'cli', needs: ['build'], minutes: 25 },
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

await bundleHarness();
const prepared = new Map();
const runs = [];
for (const name of wanted === 'all' ? Object.keys(parts) : [wanted]) {
  const { folder, needs, minutes, processes, env } = parts[name];
  runs.push({
    name,
    ...(name === 'fuzz' ? await fuzzing() : await testing(folder)),
    env,
    obstacle: needs.map(prepare).find((fault) => fault !== undefined),
    minutes,
    processes,
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
  const program = (/** @type {string} */ name) => [path.join('out/test/harness', name)];
  if (folder === 'integration') {
    return { command: program('runIntegration.mjs'), filter, faults: await bundleIntegration() };
  }
  const selection = selectTests(testFiles(folder), filter);
  const { bundles, faults } = await bundleTests(selection.files, `out/test/${folder}`);
  return {
    command: program('runFiles.mjs'),
    files: bundles.map(({ output }) => output),
    filter: selection.filter,
    faults,
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

/**
 * Bundles what runs inside VS Code: the suite, which exports `run()`, and the test files that it loads.
 *
 * @returns {Promise<string[]>} what is wrong with them
 */
async function bundleIntegration() {
  try {
    const suite = await bundle({
      entryPoints: ['test/integration/index.ts', ...testFiles('integration')],
      outbase: 'test/integration',
      outdir: 'out/test/integration',
      external: ['vscode', 'onnxruntime-node', 'mocha'],
    });
    replaceFolder('out/test/integration', suite.files);
    return [];
  } catch (error) {
    return [`the integration tests cannot be bundled:\n${describeBuildFailure(error)}`];
  }
}
