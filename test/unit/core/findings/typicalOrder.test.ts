import assert from 'node:assert/strict';
import { TypicalOrder } from '../../../../src/core/findings/typicalOrder';
import { sessionsOf } from '../detect/unsupervised/logs';
import type { FindingPart } from '../../../../src/core/findings/findingParts';

const templates = { o: 'open', r: 'read', c: 'close', x: 'other' };

describe('TypicalOrder', () => {
  /** What is said about event `at` of one session beside thirty ordinary ones. */
  function said(strange: string, at: number): FindingPart {
    const ordinary = Array.from({ length: 30 }, (_, i) => `o${'r'.repeat(1 + (i % 3))}c`);
    const log = sessionsOf([strange, ...ordinary], templates);
    return new TypicalOrder(log).violation(at, (template) => log.templates[template].text);
  }

  const cases: [session: string, at: number, expected: FindingPart][] = [
    ['oc', 1, { part: 'missing-before', usual: 'read' }],
    ['oxrc', 1, { part: 'instead-of', previous: 'open', usual: 'read' }],
    ['oxorc', 1, { part: 'missing-between', previous: 'open', usual: 'read' }],
    ['xxrc', 1, { part: 'repeated' }],
    ['oorc', 1, { part: 'repeated' }],
    ['ox', 1, { part: 'missing-between', previous: 'open', usual: 'read' }],
    ['orco', 3, { part: 'not-first', previous: 'close' }],
    ['orcx', 3, { part: 'after-end', previous: 'close' }],
    ['xorc', 0, { part: 'first', of: 'session' }],
    ['orrx', 3, { part: 'after', previous: 'read' }],
  ];
  for (const [session, at, expected] of cases) {
    it(`says of ${session[at]} in ${session}: ${expected.part}`, () => assert.deepEqual(said(session, at), expected));
  }

  it('knows what is missed at the end of a session', () => {
    const log = sessionsOf(['o', ...Array.from({ length: 30 }, () => 'orc')], templates);
    const order = new TypicalOrder(log);
    assert.ok(order.isLast(0) && !order.isLast(1));
    assert.equal(order.missingAfter(0), 1);
    assert.equal(order.missingAfter(3), undefined);
  });

  it('calls nothing usual of what occurs a few times only', () => {
    const log = sessionsOf(['xr', 'oc', 'oc', 'oc'], templates);
    assert.deepEqual(
      new TypicalOrder(log).violation(1, (template) => log.templates[template].text),
      { part: 'after', previous: 'other' },
    );
  });
});
