import assert from 'node:assert/strict';
import { SequenceScorer } from '../../../../src/core/detect/model/sequenceScorer';
import { Explainer } from '../../../../src/core/findings/explanation';
import { classifierOfCounts, smallProfile } from '../../../support/profiles';
import type { FindingPart } from '../../../../src/core/findings/findingParts';

const OPEN = 0;
const READ = 1;
const CLOSE = 2;
const FAIL = 3;
const RETRY = 4;

async function explain(sequence: number[], score: (counts: number[]) => number): Promise<[FindingPart[], number]> {
  const profile = smallProfile();
  const scorer = new SequenceScorer(profile.features, classifierOfCounts(score));
  const columns = Uint16Array.from(sequence);
  const scores = await scorer.score(1, () => columns);
  const [{ parts, position }] = await new Explainer(profile, scorer).explain([columns], scores);
  return [[...parts], position];
}

describe('Explainer', () => {
  it('names the event that drove the score and what is missing', async () => {
    assert.deepEqual(await explain([OPEN, READ, READ, FAIL, FAIL], (counts) => (counts[FAIL] > 0 ? 0.99 : 0.02)), [
      [
        { part: 'unusual-step', share: 0 },
        { part: 'lacks', templates: ['close'], more: 0 },
      ],
      3,
    ]);
  });

  it('prefers the event whose removal calms the network, and names a second one', async () => {
    const score = (counts: number[]): number => (counts[RETRY] > 0 ? 0.99 : counts[FAIL] > 0 ? 0.5 : 0.01);
    assert.deepEqual(await explain([RETRY, OPEN, READ, CLOSE, FAIL], score), [
      [
        { part: 'unusual-step', share: 0.2 },
        { part: 'also', template: 'failed' },
      ],
      0,
    ]);
  });

  it('does not blame a usual event for the lack of others', async () => {
    assert.deepEqual(await explain([OPEN], () => 0.99), [
      [
        { part: 'ends-early', events: 1 },
        { part: 'lacks', templates: ['close', 'read'], more: 0 },
      ],
      0,
    ]);
  });

  it('points at the first occurrence beyond the usual number', async () => {
    assert.deepEqual(await explain([OPEN, READ, READ, READ, READ, READ, CLOSE], () => 0.8), [
      [{ part: 'too-many', template: 'read', count: 5, usual: 3 }],
      4,
    ]);
  });

  it('finds the place by leaving out one event after another where nothing is simpler', async () => {
    const score = (counts: number[]): number => (counts[READ] >= 2 ? 0.9 : 0.1);
    const [parts, position] = await explain([OPEN, READ, READ, CLOSE], score);
    assert.deepEqual(parts, [{ part: 'order', events: 4 }]);
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
