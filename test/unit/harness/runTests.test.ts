import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runTests, type Part } from '../../harness/runTests';
import { temporaryFolder } from '../../support/temporaryFolder';

describe('a part whose files several processes share', () => {
  const at = temporaryFolder();

  /** Runs test files of these texts by two processes; gives whether all was well, and what was printed. */
  async function run(sources: string[], part: Partial<Part> = {}): Promise<{ isGreen: boolean; printed: string[] }> {
    mkdirSync(at('tests'));
    const files = sources.map((text, i) => {
      writeFileSync(at(`tests/${i}.test.js`), text);
      return at(`tests/${i}.test.js`);
    });
    const printed: string[] = [];
    const { log } = console;
    console.log = (text: string) => void printed.push(text);
    try {
      const command = [path.resolve('out/test/harness/runFiles.mjs')];
      const isGreen = await runTests([
        { name: 'x', node: process.execPath, command, files, processes: 2, faults: [], minutes: 1, ...part },
      ]);
      return { isGreen, printed };
    } finally {
      console.log = log;
    }
  }

  const passing = (title: string): string => `it(${JSON.stringify(title)}, () => {})`;

  it('runs each file once and adds up what they report', async () => {
    const noting = (name: string): string =>
      `it('${name}', () => require('fs').writeFileSync(${JSON.stringify(at('ran-'))} + '${name}-' + process.pid, ''))`;
    const { isGreen, printed } = await run(['a', 'b', 'c', 'd', 'e'].map(noting));
    assert.ok(isGreen);
    assert.equal(printed.at(-1), '\n5 passed, 0 failed');
    const ran = readdirSync(path.dirname(at('x'))).filter((name) => name.startsWith('ran-'));
    assert.deepEqual(ran.map((name) => name.split('-')[1]).sort(), ['a', 'b', 'c', 'd', 'e']);
  });

  it('runs two files at the same time', async () => {
    // Each waits until the other has begun.
    const meeting = (own: string, other: string): string => `it('${own}', async () => {
      const fs = require('fs');
      fs.writeFileSync(${JSON.stringify(at('met-'))} + '${own}', '');
      while (!fs.existsSync(${JSON.stringify(at('met-'))} + '${other}')) await new Promise((next) => setTimeout(next, 5));
    })`;
    const { isGreen } = await run([meeting('a', 'b'), meeting('b', 'a')]);
    assert.ok(isGreen);
  });

  it('keeps together what the tests of a file print', async () => {
    const { printed } = await run([
      passing('one'),
      `describe('two', () => { ${passing('three')}; ${passing('four')} })`,
    ]);
    assert.ok(printed.some((text) => /two\n.*three.*\n.*four/.test(text)));
    assert.ok(!printed.join().includes('passing'), 'the counts of a file stand where those of all are wanted');
  });

  it('is green although the filter fits no test of some files', async () => {
    const sources = [passing('one'), passing('two'), passing('three')];
    assert.equal((await run(sources, { filter: 'two' })).printed.at(-1), '\n1 passed, 0 failed');
  });

  it('is red if the filter fits no test', async () => {
    const { isGreen, printed } = await run([passing('one'), passing('two')], { filter: 'nothing of this name' });
    assert.ok(!isGreen);
    assert.match(printed.join('\n'), /ran no test/);
  });

  it('is red if a process ends in the middle of a file, which is named, and the other runs the rest', async () => {
    const { isGreen, printed } = await run([
      `it('dies', () => process.kill(process.pid, 'SIGKILL'))`,
      passing('one'),
      passing('two'),
    ]);
    assert.ok(!isGreen);
    assert.match(printed.join('\n'), /did not run to its end:[^]*0\.test\.js/);
    assert.equal(printed.at(-1), '\n2 passed, 2 failed');
  });

  it('is red if nobody is left to run the last files', async () => {
    const dying = `it('dies', () => process.kill(process.pid, 'SIGKILL'))`;
    const { isGreen, printed } = await run([dying, dying, passing('never run')]);
    assert.ok(!isGreen);
    assert.match(printed.join('\n'), /2\.test\.js/);
  });

  it('is red if a file cannot be loaded, and runs the others', async () => {
    const { isGreen, printed } = await run([`throw new Error('broken at load')`, passing('one'), passing('two')]);
    assert.ok(!isGreen);
    assert.match(printed.join('\n'), /FAILED \[x\].*0\.test\.js\n +broken at load/);
    assert.equal(printed.at(-1), '\n2 passed, 1 failed');
  });
});
