// Breaks src/core and src/node in single places and sees whether a unit test notices:
//   npm run test:mutation -- [--count 60] [--seed 1] [--tests 8] [part of a path]
//
// The places are drawn at random, the same for the same seed. Each broken source is run by the unit tests that it is part
// of, the nearest first and at most --tests files. Nothing is written into src.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, writeIfChanged } from './bundle.mjs';
import { mutantsOf } from './mutationOperators.mjs';
import { testBundleOptions, testFiles } from './testBundles.mjs';

/** @typedef {import('./mutationOperators.mjs').Mutant} Mutant */

process.chdir(path.resolve(import.meta.dirname, '..'));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    tests: { type: 'string', default: '8' },
  },
});
const [part = ''] = positionals;
/** Milliseconds after which a test that goes on is taken for an endless loop, which is a fault that was noticed. */
const limit = 300_000;
// The programs stand in this folder, where they find ONNX Runtime: a package that is imported is looked for above them.
mkdirSync('out', { recursive: true });
const folder = mkdtempSync(path.resolve('out', 'mutation-'));
const temporary = mkdtempSync(path.join(os.tmpdir(), 'logcnn-mutation-'));
process.once('exit', () => [folder, temporary].forEach((each) => rmSync(each, { recursive: true, force: true })));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

const testsOf = await findTests();
const mutants = shuffled(
  ['src/core', 'src/node']
    .flatMap((layer) =>
      readdirSync(layer, { recursive: true }).map((name) => `${layer}/${String(name).replaceAll(path.sep, '/')}`),
    )
    .filter((file) => file.includes(part) && file.endsWith('.ts') && testsOf.has(file))
    .sort()
    .flatMap((file) => mutantsOf(file, readFileSync(file, 'utf8'))),
).slice(0, Number(values.count));
/** @type {Map<string, Promise<boolean>>} whether a test is green on the sources as they are */
const sound = new Map();
let killed = 0;
let next = 0;
/** @type {Mutant[]} */
const survivors = [];
await Promise.all(Array.from({ length: os.availableParallelism() }, work));
for (const mutant of survivors) console.log(`SURVIVED ${describe(mutant)}`);
console.log(`\n${killed} of ${mutants.length} broken sources were noticed (seed ${values.seed}).`);

async function work() {
  for (let number = next++; number < mutants.length; number = next++) {
    const mutant = mutants[number];
    const killer = await killerOf(mutant, number);
    if (killer === undefined) survivors.push(mutant);
    else killed++;
    console.log(`${number + 1}/${mutants.length} ${describe(mutant)}: ${killer ?? 'SURVIVED'}`);
  }
}

/** @param {Mutant} mutant */
function describe({ file, line, before, after }) {
  const short = (/** @type {string} */ text) =>
    (text.length > 60 ? `${text.slice(0, 60)}…` : text).replaceAll('\n', ' ');
  return `${file}:${line}: ${short(before)} → ${short(after)}`;
}

/**
 * The first unit test that fails on a broken source, though it does not on the whole one.
 *
 * @param {Mutant} mutant
 * @param {number} number
 */
async function killerOf(mutant, number) {
  const tests = (testsOf.get(mutant.file) ?? []).slice(0, Number(values.tests));
  const source = readFileSync(mutant.file, 'utf8');
  const broken = source.slice(0, mutant.start) + mutant.after + source.slice(mutant.end);
  const outputs = await build(tests, `mutant-${number}`, mutant.file, broken);
  for (const [i, output] of outputs.entries()) {
    if (!(await isGreen(output)) && (await isSound(tests[i]))) return tests[i];
  }
  return undefined;
}

/** @param {string} test */
function isSound(test) {
  const known = sound.get(test) ?? build([test], 'whole').then(([output]) => isGreen(output));
  sound.set(test, known);
  return known;
}

/**
 * Bundles unit tests, with one source replaced; gives the programs in their order.
 *
 * @param {string[]} tests
 * @param {string} name
 * @param {string} [file]
 * @param {string} [text]
 */
async function build(tests, name, file, text) {
  const outdir = path.join(folder, name);
  const { files } = await bundle({
    ...testBundleOptions,
    entryPoints: tests,
    outbase: 'test/unit',
    outdir,
    plugins: [
      {
        name: 'mutant',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, (args) =>
            file !== undefined && args.path === path.resolve(file) ? { contents: text, loader: 'ts' } : undefined,
          );
        },
      },
    ],
  });
  for (const each of files) writeIfChanged(each.path, each.contents);
  return tests.map((test) => path.join(outdir, path.relative('test/unit', test).replace(/\.ts$/, '.js')));
}

/**
 * Whether all tests of a program pass.
 *
 * @param {string} program
 * @returns {Promise<boolean>}
 */
function isGreen(program) {
  const mocha = ['node_modules/mocha/bin/mocha.js', '--bail', '--reporter', 'min', '--timeout', '120000', program];
  const child = spawn(process.execPath, mocha, {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, NODE_PATH: path.resolve('node_modules'), TMPDIR: temporary },
  });
  const end = () => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  process.once('exit', end);
  const patience = setTimeout(end, limit);
  return new Promise((resolve) =>
    child.once('exit', (code) => {
      clearTimeout(patience);
      process.removeListener('exit', end);
      resolve(code === 0);
    }),
  );
}

/** The unit tests that each source is part of: those of its name first, then those of the fewest sources. */
async function findTests() {
  const { outputs } = await bundle({
    ...testBundleOptions,
    entryPoints: testFiles('unit'),
    outbase: 'test/unit',
    outdir: folder,
    sourcemap: false,
  });
  /** @type {Map<string, { test: string, size: number }[]>} */
  const found = new Map();
  for (const { entryPoint, inputs } of Object.values(outputs)) {
    if (entryPoint === undefined) continue;
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      if (bytesInOutput === 0) continue;
      const tests = found.get(input) ?? [];
      tests.push({ test: entryPoint, size: Object.keys(inputs).length });
      found.set(input, tests);
    }
  }
  const rank = (/** @type {string} */ file, /** @type {{ test: string, size: number }} */ { test, size }) =>
    size + (path.basename(test).startsWith(path.basename(file, '.ts')) ? 0 : 1e6);
  return new Map(
    [...found].map(([file, tests]) => [
      file,
      tests.sort((a, b) => rank(file, a) - rank(file, b)).map(({ test }) => test),
    ]),
  );
}

/**
 * Puts a list into an order that depends on the seed alone (mulberry32).
 *
 * @template T
 * @param {T[]} list
 */
function shuffled(list) {
  let state = Number(values.seed);
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}
