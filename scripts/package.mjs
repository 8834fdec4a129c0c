// Makes one VSIX per platform under out/vsix: node scripts/package.mjs [target…|all], by default for this platform.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findContentFaults, listZip, nativeFilesOf, targets } from './vsixContents.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
const asked = process.argv.slice(2);
const wanted = asked.length === 0 ? [`${process.platform}-${process.arch}`] : asked.includes('all') ? targets : asked;
const unknown = wanted.filter((target) => !targets.includes(target));
if (unknown.length > 0) {
  console.error(`There is no package for ${unknown.join(', ')}: use all, ${targets.join(', ')}.`);
  process.exit(2);
}

run([path.resolve('scripts/build.mjs')]);
mkdirSync('out/vsix', { recursive: true });
for (const target of wanted) {
  const file = `out/vsix/logcnn-${target}.vsix`;
  const ignoreFile = path.resolve(`out/vsix/${target}.vscodeignore`);
  const native = nativeFilesOf(target).map((name) => `!${name}`);
  writeFileSync(ignoreFile, [readFileSync('.vscodeignore', 'utf8').trimEnd(), ...native, ''].join('\n'));
  rmSync(file, { force: true });
  run(['node_modules/@vscode/vsce/vsce', 'package', '--target', target, '--ignoreFile', ignoreFile, '--out', file]);
  rmSync(ignoreFile);
  const { size } = statSync(file);
  const faults = findContentFaults(target, await listZip(file), size);
  for (const fault of faults) console.error(`${file}: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
  else console.log(`${file}: ${(size / 1e6).toFixed(1)} MB`);
}

/** @param {string[]} command */
function run(command) {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  if (status === 0) return;
  console.error(`${command.join(' ')} failed:\n${stdout}${stderr}`);
  process.exit(1);
}
