import assert from 'node:assert/strict';
import type { EventLog } from '../../../../../src/core/events/eventLog';
import { unsupervisedScores } from '../../../../../src/core/detect/unsupervised/unsupervisedScores';
import { OnlineScorer } from '../../../../../src/core/detect/unsupervised/onlineScorer';
import type { LaterEvent } from '../../../../../src/core/detect/unsupervised/onlineSurprisal';
import { openNextEventNet } from '../../../../../src/node/models/onnxNextEventNet';
import { sessionsOf, streamOf, wandering, WANDERED_TEMPLATES } from './logs';

const parts = { openNextEventNet, seed: 1 };
const templates = { a: 'opening the file', b: 'reading a part', c: 'closing the file' };

/** Judges a log, then looks at what comes later. */
async function withLater(log: EventLog, look: (later: OnlineScorer) => Promise<void>): Promise<void> {
  const later = new OnlineScorer(log.kind, await unsupervisedScores(log, parts), parts);
  try {
    later.takeTemplates(log.templates);
    await look(later);
  } finally {
    await later.release();
  }
}

/** The events of sessions, and their ends. */
function eventsOf(sessions: readonly string[], letters: string): { events: LaterEvent[]; ends: LaterEvent[] } {
  const numbers = sessions.map((session) => Array.from(session, (letter) => letters.indexOf(letter)));
  return {
    events: numbers.flatMap((all) => all.map((template, i) => ({ before: all.slice(0, i), template }))),
    ends: numbers.map((all) => ({ before: all, template: undefined })),
  };
}

/** Equal but for what a network's batches make of it on some processors. */
function assertNear(one: Float64Array, other: Float64Array): void {
  assert.equal(one.length, other.length);
  one.forEach((value, i) => assert.ok(Math.abs(value - other[i]) < 1e-5, `${value}, ${other[i]}`));
}

describe('OnlineScorer', () => {
  it('finds in sessions what the log itself was judged by', async () => {
    const sessions = Array.from({ length: 300 }, (_, i) => `a${'b'.repeat(1 + (i % 13))}${i % 29 === 0 ? '' : 'c'}`);
    const log = sessionsOf(sessions, templates);
    const { surprisal } = await unsupervisedScores(log, parts);
    await withLater(log, async (later) => {
      const { events, ends } = eventsOf(sessions, 'abc');
      const all = await later.surprisals(events);
      assertNear(all, surprisal!.entries);
      assertNear(await later.surprisals(ends), surprisal!.ends);
      // One at a time, when it is remembered, and when nothing is.
      assert.deepEqual(await later.surprisals(events.slice(7, 8)), all.slice(7, 8));
      await withLater(log, async (other) => {
        assert.deepEqual(await other.surprisals(events.slice(7, 8)), all.slice(7, 8));
      });
    });
  });

  it('is as surprised in a stream by what comes later as by what was there, the rare more than the usual', async () => {
    const log = streamOf(wandering(3000), WANDERED_TEMPLATES, 20);
    const { surprisal } = await unsupervisedScores(log, parts);
    const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    await withLater(log, async (later) => {
      const { events } = eventsOf([wandering(400, 2)], 'abcdefghijklmnopqrst');
      const usual = await later.surprisals(events);
      assert.ok(Math.abs(mean(usual) - mean(surprisal!.entries)) < 0.2, `${mean(usual)}, ${mean(surprisal!.entries)}`);
      const before = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
      const [next, back] = await later.surprisals([12, 5].map((template) => ({ before, template })));
      assert.ok(next < 3 && back > next);
    });
  });

  it('takes a template that the log did not have for one that never occurred, and overlooks it before others', async () => {
    const log = sessionsOf(
      Array.from({ length: 200 }, () => 'abbc'),
      templates,
    );
    await withLater(log, async (later) => {
      const other = { text: 'the disk is on fire, it failed', severity: 'error' } as const;
      const variant = { text: 'reading a piece', severity: 'normal' } as const;
      later.takeTemplates([...log.templates, other, variant]);
      const [known, strange, likeKnown, afterStrange] = await later.surprisals([
        { before: [0, 1], template: 1 },
        { before: [0, 1], template: 3 },
        { before: [0, 1], template: 4 },
        { before: [0, 3, 1, 3], template: 1 },
      ]);
      assert.ok(strange > known + 4);
      assert.deepEqual([likeKnown, afterStrange], [known, known]);
      assert.ok(later.lexical[3] >= 2 && later.lexical[4] === 0);
      assert.ok(later.distanceOf([0, 1, 1, 2, 3]) > later.distanceOf([0, 1, 1, 2]));
      assert.equal(later.distanceOf([0, 1, 4, 2]), later.distanceOf([0, 1, 1, 2]));
    });
  });

  it('counts the words alone where there was nothing to learn from', async () => {
    const later = new OnlineScorer('stream', undefined, parts);
    later.takeTemplates([
      { text: 'all is well', severity: 'normal' },
      { text: 'it failed', severity: 'error' },
    ]);
    assert.deepEqual([...later.lexical], [0, 3]);
    assert.deepEqual([...(await later.surprisals([{ before: [], template: 1 }]))], [0]);
    assert.equal(later.distanceOf([0, 1]), 0);
  });
});
