// The licences of what is shipped beside our own code.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { nativeFilesOf, targets } from './vsixContents.mjs';

/**
 * Packages that ship as they are, and what to say where their package carries no licence text.
 *
 * @type {Record<string, string>}
 */
const shippedWhole = {
  'onnxruntime-common': 'Copyright (c) Microsoft Corporation',
  'onnxruntime-node': 'Copyright (c) Microsoft Corporation',
};

const line = '-'.repeat(80);

/**
 * The notices for all packages that the bundles hold or that ship beside them, and for what is built into native files.
 *
 * @param {string[]} bundledFiles paths of the sources of all bundles, relative to the project
 * @returns {string}
 */
export function thirdPartyNotices(bundledFiles) {
  const names = [...new Set([...bundledPackages(bundledFiles), ...Object.keys(shippedWhole)])].sort();
  return ['LogCNN contains the following third-party software.\n', ...names.map(notice), nativeNotice()].join('\n');
}

/**
 * The packages that sources belong to.
 *
 * @param {string[]} files paths of sources, relative to the project
 */
export function bundledPackages(files) {
  return [...new Set(files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []))];
}

/** @param {string} name */
function notice(name) {
  const { version, license } = manifestOf(name);
  return `${line}\n${name} ${version} (${license})\n\n${licenceText(name, version).trim()}\n`;
}

/** Native files are all of onnxruntime-node, and have much more in them, of which its package does not tell. */
function nativeNotice() {
  const { version } = manifestOf('onnxruntime-node');
  const files = targets.flatMap(nativeFilesOf).map((file) => `  ${file}\n`);
  const text = readFileSync(`notices/onnxruntime-${version}.txt`, 'utf8');
  return `${line}\nWhat ONNX Runtime ${version} is built of, in these files:\n\n${files.join('')}\n${text}`;
}

/**
 * @param {string} name
 * @returns {{ version: string, license: string }}
 */
function manifestOf(name) {
  return JSON.parse(readFileSync(path.join('node_modules', name, 'package.json'), 'utf8'));
}

/**
 * @param {string} name
 * @param {string} version
 */
function licenceText(name, version) {
  const folder = path.join('node_modules', name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file) return readFileSync(path.join(folder, file), 'utf8');
  const own = `notices/${name}-${version}.txt`;
  if (existsSync(own)) return readFileSync(own, 'utf8');
  if (!(name in shippedWhole)) throw new Error(`${name} is bundled but has no licence text.`);
  // Our own licence is the same MIT text: only the line of the copyright holder differs.
  return readFileSync('LICENSE', 'utf8').replace(/^Copyright .*$/m, shippedWhole[name]);
}
