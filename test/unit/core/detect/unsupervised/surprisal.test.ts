import assert from 'node:assert/strict';
import type { OpenNextEventNet } from '../../../../../src/core/detect/unsupervised/nextEventNet';
import { surprisalOf } from '../../../../../src/core/detect/unsupervised/surprisal';
import { streamOf, wanderingSessions } from './logs';

/** A network that learns nothing, and how many contexts it was shown. */
function ignorantNet(): { open: OpenNextEventNet; shown: () => number } {
  let contexts = 0;
  const open: OpenNextEventNet = async (vocabulary) => ({
    start: () => undefined,
    step: async () => undefined,
    logProbabilities: async (_, next) => {
      contexts += next.length;
      return new Float32Array(next.length).fill(-Math.log(vocabulary));
    },
    parameters: () => new Float32Array(0),
    release: async () => undefined,
  });
  return { open, shown: () => contexts };
}

describe('surprisalOf', () => {
  it('shows the networks all windows of a log that has few', async () => {
    const { open, shown } = ignorantNet();
    const log = wanderingSessions(500, 20);
    const { shortened, entries } = await surprisalOf(log, open, 1);
    assert.equal(shortened, 0);
    assert.ok(shown() > 0 && entries.every((surprisal) => surprisal > 0));
  });

  it('shows them a bounded number of many, and counts the others', async () => {
    const { open, shown } = ignorantNet();
    const { shortened, entries, ends } = await surprisalOf(wanderingSessions(5000, 20), open, 1);
    assert.ok(shown() <= 3 * 32_768, `${shown()} contexts`);
    assert.ok(shortened > 0);
    assert.ok([...entries, ...ends].every(Number.isFinite));
  });

  it('lets the last event count in a stream', async () => {
    const events = `${'ab'.repeat(200)}a${'ab'.repeat(200)}`;
    const { entries } = await surprisalOf(streamOf(events, { a: 'one', b: 'other' }, 20), ignorantNet().open, 1);
    assert.ok(entries[401] > entries[399] && entries[401] > entries[403]);
  });
});
