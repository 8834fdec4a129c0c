// Runs unit tests whenever a file that is part of them changes: npm run test:watch -- [part of a path or of a title]
import { watch } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleHarness, bundleTests, selectTests, testFiles } from './testBundles.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
// The processes that run the tests are groups of their own: leaving through `exit` lets the runner end them.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
const [text] = process.argv.slice(2);
await bundleHarness();
const { runTests } = await import(pathToFileURL('out/test/harness/runTests.mjs').href);

/**
 * The files each test file is made of; one that could not be bundled is tried again with every change.
 *
 * @type {Map<string, string[] | undefined>}
 */
const inputs = new Map();
/** @type {Set<string>} */
const changed = new Set();
let wake = () => {};
for (const folder of ['src', 'test']) {
  watch(folder, { recursive: true }, (_, name) => {
    if (name === null || !/\.(ts|json)$/.test(name)) return;
    changed.add(path.posix.join(folder, name.replaceAll(path.sep, '/')));
    wake();
  });
}

await run(selectTests(testFiles('unit'), text));
for (;;) {
  console.log('\nWaiting for changes; Ctrl+C ends.');
  if (changed.size === 0) await new Promise((resolve) => (wake = () => resolve(undefined)));
  // An editor that saves several files is waited for.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const { files, filter } = selectTests(testFiles('unit'), text);
  const affected = files.filter((file) => inputs.get(file)?.some((input) => changed.has(input)) ?? true);
  changed.clear();
  if (affected.length > 0) await run({ files: affected, filter });
}

/** @param {{ files: string[], filter?: string }} selection */
async function run({ files, filter }) {
  const { bundles, faults } = await bundleTests(files, 'out/test/unit');
  for (const file of files) inputs.set(file, bundles.find(({ source }) => source === file)?.inputs);
  await runTests([
    {
      name: 'unit',
      command: ['out/test/harness/runFiles.mjs'],
      files: bundles.map(({ output }) => output),
      filter,
      faults,
      processes: 2,
      minutes: 15,
    },
  ]);
}
