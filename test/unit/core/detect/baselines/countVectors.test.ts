import assert from 'node:assert/strict';
import { CountVectorizer } from '../../../../../src/core/detect/baselines/countVectors';
import { sessions } from '../sessions';

describe('CountVectorizer', () => {
  const vectorizer = new CountVectorizer(
    sessions([
      [[7, 3, 7], 2, 1],
      [[3, 7, 7], 5, 0],
      [[3], 0, 4],
      [[9], 0, 0],
    ]),
  );

  it('counts the events of training in ascending order, and all others in a last column', () => {
    assert.deepEqual([...vectorizer.counts([7, 7, 3, 9, 1])], [1, 2, 2]);
    assert.equal(vectorizer.width, 3);
  });

  it('folds sequences of equal counts and ignores those without sessions', () => {
    assert.deepEqual(vectorizer.groups, [
      { counts: Uint32Array.of(1, 2, 0), normal: 7, anomalous: 1 },
      { counts: Uint32Array.of(1, 0, 0), normal: 0, anomalous: 4 },
    ]);
  });

  it('finds the sessions of equal counts', () => {
    assert.equal(vectorizer.find(Uint32Array.of(1, 0, 0)), vectorizer.groups[1]);
    assert.equal(vectorizer.find(Uint32Array.of(2, 0, 0)), undefined);
  });
});
