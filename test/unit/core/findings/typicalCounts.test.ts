import assert from 'node:assert/strict';
import { TypicalCounts } from '../../../../src/core/findings/typicalCounts';
import { sessionsOf } from '../detect/unsupervised/logs';
import type { FindingPart } from '../../../../src/core/findings/findingParts';

const templates = { o: 'open', r: 'read', c: 'close', x: 'other' };

describe('TypicalCounts', () => {
  function deviations(strange: string, ordinary = 100): FindingPart[] {
    const log = sessionsOf([strange, ...Array.from({ length: ordinary }, () => 'orrc')], templates);
    const usual = new TypicalCounts(log);
    const { vectors, vectorOf } = usual.countsIn(log);
    return usual.deviations(vectors[vectorOf[0]], (template) => log.templates[template].text);
  }

  it('says what a session lacks', () => {
    assert.deepEqual(deviations('orr'), [{ part: 'lacks', templates: ['close'], more: 0 }]);
    assert.deepEqual(deviations('x'), [{ part: 'lacks', templates: ['open', 'read'], more: 1 }]);
  });

  it('says what it has too often', () => {
    assert.deepEqual(deviations('orrrrrrrc'), [{ part: 'too-many', template: 'read', count: 7, usual: 2 }]);
  });

  it('takes fewer than five of what occurs once for nothing unusual', () => {
    assert.deepEqual(deviations('oooorrc'), []);
    assert.deepEqual(deviations('ooooorrc'), [{ part: 'too-many', template: 'open', count: 5, usual: 1 }]);
  });

  it('says nothing of an ordinary session, or where there are few to compare with', () => {
    assert.deepEqual(deviations('orrrc'), []);
    assert.deepEqual(deviations('x', 5), []);
  });
});
