import assert from 'node:assert/strict';
import { TypicalCounts } from '../../../../src/core/findings/typicalCounts';
import { sessionsOf } from '../detect/unsupervised/logs';

const templates = { o: 'open', r: 'read', c: 'close', x: 'other' };

describe('TypicalCounts', () => {
  function deviations(strange: string, ordinary = 100): string[] {
    const log = sessionsOf([strange, ...Array.from({ length: ordinary }, () => 'orrc')], templates);
    const usual = new TypicalCounts(log);
    const { vectors, vectorOf } = usual.countsIn(log);
    return usual.deviations(vectors[vectorOf[0]], (template) => log.templates[template].text);
  }

  it('says what a session lacks', () => {
    assert.deepEqual(deviations('orr'), ['the session lacks the usual close']);
    assert.deepEqual(deviations('x'), ['the session lacks the usual open and read and 1 more']);
  });

  it('says what it has too often', () => {
    assert.deepEqual(deviations('orrrrrrrc'), ['the session has read 7 times, usually at most 2']);
  });

  it('takes fewer than five of what occurs once for nothing unusual', () => {
    assert.deepEqual(deviations('oooorrc'), []);
    assert.deepEqual(deviations('ooooorrc'), ['the session has open 5 times, usually at most 1']);
  });

  it('says nothing of an ordinary session, or where there are few to compare with', () => {
    assert.deepEqual(deviations('orrrc'), []);
    assert.deepEqual(deviations('x', 5), []);
  });
});
