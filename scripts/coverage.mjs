// Runs the unit tests and says how much of each folder of src they run: npm run coverage -- [part of a path]
//
// The bundles keep what a test file does not use: without that, code that no bundle holds would count as covered.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleHarness, bundleTests, selectTests, testFiles } from './testBundles.mjs';

const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
const measured = path.resolve('out/coverage/v8');
const report = path.resolve('out/coverage');
rmSync(report, { recursive: true, force: true });

await bundleHarness();
const { files, filter } = selectTests(testFiles('unit'), process.argv[2]);
const { bundles, faults } = await bundleTests(files, 'out/test/coverage', { treeShaking: false });
process.env.NODE_V8_COVERAGE = measured;
const { runTests } = await import(pathToFileURL('out/test/harness/runTests.mjs').href);
const isGreen = await runTests([
  {
    name: 'unit',
    command: ['out/test/harness/runFiles.mjs'],
    files: bundles.map(({ output }) => output),
    filter,
    faults,
    processes: Math.min(4, os.availableParallelism()),
    minutes: 60,
  },
]);
delete process.env.NODE_V8_COVERAGE;
const { status } = spawnSync(
  process.execPath,
  [
    '--max-old-space-size=8192',
    ...['node_modules/c8/bin/c8.js', 'report', '--temp-directory', measured, '--reports-dir', report],
    // By the bundle: c8 compares what it finds in a source map with patterns before it has made its path whole.
    ...['--include', 'out/test/coverage/**', '--exclude', 'none', '--reporter', 'json-summary'],
  ],
  { stdio: ['ignore', 'inherit', 'inherit'] },
);
process.exitCode = isGreen && status === 0 ? 0 : 1;
printFolders(JSON.parse(readFileSync(path.join(report, 'coverage-summary.json'), 'utf8')));

/**
 * Prints how many lines and functions of each folder were run.
 *
 * @param {Record<string, Record<'lines' | 'functions', { total: number, covered: number }>>} summary by file
 */
function printFolders(summary) {
  /** @type {Map<string, number[]>} */
  const folders = new Map();
  for (const [file, { lines, functions }] of Object.entries(summary)) {
    const name = path.dirname(path.relative(root, file));
    if (!name.startsWith('src')) continue;
    const counts = [lines.covered, lines.total, functions.covered, functions.total];
    const known = folders.get(name) ?? [0, 0, 0, 0];
    folders.set(
      name,
      known.map((value, i) => value + counts[i]),
    );
  }
  const percent = (/** @type {number} */ part, /** @type {number} */ whole) =>
    (whole === 0 ? '–' : ((100 * part) / whole).toFixed(1)).padStart(10);
  console.log(`\n${'folder'.padEnd(36)}   % lines   % funcs`);
  for (const [name, [lines, allLines, functions, allFunctions]] of [...folders].sort()) {
    console.log(`${name.padEnd(36)}${percent(lines, allLines)}${percent(functions, allFunctions)}`);
  }
}
