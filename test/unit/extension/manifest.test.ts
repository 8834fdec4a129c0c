import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COMPRESSED_ENDING, LOG_NAME } from '../../../src/core/input/logName';
import { EDITOR_MESSAGES } from '../../../src/core/errors/messages';
import { KIND_SENTENCES, PART_SENTENCES } from '../../../src/core/findings/wording';

interface Manifest {
  activationEvents: string[];
  contributes: {
    commands: { command: string }[];
    menus: Record<string, { command?: string; submenu?: string; when?: string }[]>;
    submenus: { id: string; label: string }[];
    keybindings: { command: string }[];
    languages: Record<string, unknown>[];
    configuration: { properties: Record<string, { scope: string }> };
  };
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
}

const manifestText = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const { contributes } = manifest;
const sources = readdirSync('src/extension', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(path.join('src/extension', name), 'utf8'))
  .join('\n');

describe('the manifest', () => {
  it('starts the extension with nothing but its own contributions', () => {
    assert.deepEqual(manifest.activationEvents, ['onFileSystem:logcnn-gz']);
  });

  it('has every text in package.nls.json, and nothing else there', () => {
    const used = [...new Set([...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key))].sort();
    const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
    assert.deepEqual(Object.keys(texts).sort(), used);
  });

  it('has no command in a menu or keybinding that is not contributed, and none contributed that does not exist', () => {
    const commands = new Set(contributes.commands.map(({ command }) => command));
    const inMenus = Object.values(contributes.menus).flat();
    for (const command of [...inMenus, ...contributes.keybindings].flatMap((entry) => entry.command ?? [])) {
      assert.ok(commands.has(command), command);
    }
    for (const submenu of inMenus.flatMap((entry) => entry.submenu ?? [])) {
      assert.ok(contributes.submenus.some(({ id }) => id === submenu) && submenu in contributes.menus, submenu);
    }
    for (const command of commands) {
      assert.ok(sources.includes(`'${command}'`), command);
    }
  });

  it('sets every context key of its own that it asks for', () => {
    const asked = [...manifestText.matchAll(/\blogcnn\.(scanning|following|has\w+|sortOrder)\b/g)].map(([key]) => key);
    for (const key of new Set(asked)) {
      assert.ok(sources.includes(`'${key}'`), key);
    }
  });

  it('has its submenu in the Explorer for folders, logs, rotated and compressed ones, texts and archives', () => {
    const when = contributes.menus['explorer/context'][0].when ?? '';
    const literals = [...when.matchAll(/resourceFilename =~ \/(.*?)\/i/g)].map(([, literal]) => literal);
    assert.equal(literals[0], LOG_NAME.source);
    assert.ok(when.startsWith('explorerResourceIsFolder ||'));
    const pattern = { test: (name: string) => literals.some((literal) => new RegExp(literal, 'i').test(name)) };
    const logs = ['a.log', 'a.log.1', 'a.log.2024-01-01', 'a.log.gz', 'a.log.1.gz', 'nohup.out', 'A.LOG', 'a.log.old'];
    for (const name of [
      ...logs,
      'a.log-20240101.gz',
      'Xorg.0.log',
      'a.log.2024-01-01T10:00:00.gz',
      'a.log_1',
      'a.log.zst',
      'a.log.1.xz',
      'a.out.bz2',
      'a.log.zip',
      'a.txt',
      'logs.zip',
    ]) {
      assert.ok(pattern.test(name), name);
    }
    for (const name of ['log', 'a.logger', 'catalog', 'a.log.md', 'a.log.json', 'a.gz', 'blog', 'a.png']) {
      assert.ok(!pattern.test(name), name);
    }
  });

  it('offers to follow files that are not compressed, in menus and on rows', () => {
    const whenOf = (menu: string): string[] =>
      contributes.menus[menu].filter(({ command }) => command === 'logcnn.followFile').map(({ when }) => when ?? '');
    const [inMenu] = whenOf('logcnn.menu');
    const packed = /!\(resourceFilename =~ \/(.*)\/i\)/.exec(inMenu)?.[1];
    assert.equal(packed, COMPRESSED_ENDING.source);
    assert.ok(inMenu.includes('resourceScheme == file'));
    for (const when of whenOf('view/item/context')) {
      const rows = new RegExp(/viewItem =~ \/(.*)\//.exec(when)![1]);
      assert.ok(rows.test('file.done') && !rows.test('file.done.packed'), when);
    }
  });

  it('adds file names to the language `log` and redefines nothing of it', () => {
    assert.deepEqual(
      contributes.languages.map(({ id, ...rest }) => [id, Object.keys(rest)]),
      [['log', ['filenamePatterns']]],
    );
  });

  it('lets a workspace that is not trusted set nothing', () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, Object.keys(properties));
    assert.equal(contributes.configuration.properties['logcnn.model'].scope, 'machine-overridable');
  });
});

/** Sentences that are made outside the editor's part of the sources. */
const TABLES: readonly Record<string, string>[] = [EDITOR_MESSAGES, KIND_SENTENCES, PART_SENTENCES];

describe('the texts shown at run time', () => {
  it('all stand in l10n/bundle.l10n.json for translators, and nothing else does', () => {
    const used = [...sources.matchAll(/\bt\(\s*'((?:[^'\\]|\\.)*)'/g)].map(([, text]) => text.replace(/\\'/g, "'"));
    const bundle = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')) as Record<string, string>;
    assert.deepEqual(
      Object.keys(bundle),
      [...new Set([...used, ...TABLES.flatMap((table) => Object.values(table))])].sort(),
    );
    for (const [text, english] of Object.entries(bundle)) {
      assert.equal(english, text);
    }
  });
});
