import assert from 'node:assert/strict';
import { lexicalScores, troubleCount } from '../../../../../src/core/detect/unsupervised/lexicalScore';

describe('troubleCount', () => {
  it('counts words of trouble in any case and form', () => {
    assert.equal(troubleCount('Connection REFUSED: timed out, request aborted'), 3);
    assert.equal(troubleCount('NullPointerException at start'), 1);
    assert.equal(troubleCount('started in 3 seconds'), 0);
    assert.equal(troubleCount('joined the room, zoomed in'), 0);
    assert.equal(troubleCount('invoked oom-killer'), 2);
  });

  it('does not count trouble that is denied', () => {
    assert.equal(troubleCount('Tests run: 12, 0 errors, failures: 0'), 0);
    assert.equal(troubleCount('completed without error'), 0);
  });
});

describe('lexicalScores', () => {
  it('adds words, level and what a text judge says of a text with words, each bounded', async () => {
    const scores = await lexicalScores(
      [
        { text: 'ready', severity: 'normal' },
        { text: 'ready', severity: 'error' },
        { text: 'error error error error error', severity: 'unknown' },
        { text: '<*> : 100 %', severity: 'unknown' },
      ],
      { words: 3, level: 0.5, text: 0.3 },
      { logOdds: async () => Float64Array.of(-9, 1, 9, 1) },
    );
    assert.deepEqual(
      [...scores].map((score) => +score.toFixed(6)),
      [-0.9, 1.3, 3.9, -0.9],
    );
  });
});
