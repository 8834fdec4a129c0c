// Bundles and runs the tests: node scripts/test.mjs <all|versions|part[,part]…> [filter]
//
// The filter is a part of a test file's path or, where no path contains it, of the tests' titles. LOGCNN_NODE=minimum or
// lts runs the tests on another version of Node, LOGCNN_VSCODE=minimum in the oldest VS Code that the extension supports.
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, describeBuildFailure, replaceFolder } from './bundle.mjs';
import { bundleFuzz } from './bundleFuzz.mjs';
import { nodeProgram } from './nodeVersions.mjs';
import { bundleHarness, bundleTests, selectTests, testFiles } from './testBundles.mjs';

const root = path.resolve(import.meta.dirname, '..');
const [wanted = 'all', filter] = process.argv.slice(2);
process.chdir(root);
// The runner's parts are process groups of their own: leaving through `exit` lets it end them.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

/**
 * What each part needs before it can run, and how it is run.
 *
 * @typedef {object} PartOfTests
 * @property {string} folder
 * @property {RegExp} [only] paths of the test files that belong to it, if not all do
 * @property {string[]} needs
 * @property {number} minutes
 * @property {number} [processes]
 * @property {string} [node] the version of Node
 * @property {Record<string, string>} [env]
 */
const processes = Math.min(4, os.availableParallelism());
/** @type {Record<string, PartOfTests>} */
const parts = {
  unit: { folder: 'unit', needs: [], minutes: 15, processes },
  cli: { folder: 'cli', needs: ['build'], minutes: 25 },
  fuzz: { folder: 'fuzz', needs: ['build'], minutes: 15 },
  integration: { folder: 'integration', needs: ['build'], minutes: 10 },
  ui: { folder: 'ui', needs: ['build'], minutes: 15, env: { LOGCNN_UI_HOST: 'source' } },
  package: { folder: 'package', needs: ['package'], minutes: 5 },
  'ui:installed': { folder: 'ui', needs: ['package'], minutes: 15, env: { LOGCNN_UI_HOST: 'installed' } },
};
const oldVscode = { LOGCNN_VSCODE: 'minimum', LOGCNN_TEST_HOST: 'offline' };
/**
 * What is run once more on other versions: what touches Node, and what touches VS Code.
 *
 * @type {Record<string, PartOfTests>}
 */
const versions = {
  'unit:lts': { ...parts.unit, only: /^test\/unit\/(node|worker|cli|core\/input)\//, node: 'lts' },
  'cli:lts': { ...parts.cli, only: /\/(?:detectAnomalies|predictAnomalies|compressedLogs|encodings)\./, node: 'lts' },
  'integration:minimum': { ...parts.integration, env: oldVscode },
  'ui:minimum': { ...parts.ui, only: /scan\.test\.ts$/, env: { ...parts.ui.env, ...oldVscode } },
};
const known = { ...parts, ...versions };
const names = wanted === 'all' ? Object.keys(parts) : wanted === 'versions' ? Object.keys(versions) : wanted.split(',');
const strange = names.find((name) => !(name in known));
if (strange !== undefined) {
  console.error(`There is no part "${strange}": use all, versions, ${Object.keys(known).join(', ')}.`);
  process.exit(2);
}

await bundleHarness();
const prepared = new Map();
const runs = [];
for (const name of names) {
  const { folder, only = /^/, needs, minutes, processes, node = process.env.LOGCNN_NODE, env } = known[name];
  runs.push({
    name,
    node: programOf(node),
    ...(name === 'fuzz' ? await fuzzing() : await testing(folder, only)),
    env,
    obstacle: needs.map(prepare).find((fault) => fault !== undefined),
    minutes,
    processes,
  });
}
const { runTests } = await import(pathToFileURL('out/test/harness/runTests.mjs').href);
process.exitCode = (await runTests(runs)) ? 0 : 1;

/**
 * The program of a version of Node; without one, the Node at hand.
 *
 * @param {string | undefined} version
 */
function programOf(version) {
  try {
    return version ? nodeProgram(version) : process.execPath;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

/**
 * How the test files of a folder are run.
 *
 * @param {string} folder
 * @param {RegExp} only
 */
async function testing(folder, only) {
  const program = (/** @type {string} */ name) => [path.join('out/test/harness', name)];
  if (folder === 'integration') {
    return { command: program('runIntegration.mjs'), filter, faults: await bundleIntegration() };
  }
  const selection = selectTests(
    testFiles(folder).filter((file) => only.test(file)),
    filter,
  );
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
