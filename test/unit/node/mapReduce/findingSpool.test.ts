import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Finding } from '../../../../src/core/findings/finding';
import { FindingSpool } from '../../../../src/node/mapReduce/findingSpool';
import { temporaryFolder } from '../../../support/temporaryFolder';

const VARIABLES = ['TMPDIR', 'TEMP', 'TMP'];

describe('FindingSpool', () => {
  const at = temporaryFolder();
  const earlier = VARIABLES.map((name) => process.env[name]);
  beforeEach(() => VARIABLES.forEach((name) => (process.env[name] = at())));
  afterEach(() =>
    VARIABLES.forEach((name, i) => {
      if (earlier[i] === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = earlier[i];
      }
    }),
  );

  const finding = (i: number): Finding =>
    ({ block: `blk_${i}`, reason: `ä${'€'.repeat(i % 50)}`, lines: Uint32Array.of(i, i + 1) }) as unknown as Finding;

  it('gives back what it was given, and has no name that could stay behind when the process is killed', async () => {
    const spool = await FindingSpool.create();
    try {
      assert.deepEqual(readdirSync(at()), []);
      const added = Array.from({ length: 5000 }, (_, i) => finding(i));
      await spool.add(added.slice(0, 1234));
      await spool.add(added.slice(1234));
      for (let round = 0; round < 2; round++) {
        assert.deepEqual(await spool.read(0, 9999), added);
      }
      assert.deepEqual(await spool.read(10, 12), added.slice(10, 12));
      assert.deepEqual(await spool.read(12, 2000), added.slice(12, 2000));
      assert.deepEqual(await spool.read(3, 4), [added[3]]);
    } finally {
      await spool.discard();
    }
  });
});
