import assert from 'node:assert/strict';
import { lexicalScores } from '../../../../../src/core/detect/unsupervised/lexicalScore';

describe('lexicalScores', () => {
  it('adds words, so many at most, and level', () => {
    const scores = lexicalScores(
      [
        { text: 'ready', severity: 'normal' },
        { text: 'ready', severity: 'error' },
        { text: 'no route: host unreachable', severity: 'warning' },
        { text: 'error error error error error', severity: 'unknown' },
      ],
      { words: 3, level: 0.5 },
    );
    assert.deepEqual([...scores], [0, 1, 1.5, 3]);
  });
});
