import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { TARGETS } from '../../../fuzz/targets';

describe('docs/RELIABILITY.md', () => {
  const text = readFileSync('docs/RELIABILITY.md', 'utf8');

  it('names tests and targets of the fuzzer that exist', () => {
    const tests = Array.from(text.matchAll(/`(test\/[^`]+)`/g), ([, path]) => path);
    assert.ok(tests.length > 30);
    assert.deepEqual(
      tests.filter((path) => !existsSync(path)),
      [],
    );
    const targets = Array.from(text.matchAll(/_fuzz_ ((?:`\w+`(?:, )?)+)/g), ([, names]) =>
      Array.from(names.matchAll(/\w+/g), ([name]) => name),
    ).flat();
    assert.ok(targets.length > 15);
    assert.deepEqual(
      targets.filter((name) => !Object.hasOwn(TARGETS, name)),
      [],
    );
  });

  it('has a test for each promise', () => {
    const rows = text.split('\n').filter((line) => /^\| [^-|]/.test(line));
    const promises = rows.filter((line) => !/^\| (promise|target|`)/.test(line));
    assert.ok(promises.length > 20);
    assert.deepEqual(
      promises.filter((line) => !/`test\/|_fuzz_|test\/unit/.test(line.split('|')[2])),
      [],
    );
  });
});

describe('the installation of packages', () => {
  it('runs no script of any of them: that of ONNX Runtime would fetch libraries', () => {
    assert.match(readFileSync('.npmrc', 'utf8'), /^ignore-scripts=true$/m);
  });
});
