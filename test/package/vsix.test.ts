import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { findContentFaults, listZip } from '../../scripts/vsixContents.mjs';

/** The package for the platform that the tests run on, made by scripts/package.mjs before them. */
const target = `${process.platform}-${process.arch}`;
const vsix = `out/vsix/logcnn-${target}.vsix`;

describe(`the package for ${target}`, () => {
  const names = async (): Promise<Set<string>> =>
    new Set((await listZip(vsix)).map(({ name }) => name.replace(/^extension\//, '')));

  it('holds exactly what it needs', async () => {
    assert.deepEqual(findContentFaults(target, await listZip(vsix), statSync(vsix).size), []);
  });

  it('holds every file that the manifest names', async () => {
    const manifest = readFileSync('package.json', 'utf8');
    const named = [...manifest.matchAll(/"(?:\.\/)?((?:media|dist|models)\/[^"]+)"/g)].flatMap(([, file]) =>
      file && !file.startsWith('dist/cli/') ? [file] : [],
    );
    assert.ok(named.includes('dist/extension.js'));
    const packaged = await names();
    assert.deepEqual(
      named.filter((file) => !packaged.has(file)),
      [],
    );
  });

  it('holds every icon and every model of the project', async () => {
    const packaged = (await names()).add('media/screenshot.png').add('media/icon.svg');
    const files = ['media', 'models'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative('.', path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/')),
    );
    assert.ok(files.length > 0);
    assert.deepEqual(
      files.filter((file) => !packaged.has(file)),
      [],
    );
  });
});
