import assert from 'node:assert/strict';
import { TypicalOrder } from '../../../../src/core/findings/typicalOrder';
import { sessionsOf } from '../detect/unsupervised/logs';

const templates = { o: 'open', r: 'read', c: 'close', x: 'other' };

describe('TypicalOrder', () => {
  /** What is said about event `at` of one session beside thirty ordinary ones. */
  function said(strange: string, at: number): string {
    const ordinary = Array.from({ length: 30 }, (_, i) => `o${'r'.repeat(1 + (i % 3))}c`);
    const log = sessionsOf([strange, ...ordinary], templates);
    return new TypicalOrder(log).violation(at, (template) => log.templates[template].text);
  }

  const cases: [session: string, at: number, expected: string][] = [
    ['oc', 1, 'without its usual read before it'],
    ['oxrc', 1, 'unexpected after open, which read usually follows'],
    ['xxrc', 1, 'unexpected right after another such line'],
    ['ox', 1, 'comes where open is usually followed by read'],
    ['orco', 3, 'usually the first line of its session, here after close'],
    ['orcx', 3, 'comes after close, usually the last line of its session'],
    ['xorc', 0, 'unexpected as the first line of its session'],
    ['orrx', 3, 'unexpected after read'],
  ];
  for (const [session, at, expected] of cases) {
    it(`says of ${session[at]} in ${session}: ${expected}`, () => assert.equal(said(session, at), expected));
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
    assert.equal(
      new TypicalOrder(log).violation(1, (template) => log.templates[template].text),
      'unexpected after other',
    );
  });
});
