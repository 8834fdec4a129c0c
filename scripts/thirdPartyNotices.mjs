// The licences of what is shipped beside our own code.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Packages that ship as they are, and what to say where their package carries no licence text.
 *
 * @type {Record<string, string>}
 */
const shippedWhole = {
  'onnxruntime-common': 'Copyright (c) Microsoft Corporation',
  'onnxruntime-node': 'Copyright (c) Microsoft Corporation',
};

/**
 * The notices for all packages that the bundles hold or that ship beside them.
 *
 * @param {string[]} bundledFiles paths of the bundled sources, relative to the project
 * @returns {string}
 */
export function thirdPartyNotices(bundledFiles) {
  const bundled = bundledFiles.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  const names = [...new Set([...bundled, ...Object.keys(shippedWhole)])].sort();
  return ['LogCNN contains the following third-party software.\n', ...names.map(notice)].join('\n');
}

/** @param {string} name */
function notice(name) {
  const folder = path.join('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${licenceText(folder, name).trim()}\n`;
}

/**
 * @param {string} folder
 * @param {string} name
 */
function licenceText(folder, name) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file) return readFileSync(path.join(folder, file), 'utf8');
  if (!(name in shippedWhole)) throw new Error(`${name} is bundled but has no licence text.`);
  // Our own licence is the same MIT text: only the line of the copyright holder differs.
  return readFileSync('LICENSE', 'utf8').replace(/^Copyright .*$/m, shippedWhole[name]);
}
