import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../support/temporaryFolder';

const PROGRAM = path.resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const RULES = path.resolve('.dependency-cruiser.mjs');

describe('the order of the folders', () => {
  const at = temporaryFolder();

  /** The names of the rules that files break, given by their paths with what they import. */
  function broken(files: Record<string, string[]>): string[] {
    writeFileSync(at('tsconfig.json'), '{}');
    for (const [file, imports] of Object.entries(files)) {
      mkdirSync(path.dirname(at(file)), { recursive: true });
      writeFileSync(at(file), imports.map((name) => `export * from '${name}';\n`).join('') || 'export {};\n');
    }
    const given = ['src', '--config', RULES, '--output-type', 'json'];
    const { stdout } = spawnSync(process.execPath, [PROGRAM, ...given], { cwd: at(), encoding: 'utf8' });
    const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
    return summary.violations.map(({ rule }) => rule.name);
  }

  const refused: [string, Record<string, string[]>, string[]][] = [
    [
      'a step that imports a later one',
      { 'src/core/input/a.ts': ['../scan/b'], 'src/core/scan/b.ts': [] },
      ['core-order'],
    ],
    ['files that import each other', { 'src/core/scan/c.ts': ['./d'], 'src/core/scan/d.ts': ['./c'] }, ['no-circle']],
    [
      'a folder that has no place in the order',
      { 'src/core/scan/e.ts': ['../other/f'], 'src/core/other/f.ts': [] },
      ['core-folders'],
    ],
  ];
  for (const [what, files, expected] of refused) {
    it(`refuses ${what}`, () => {
      assert.deepEqual(broken(files), expected);
    });
  }

  it('has nothing against a step that imports an earlier one', () => {
    assert.deepEqual(broken({ 'src/core/scan/g.ts': ['../input/h'], 'src/core/input/h.ts': [] }), []);
  });
});
