import assert from 'node:assert/strict';
import { NewFindings } from '../../../src/cli/newFindings';
import type { Finding } from '../../../src/core/findings/finding';

const finding = (block: string, lines: number[], firstTime: string | null = null): Finding => ({
  ...{ block, firstTime, lines: Uint32Array.from(lines), line: lines[0] },
  ...{
    score: 1,
    anomalous: true,
    count: 1,
    lastTime: null,
    time: null,
    kind: 'unusual',
    parts: [],
    template: '',
    fingerprint: '',
  },
});

describe('NewFindings', () => {
  it('gives each finding once, also when its block grows', () => {
    const news = new NewFindings();
    const first = [finding('blk_1', [1]), finding('L5-L6', [5, 6])];
    assert.deepEqual(news.take(first), first);
    const later = finding('L9-L9', [9]);
    assert.deepEqual(news.take([finding('blk_1', [1, 8]), later, finding('L5-L7', [5, 6, 7])]), [later]);
  });

  it('knows a window of a new file from that of the file before', () => {
    const news = new NewFindings();
    news.take([finding('L1-L2', [1, 2], '2025-03-01T10:00:00')]);
    assert.equal(news.take([finding('L1-L2', [1, 2], '2025-03-02T10:00:00')]).length, 1);
  });
});
