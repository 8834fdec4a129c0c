import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../../src/node/inputError';
import { openLog } from '../../src/node/logSource';
import { LogScanner } from '../../src/node/scanLog';
import { sharedData, skipWithoutSharedData } from '../support/sharedData';

describe('LogScanner on real logs of many formats', () => {
  const scanner = new LogScanner(resolve('models'));
  after(() => scanner.release());

  it('judges each with every line in one entry, or refuses it as no text', async function () {
    skipWithoutSharedData(this);
    this.timeout(600_000);
    const folder = sharedData('formats')!;
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    let judged = 0;
    for (const { parentPath, name } of files) {
      const path = join(parentPath, name);
      try {
        const { summary, total, findings } = await scanner.scan(await openLog(path), { unsupervised: true });
        const all = await findings(0, total());
        const lines = new Set(all.flatMap((finding) => [...finding.lines]));
        const bySession = !summary.notes.some((note) => note.includes('no session key'));
        assert.ok(bySession || lines.size === summary.lines, `${path}: ${lines.size} of ${summary.lines} lines`);
        assert.ok(
          all.every(({ score }) => score >= 0 && score <= 1),
          path,
        );
        judged++;
      } catch (error) {
        assert.ok(error instanceof InputError && error.message.includes('is no text'), `${path}: ${String(error)}`);
      }
    }
    assert.ok(judged >= 0.99 * files.length, `${judged} of ${files.length}`);
  });
});
