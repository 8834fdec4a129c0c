import assert from 'node:assert/strict';
import { knownGoodScores } from '../../../../../src/core/detect/knownGood/knownGoodScores';
import { oneAfterAnother, overSameTemplates } from '../../../../../src/core/events/joinedLogs';
import { knownTraces } from '../../../../../src/core/detect/knownGood/newTraces';
import { openNextEventNet } from '../../../../../src/node/models/onnxNextEventNet';
import { sessionsOf, streamOf } from '../unsupervised/logs';

const parts = { openNextEventNet, seed: 1 };

describe('knownGoodScores', () => {
  const templates = { a: 'opened', b: 'read', c: 'closed', x: 'request refused', y: 'disk failed' };

  it('takes what the good logs have for no news, whatever it says', async () => {
    const good = streamOf('abcxabcabc', templates, 5);
    const { blocks, entries } = await knownGoodScores(streamOf('abcxabcyab', templates, 5), [good], parts);
    assert.deepEqual([entries[3], entries[0]], [0, 0]);
    assert.ok(blocks[1] > blocks[0] && entries[7] === blocks[1]);
  });

  it('has the graver of equal ones first, and finds what only just reaches the cut however mild its words', async () => {
    const said = { ...templates, m: ['warning', 'scale down done'] as ['warning', string] };
    const read = (events: string) => ({ ...streamOf(events, said, 5), kind: 'console' as const });
    const { entries, cut } = await knownGoodScores(read('abcmabcxy'), [read('abcabc')], parts);
    assert.ok(entries[3] >= cut);
    assert.ok(entries[8] > entries[7]);
  });

  it('finds sessions that end early or out of order among regular ones', async () => {
    const regular = Array.from({ length: 60 }, () => 'abbbc');
    const good = sessionsOf(regular, templates);
    const log = sessionsOf([...regular.slice(0, 20), 'abbb', 'cbbba'], templates);
    const { blocks } = await knownGoodScores(log, [good], parts);
    assert.ok(blocks.subarray(0, 20).every((score) => score === 0));
    assert.ok(Math.min(blocks[20], blocks[21]) > 1);
  });

  describe('the order of sessions', () => {
    const regular = Array.from({ length: 1000 }, () => 'abbbc');

    /** Whether it counts against good sessions of which some are strange, each in its own way. */
    async function countsBeside(strange: readonly string[]): Promise<boolean> {
      const good = sessionsOf([...regular, ...strange], { ...templates, z: 'moved', w: 'copied', v: 'merged' });
      return (await knownGoodScores(good, [good], parts)).usesSequence;
    }

    it('counts in spite of a few strange ones among the good', async () => {
      assert.ok(await countsBeside(['aycbbzw']));
    });

    it('does not where many are strange', async () => {
      const strange = Array.from({ length: 20 }, (_, i) => `a${'yzwvx'[i % 5]}${'c'.repeat(1 + i)}b${'wvxyz'[i % 4]}`);
      assert.ok(!(await countsBeside(strange)));
    });
  });

  it('scores by templates alone where the good logs have no sessions to compare with', async () => {
    const log = sessionsOf(['ab', 'ay'], templates);
    const { blocks, usesSequence } = await knownGoodScores(log, [], parts);
    assert.equal(usesSequence, false);
    assert.ok(blocks[1] > blocks[0]);
  });
});

describe('joined logs', () => {
  it('keep their events, each log’s sessions and blocks its own', () => {
    const one = sessionsOf(['ab', 'b'], { a: 'first', b: 'second' });
    const other = sessionsOf(['ba'], { b: 'second', a: 'third' });
    const joined = oneAfterAnother(overSameTemplates([one, other]));
    assert.deepEqual(
      Array.from(joined.events, (event) => joined.templates[event].text),
      ['first', 'second', 'second', 'second', 'third'],
    );
    assert.deepEqual([...joined.sequences], [0, 0, 1, 2, 2]);
    assert.deepEqual([joined.blockCount, joined.sequenceCount], [3, 3]);
  });
});

describe('knownTraces', () => {
  it('knows a torn trace by the types of its exceptions', () => {
    const texts = ['a.B at c.d', 'a.B at x.y', 'a.Z at c.d', 'a message'];
    const templates = texts.map((text) => ({ text, severity: 'unknown' as const }));
    assert.deepEqual([...knownTraces(templates, (template) => template === 0)], [1, 1, 0, 0]);
  });
});
