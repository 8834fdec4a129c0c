import assert from 'node:assert/strict';
import type { Finding, ScanSummary } from '../../../../src/core/findings/finding';
import { mostSuspicious } from '../../../../src/core/verdict/mostSuspicious';

/** A verdict on blocks that are suspicious for what a letter stands for; `-` is nothing unusual. */
function verdict(causes: string, anomalous = 0) {
  const all = Array.from(causes, (letter, i) => ({
    block: `b${i}`,
    score: 0.4 - i / 10_000,
    count: 1,
    fingerprint: letter === '-' ? '' : letter,
  }));
  return {
    summary: { anomalous } as ScanSummary,
    total: all.length,
    anomalous,
    findings: async (start: number, end: number) => all.slice(start, end) as unknown as Finding[],
  };
}

const listed = async (causes: string, anomalous = 0): Promise<[string, number][]> =>
  (await mostSuspicious(verdict(causes, anomalous))).map(({ block, count }) => [block, count]);

describe('mostSuspicious', () => {
  it('lists what is suspicious for the same thing once, with its number', async () => {
    assert.deepEqual(await listed('aabac'), [
      ['b0', 3],
      ['b2', 1],
      ['b4', 1],
    ]);
  });

  it('keeps apart what has no cause, and lists ten at most', async () => {
    assert.deepEqual(await listed('---'), [
      ['b0', 1],
      ['b1', 1],
      ['b2', 1],
    ]);
    assert.equal((await listed('abcdefghijklm')).length, 10);
    assert.deepEqual((await listed(`abcdefghij${'k'.repeat(50)}a`))[0], ['b0', 2]);
  });

  it('lists nothing where something reaches the threshold', async () => {
    assert.deepEqual(await listed('abc', 1), []);
  });
});
