import assert from 'node:assert/strict';
import { SequenceScorer } from '../../../../src/core/detect/model/sequenceScorer';
import { Explainer } from '../../../../src/core/findings/explanation';
import { classifierOfCounts, smallProfile } from '../../../support/profiles';

const OPEN = 0;
const READ = 1;
const CLOSE = 2;
const FAIL = 3;
const RETRY = 4;

async function explain(sequence: number[], score: (counts: number[]) => number): Promise<[string, number]> {
  const profile = smallProfile();
  const scorer = new SequenceScorer(profile.features, classifierOfCounts(score));
  const columns = Uint16Array.from(sequence);
  const scores = await scorer.score(1, () => columns);
  const [{ reason, position }] = await new Explainer(profile, scorer).explain([columns], scores);
  return [reason, position];
}

describe('Explainer', () => {
  it('names the event that drove the score and what is missing', async () => {
    assert.deepEqual(await explain([OPEN, READ, READ, FAIL, FAIL], (counts) => (counts[FAIL] > 0 ? 0.99 : 0.02)), [
      '`failed` after 3 events; the usual `close` is missing',
      3,
    ]);
  });

  it('prefers the event whose removal calms the network, and names a second one', async () => {
    const score = (counts: number[]): number => (counts[RETRY] > 0 ? 0.99 : counts[FAIL] > 0 ? 0.5 : 0.01);
    assert.deepEqual(await explain([RETRY, OPEN, READ, CLOSE, FAIL], score), [
      '`retry` at the beginning; also `failed`',
      0,
    ]);
  });

  it('does not blame a usual event for the lack of others', async () => {
    assert.deepEqual(await explain([OPEN], () => 0.99), [
      'ends after 1 event with `open`; the usual `close` and `read` are missing',
      0,
    ]);
  });

  it('points at the first occurrence beyond the usual number', async () => {
    assert.deepEqual(await explain([OPEN, READ, READ, READ, READ, READ, CLOSE], () => 0.8), [
      '`read` 5 times, where normal blocks have at most 3',
      4,
    ]);
  });

  it('finds the place by leaving out one event after another where nothing is simpler', async () => {
    const score = (counts: number[]): number => (counts[READ] >= 2 ? 0.9 : 0.1);
    const [reason, position] = await explain([OPEN, READ, READ, CLOSE], score);
    assert.equal(reason, 'unusual order or number of its 4 events, most of all at `read` after 1 event');
    assert.equal(position, 1);
  });

  it('explains many sequences, each by itself, and can be cancelled', async () => {
    const profile = smallProfile();
    const scorer = new SequenceScorer(
      profile.features,
      classifierOfCounts((counts) => (counts[FAIL] > 0 ? 0.99 : 0.01)),
    );
    const explainer = new Explainer(profile, scorer);
    const sequences = Array.from({ length: 600 }, (_, i) =>
      Uint16Array.from([...Array<number>(i % 7).fill(READ), FAIL]),
    );
    const explanations = await explainer.explain(
      sequences,
      sequences.map(() => 0.99),
    );
    assert.deepEqual(
      explanations.map(({ position }) => position),
      sequences.map((_, i) => i % 7),
    );
    await assert.rejects(
      explainer.explain(
        sequences,
        sequences.map(() => 1),
        { isCancelled: () => true },
      ),
      /cancelled/,
    );
  });
});
