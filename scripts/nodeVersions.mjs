// The versions of Node beside the one at hand that tests run on.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const home = path.resolve(import.meta.dirname, '../test/node-versions');

/**
 * The program of a version of Node, which is installed unless it is there.
 *
 * @param {string} name `minimum` (the oldest that is supported) or `lts` (the current one with long-term support)
 * @returns {string}
 */
export function nodeProgram(name) {
  const wanted = readJson('package.json').dependencies;
  const alias = `node-${name}`;
  if (!(alias in wanted)) {
    const names = Object.keys(wanted).map((each) => each.slice('node-'.length));
    throw new Error(`There is no version "${name}" of Node to test on: use ${names.join(' or ')}.`);
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`Other versions of Node are there for linux-x64 only, not ${process.platform}-${process.arch}.`);
  }
  const installed = `node_modules/${alias}/package.json`;
  const version = wanted[alias].split('@').at(-1);
  if (!existsSync(path.join(home, installed)) || readJson(installed).version !== version) {
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { status } = spawnSync('npm', ['ci', ...options], { cwd: home, stdio: 'inherit' });
    if (status !== 0) throw new Error(`Node ${version} cannot be installed (npm ended with exit code ${status}).`);
  }
  return path.join(home, 'node_modules', alias, 'bin/node');
}

/** @param {string} name */
function readJson(name) {
  return JSON.parse(readFileSync(path.join(home, name), 'utf8'));
}
